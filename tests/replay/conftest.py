"""This room plays on the same whole house as the workflow tests."""

from tests.support.server import temporal_server
from tests.support.stores import sqlite_store
from tests.workflow.conftest import house, mail_server

__all__ = ["house", "mail_server", "sqlite_store", "temporal_server"]
