"""Keeps one third of the collected tests, chosen by `PAKT_THIRD`; over the commits every proof has its turn.

Load it with `-p tests.support.thirds`.
"""

import os
import zlib

import pytest

PARTS = 3


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect, visibly, what belongs to the other two thirds."""
    third = int(os.environ["PAKT_THIRD"]) % PARTS
    kept = [item for item in items if zlib.crc32(item.nodeid.encode()) % PARTS == third]
    others = [item for item in items if item not in kept]
    items[:] = kept
    config.hook.pytest_deselected(items=others)
