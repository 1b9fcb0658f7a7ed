"""One way out of the house: what is handed over, and the three things that can become of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from notices.invitation import CalendarEntry
from notices.texts import Rendered

Became = Literal["sent", "failed", "unknown"]


@dataclass(frozen=True)
class Outgoing:
    """A notice on its way; only here text and address stand together, and neither is ever shown."""

    message_id: str
    recipient: str = field(repr=False)
    rendered: Rendered = field(repr=False)
    at: datetime
    entry: CalendarEntry | None = None


@dataclass(frozen=True)
class Delivery:
    """What became of a hand-over, as a code; the server's words are dropped: they may name the address."""

    outcome: Became
    reason: str = "ok"


class Channel(Protocol):
    """A way to a person."""

    @property
    def reply_to(self) -> str:
        """Where the person's answer goes; empty where the way leads only out."""
        ...

    def deliver(self, notice: Outgoing) -> Delivery:
        """Hand over once, within a bounded time.

        `sent` and `failed` are certain; `unknown`: handed over, but the reply was lost. Raises `Transient`
        where surely nothing was handed over and a later try can help.
        """
        ...
