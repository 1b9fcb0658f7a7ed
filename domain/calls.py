"""Name, input and output of every activity and of the workflows: one model in, one model out."""

from datetime import date
from typing import Literal

from pydantic import Field

from domain.decisions import Edition, StepPlan
from domain.events import Event
from domain.facts import CaseFacts
from domain.ids import Code, Id, OfficeId
from domain.journey import JourneyState
from domain.model import Instant, Wire
from domain.offices import OfficeMemory, OfficeState

DECIDE = "decide"
OFFICE_DAY = "office_day"
SEND_NOTICE = "send_notice"
SWEEP = "sweep"


class Pins(Wire):
    """Versions a journey is held to; None means the one in force."""

    book: Code | None = None
    programme: Code
    calendar: Code | None = None


class DecideRequest(Wire):
    """One call of `decide`; (journey, call) is its key. `acting` is a wake: what is due now becomes real."""

    journey: Id
    office: OfficeId
    run: str
    call: int
    acting: bool
    now: Instant
    seq: int = Field(description="sequence number of the last event known to the workflow, new ones included")
    new_events: tuple[Event, ...]
    facts: CaseFacts
    pins: Pins


class NoticeOrder(Wire):
    """A notice that must be handed over now."""

    notice: Id


class DecideAnswer(Wire):
    """What `decide` wrote: events to fold, notices to hand over, and the instant of the next wake."""

    call: int
    events: tuple[Event, ...] = ()
    send: tuple[NoticeOrder, ...] = ()
    next_wake: Instant | None
    plan: tuple[StepPlan, ...] = ()
    book: Edition
    programme: Edition
    calendar: Edition


class SendRequest(Wire):
    """Hand one notice over; idempotent by its id, and by one Message-ID on the wire."""

    journey: Id
    notice: Id
    now: Instant


class SendAnswer(Wire):
    """What became of it. `unknown`: handed over, but the reply was lost."""

    notice: Id
    outcome: Literal["sent", "failed", "unknown", "deferred"]
    reason: Code = "ok"


class JourneyInput(Wire):
    """How a run begins: with its first event, or with the state carried over from the run before.

    `clock_shift_s` moves the business clock against the server's: 0 but in the demo and in simulations.
    """

    schema_version: int = 1
    journey: Id
    office: OfficeId
    clock_shift_s: int = 0
    started: Event | None = None
    state: JourneyState | None = None
    wake_at: Instant | None = None
    after_care: bool = False
    rollover_events: int = 200


class JourneyEnded(Wire):
    """How a journey's last run ends."""

    journey: Id
    seq: int


class ReplanOrder(Wire):
    """Look again: a book, a programme or a calendar changed; an office is told by how much the clock is ahead now."""

    reason: Code
    clock_shift_s: int | None = None


class OfficeDayRequest(Wire):
    """One call of `office_day`; (office, call) is its key. `acting` is the look of a working day."""

    office: OfficeId
    run: str
    call: int
    acting: bool
    now: Instant
    seq: int = Field(description="sequence number of the last event known to the workflow, new ones included")
    new_events: tuple[Event, ...] = ()
    memory: OfficeMemory
    looked_on: date | None = None


class OfficeDayAnswer(Wire):
    """What `office_day` wrote: events to fold, what was found, and the instant of the next look."""

    call: int
    events: tuple[Event, ...] = ()
    found: dict[str, int] = Field(default_factory=dict)
    looked_on: date | None = None
    next_wake: Instant
    book: Edition
    calendar: Edition


class OfficeInput(Wire):
    """How a run of an office begins: from nothing, or with the state carried over from the run before."""

    schema_version: int = 1
    office: OfficeId
    clock_shift_s: int = 0
    state: OfficeState | None = None
    wake_at: Instant | None = None
    rollover_looks: int = 100


class SweepRequest(Wire):
    """One round of looking for what got lost."""

    now: Instant


class SweepAnswer(Wire):
    """How much was found and healed, by kind."""

    healed: dict[str, int]


class SweeperInput(Wire):
    """How the sweeper begins."""

    clock_shift_s: int = 0
