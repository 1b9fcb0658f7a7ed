"""New opaque ids; the only place that draws them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from uuid import uuid4

from domain.ids import PREFIXES

_series: ContextVar[Iterator[str] | None] = ContextVar("series", default=None)


def new(kind: str) -> str:
    """A fresh id of a kind named in `domain.ids.PREFIXES`."""
    series = _series.get()
    return f"{PREFIXES[kind]}_{uuid4().hex if series is None else next(series)}"


@contextmanager
def drawn_from(seed: str) -> Iterator[None]:
    """Inside, in this thread or task alone, the same seed draws the same ids: for simulations only."""
    before = _series.set(hashlib.sha256(f"{seed}\x1f{n}".encode()).hexdigest()[:32] for n in count())
    try:
        yield
    finally:
        _series.reset(before)
