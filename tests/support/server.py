"""One embedded Temporal server for the whole test session; `embedded()` for a test that wants its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from domain.ids import NAMESPACE
from ops.temporal_server import TemporalServer


@contextmanager
def embedded(home: Path) -> Iterator[TemporalServer]:
    """A server of its own with its file in `home`; gone at the end, whatever happens."""
    server = TemporalServer(home / "temporal.sqlite", output=home / "temporal.log")
    server.start()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def temporal_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemporalServer]:
    """The server that tests share; each test takes task queues and workflow ids of its own."""
    with embedded(tmp_path_factory.mktemp("temporal")) as server:
        yield server


@pytest.fixture
async def plain_client(temporal_server: TemporalServer) -> Client:
    """A client of the shared server with pydantic payloads and no encryption."""
    return await Client.connect(
        temporal_server.address, namespace=NAMESPACE, data_converter=pydantic_data_converter
    )
