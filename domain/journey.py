"""The journey as a value: its state, and the only two functions that make or change it.

`handle` turns a command into events or a refusal; `evolve` folds one event into the state. Both are pure and
total; the workflow, the read model, as-of views and tests all go through them.
"""

from datetime import date, datetime, timedelta

from pydantic import Field

from domain.commands import Command, Receipt
from domain.errors import InvariantViolation
from domain.events import Event, JourneyStarted
from domain.facts import CaseFacts
from domain.folding import fold, touched
from domain.ids import Id, OfficeId
from domain.model import Instant, Wire

RECEIPTS_KEPT = 100
AFTER_CARE_DAYS = 90


class Revision(Wire):
    """How often a subject has changed, and who changed it last: what a stale form is told."""

    rev: int
    by: Id
    at: Instant


class JourneyState(Wire):
    """All that a run carries, and all that the next run is given."""

    schema_version: int = 1
    facts: CaseFacts
    seq: int = 0
    call: int = 0
    revs: dict[str, Revision] = Field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()
    follow_up_on: date | None = None
    planned_steps: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """True once the journey has ended; only after-care follows."""
        return self.facts.closed_on is not None

    def receipt(self, command_id: str) -> Receipt | None:
        """The answer that this command got earlier, or None if it is new."""
        return next((entry for entry in self.receipts if entry.command_id == command_id), None)

    def after_care_over(self, now: datetime) -> bool:
        """True when a closed journey has nothing left to wait for."""
        closed_on = self.facts.closed_on
        if closed_on is None:
            return False
        return self.follow_up_on is not None or office_day(now) > closed_on + timedelta(days=AFTER_CARE_DAYS)


def office_day(now: datetime) -> date:
    """The day at the office without time-zone data: exact but for the hour after midnight in summer.

    Workflow code must not depend on zone files that an update of the machine can change under a replay.
    """
    return (now + timedelta(hours=1)).date()


def begin(office: OfficeId, journey: Id, started: Event) -> JourneyState:
    """The state after the first event of a journey."""
    body = started.body
    if not isinstance(body, JourneyStarted):
        raise InvariantViolation("first_event", type=body.type)
    facts = CaseFacts(
        journey=journey,
        office=office,
        ags=body.ags,
        t0=body.t0,
        opened_on=body.opened_on,
        programme=body.programme,
        term_months=body.term_months,
        language=body.language,
        case_worker=body.case_worker,
        substitute=body.substitute,
    )
    return evolve(JourneyState(facts=facts), started)


def evolve(state: JourneyState, event: Event) -> JourneyState:
    """Fold the next event into the state; a gap in the sequence is a defect and raises."""
    if event.seq != state.seq + 1:
        raise InvariantViolation("event_gap", expected=str(state.seq + 1), found=str(event.seq))
    facts = fold(state.facts, event)
    revs = state.revs
    subject = touched(event.body)
    if subject is not None:
        last = revs.get(subject)
        revision = Revision(rev=(last.rev if last else 0) + 1, by=event.actor, at=event.recorded_at)
        revs = {**revs, subject: revision}
    follow_up = event.body.on if event.body.type == "follow_up_recorded" else state.follow_up_on
    if event.body.type == "journey_reopened":
        follow_up = None
    update = {"facts": facts, "seq": event.seq, "revs": revs, "follow_up_on": follow_up}
    return state.model_copy(update=update)


def remember(state: JourneyState, receipt: Receipt) -> JourneyState:
    """Keep a command's answer, so that sending it again is harmless; the oldest are forgotten first."""
    kept = (*state.receipts, receipt)[-RECEIPTS_KEPT:]
    return state.model_copy(update={"receipts": kept})


def with_plan(state: JourneyState, steps: tuple[str, ...]) -> JourneyState:
    """Know which steps the programme has planned; programmes themselves are read in activities only."""
    return state.model_copy(update={"planned_steps": steps})


def evolve_all(state: JourneyState, events: tuple[Event, ...]) -> JourneyState:
    """Fold several events in order."""
    for event in events:
        state = evolve(state, event)
    return state


__all__ = [
    "Command",
    "JourneyState",
    "Revision",
    "begin",
    "evolve",
    "evolve_all",
    "office_day",
    "remember",
    "with_plan",
]
