"""Each test of this room plays on a whole house: real server, real SQLite, real engine, real SMTP."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from notices.mail import MailChannel
from ops.temporal_server import TemporalServer
from store import clock
from store.database import Store, open_store
from store.seed import seed_demo
from tests.support.mail_server import MailServer
from tests.support.server import temporal_server
from tests.support.stage import Stage, stage
from tests.support.stores import MASTER_KEY, opened, sqlite_url

__all__ = ["temporal_server"]


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded database that each test gets a copy of: hashing nine passwords takes two seconds."""
    home = tmp_path_factory.mktemp("seeded")
    with opened(sqlite_url(home)) as store:
        seed_demo(store, clock.now(store), password="a-demo-password")
    return home / "pakt.sqlite"


@pytest.fixture
def sqlite_store(seeded: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of its own for each test."""
    shutil.copy(seeded, tmp_path / "pakt.sqlite")
    store = open_store(sqlite_url(tmp_path), MASTER_KEY)
    yield store
    store.close()


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
