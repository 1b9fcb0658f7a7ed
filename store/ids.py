"""New opaque ids; the only place that draws them."""

from uuid import uuid4

from domain.ids import PREFIXES


def new(kind: str) -> str:
    """A fresh id of a kind named in `domain.ids.PREFIXES`."""
    return f"{PREFIXES[kind]}_{uuid4().hex}"
