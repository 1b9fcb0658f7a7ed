"""Each test of this room plays on a whole house: real server, real SQLite, real engine, real SMTP."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from notices.mail import Mail
from notices.mail import MailServer as Address
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
    channel = Mail(Address(mail_server.host, mail_server.port, "office@pakt.invalid"))
    async with stage(sqlite_store, temporal_server, channel) as playing:
        yield playing
