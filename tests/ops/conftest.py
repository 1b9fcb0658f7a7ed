"""What the tests of the house share."""

from tests.support.server import plain_client, temporal_server

__all__ = ["plain_client", "temporal_server"]
