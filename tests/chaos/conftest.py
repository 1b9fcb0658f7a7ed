"""Each test of this room gets a house of its own: what it kills, nobody else needs."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.chaos.site import Site, opened
from tests.support.mail_server import MailServer


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A mail server that forgets nothing and never de-duplicates."""
    with MailServer() as server:
        yield server


@pytest.fixture
async def site(tmp_path: Path, mail_server: MailServer) -> AsyncIterator[Site]:
    """A house with Temporal and mail, and no worker yet."""
    async with opened(tmp_path / "home", mail_server) as made:
        yield made
