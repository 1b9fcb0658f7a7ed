"""Each test of this room plays on a whole house: real server, real SQLite, real engine, real SMTP."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from notices.mail import MailChannel
from ops.temporal_server import TemporalServer
from store.database import Store
from tests.support.mail_server import MailServer
from tests.support.server import temporal_server
from tests.support.stage import Stage, stage
from tests.support.stores import sqlite_store

__all__ = ["sqlite_store", "temporal_server"]


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A mail server that forgets nothing."""
    with MailServer() as server:
        yield server


@pytest.fixture
async def house(
    sqlite_store: Store, temporal_server: TemporalServer, mail_server: MailServer, tmp_path: Path
) -> AsyncIterator[Stage]:
    """The stage, with its curtain open."""
    async with stage(sqlite_store, temporal_server, MailChannel(mail_server.settings())) as playing:
        yield playing
