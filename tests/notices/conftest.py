"""The databases and the mail server that these tests run on."""

from collections.abc import Iterator

import pytest

from tests.support.mail_server import MailServer
from tests.support.stores import postgres_server, postgres_url, sqlite_store, store

__all__ = ["mail_server", "postgres_server", "postgres_url", "sqlite_store", "store"]


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A mail server that does what the test says."""
    with MailServer() as server:
        yield server
