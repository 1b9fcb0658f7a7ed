"""What the desk is composed of: handed in once, so that tests hand in their own parts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from domain.commands import Command, Receipt
from store import clock
from store.database import Store


class Gateway(Protocol):
    """The one way to a running journey."""

    async def execute(self, journey: str, command: Command, *, wait_s: float = 3.0) -> Receipt:
        """Carry a command out; raises Refusal, Unconfirmed or NotFound."""
        ...

    async def execute_for_office(self, office: str, command: Command, *, wait_s: float = 3.0) -> Receipt:
        """Carry an answer to an office's own matter or task out; raises as `execute`."""
        ...


def _real_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Services:
    """Every part a page may need. A part that is None is said to be absent, never pretended.

    `letter` makes the PDF of a notice, `bundle` the audit bundle of a journey. `forward` starts moving the demo's
    clock by some days, `forwarding` says whether that is still under way. `ready` raises while a part is away.
    `try_book` starts trying a book over the caseload, in the name of a login; `try_again` gives the hash of a
    simulation computed anew. `wall` is real time, for sessions only.
    """

    store: Store
    gateway: Gateway
    demo: bool = False
    production: bool = False
    demo_password: str | None = None
    letter: Callable[[str], bytes] | None = None
    bundle: Callable[[str], Awaitable[bytes]] | None = None
    forward: Callable[[int], None] | None = None
    forwarding: Callable[[], bool] | None = None
    ready: Callable[[], None] | None = None
    try_book: Callable[[str, str], None] | None = None
    try_again: Callable[[str], str] | None = None
    wall: Callable[[], datetime] = field(default=_real_now)

    def now(self) -> datetime:
        """The business instant."""
        return clock.now(self.store)
