"""One journey that was really lived, recorded and exported: once while it was open, once after its end."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from temporalio.client import Client

from audit.bundle import export
from audit.format import read
from domain.calls import DecideAnswer, DecideRequest
from domain.ids import NAMESPACE
from ops.codec import data_converter
from store import projection
from store.database import Store
from tests.audit.living import begun, ended, small_activities, workers
from tests.support import registered, stores
from tests.support.server import embedded


@dataclass(frozen=True)
class Lived:
    """A store in which a journey came to its end, and what was exported of it."""

    store: Store
    journey: str
    open_bundle: bytes
    bundle: bytes


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """The journey; its server is gone, the store is still there."""
    home = tmp_path_factory.mktemp("lived")
    with stores.opened(stores.sqlite_url(home)) as store, embedded(home) as server:
        journey = registered.journey(store, registered.house(store))
        asyncio.run(_live(store, server.address, journey, home))
        server.stop()
        yield Lived(store, journey, read(home / "open.json"), read(home / "closed.json"))


async def _live(store: Store, address: str, journey: str, home: Path) -> None:
    converter = data_converter(store.keys)
    client = await Client.connect(address, namespace=NAMESPACE, data_converter=converter)

    def note(request: DecideRequest, answer: DecideAnswer) -> None:
        with store.write() as session:
            facts = request.facts
            projection.save_decision(session, store, request, answer, state_facts=facts, upcoming=())

    async with workers(client, small_activities(note)):
        await begun(client, journey)
        await export(store, client, journey, home / "open.json", converter=converter)
        await ended(client, journey)
    await export(store, client, journey, home / "closed.json", converter=converter)
