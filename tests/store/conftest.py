"""The databases and the server that these tests run on."""

from tests.support.server import temporal_server
from tests.support.stores import postgres_server, postgres_url, sqlite_store, store

__all__ = ["postgres_server", "postgres_url", "sqlite_store", "store", "temporal_server"]
