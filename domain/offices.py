"""The office as a value: what its rules remember, its open matters and tasks, and the two functions that change it.

An office remembers in the same events as a journey, so they are folded and answered by the same functions.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from pydantic import Field

from domain import commands as c
from domain import events as e
from domain import handlers as _handlers  # noqa: F401 -- registers every handler
from domain.commands import Receipt
from domain.errors import InvariantViolation, Refusal
from domain.facts import CaseFacts, MatterFact, SpokenFact, TaskFact
from domain.folding import touched
from domain.folds import FOLDS
from domain.handlers.registry import HANDLERS
from domain.handling import subject_of
from domain.ids import OfficeId
from domain.journey import RECEIPTS_KEPT, JourneyState, Revision
from domain.model import Wire

if TYPE_CHECKING:
    from collections.abc import Iterable

ANSWERABLE = ("answer_escalation", "complete_task")
REMEMBERED = (
    e.DecisionMade,
    e.EpisodeLifted,
    e.TaskOpened,
    e.TaskClosed,
    e.TaskCompleted,
    e.EscalationRaised,
    e.EscalationAnswered,
    e.EscalationClosed,
)


class OfficeMemory(Wire):
    """What acted for an office, and what of it is open: the part of `OfficeFacts` that the machine writes itself."""

    office: OfficeId
    spoken: tuple[SpokenFact, ...] = ()
    matters: tuple[MatterFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()

    @property
    def journey(self) -> str:
        """What ids of matters and tasks are derived from."""
        return self.office


class OfficeState(Wire):
    """All that a run of an office carries, and all that the next run is given."""

    schema_version: int = 1
    facts: OfficeMemory
    seq: int = 0
    call: int = 0
    looks: int = 0
    looked_on: date | None = None
    revs: dict[str, Revision] = Field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()

    def receipt(self, command_id: str) -> Receipt | None:
        """The answer that this command got earlier, or None if it is new."""
        return next((entry for entry in self.receipts if entry.command_id == command_id), None)

    def remembering(self, receipt: Receipt) -> "OfficeState":
        """Keep a command's answer, so that sending it again is harmless; the oldest are forgotten first."""
        return self.model_copy(update={"receipts": (*self.receipts, receipt)[-RECEIPTS_KEPT:]})


def remember(memory: OfficeMemory, event: e.Event) -> OfficeMemory:
    """Fold one event into the memory.

    What the machine itself closed, because its cause was gone, is forgotten: the same cause may open it anew. What a
    person closed stays, because that answer still counts.
    """
    body = event.body
    if isinstance(body, e.TaskClosed):
        return memory.model_copy(update={"tasks": tuple(t for t in memory.tasks if t.id != body.task)})
    if isinstance(body, e.EscalationClosed):
        left = tuple(m for m in memory.matters if m.id != body.escalation)
        return memory.model_copy(update={"matters": left})
    if isinstance(body, e.EpisodeLifted):
        memory = _without_answers(memory, body)
    if not isinstance(body, REMEMBERED):
        return memory
    # The folds of a journey read and write only the three lists that both kinds of facts have.
    return cast("OfficeMemory", FOLDS[type(body)](cast("CaseFacts", memory), event, body))


def _without_answers(memory: OfficeMemory, gone: e.EpisodeLifted) -> OfficeMemory:
    """The memory without what people closed about a cause that is gone: it answered that cause and no later one."""
    about = (gone.rule, gone.subject)
    tasks = tuple(t for t in memory.tasks if t.closed_on is None or (t.rule, t.subject) != about)
    matters = tuple(m for m in memory.matters if m.closed_on is None or (m.rule, m.subject) != about)
    return memory.model_copy(update={"tasks": tasks, "matters": matters})


def evolve(state: OfficeState, events: "Iterable[e.Event]") -> OfficeState:
    """Fold events in order; a gap in their sequence is a defect and raises."""
    for event in events:
        if event.seq != state.seq + 1:
            raise InvariantViolation("event_gap", expected=str(state.seq + 1), found=str(event.seq))
        update: dict[str, object] = {"facts": remember(state.facts, event), "seq": event.seq}
        if (subject := touched(event.body)) is not None:
            last = None if _begins(state.facts, event.body) else state.revs.get(subject)
            revision = Revision(rev=(last.rev if last else 0) + 1, by=event.actor, at=event.recorded_at)
            update["revs"] = {**state.revs, subject: revision}
        state = state.model_copy(update=update)
    return state


def _begins(memory: OfficeMemory, body: e.EventBody) -> bool:
    """True where a task or a matter is opened, for the first time or anew: its revisions are counted from there."""
    if isinstance(body, e.EscalationRaised):
        return all(m.id != body.escalation or m.closed_on is not None for m in memory.matters)
    return isinstance(body, e.TaskOpened)


def handle(state: OfficeState, command: c.Command, now: datetime) -> tuple[e.Event, ...] | Refusal:
    """The events that a command to an office becomes, or the reason why it is refused."""
    body = command.body
    if body.kind not in ANSWERABLE:
        return Refusal("not_for_offices", field="kind", kind=body.kind)
    try:
        _expect_current(state, command)
        drafts = HANDLERS[body.kind](cast("JourneyState", state), body, now)
    except Refusal as refusal:
        return refusal
    return tuple(
        e.Event(
            seq=state.seq + number,
            recorded_at=now,
            actor=command.actor,
            role=command.role,
            on_behalf=command.on_behalf,
            command=command.command_id,
            body=draft,
        )
        for number, (draft, _) in enumerate(drafts, start=1)
    )


def _expect_current(state: OfficeState, command: c.Command) -> None:
    subject = subject_of(command.body)
    if command.rev is None or subject is None:
        return
    seen = state.revs.get(subject)
    current = seen.rev if seen else 0
    if command.rev != current:
        by, at = (seen.by, seen.at.isoformat()) if seen else ("", "")
        raise Refusal("stale_rev", subject=subject, seen=str(command.rev), current=str(current), by=by, at=at)


def tidied(state: OfficeState) -> OfficeState:
    """The state without what nobody asks for any more: answers to causes that are gone, and their revisions."""
    facts = state.facts
    alive = {(s.rule, s.subject) for s in facts.spoken}
    tasks = tuple(t for t in facts.tasks if t.closed_on is None or (t.rule, t.subject) in alive)
    matters = tuple(m for m in facts.matters if m.closed_on is None or (m.rule, m.subject) in alive)
    known = {f"task/{t.id}" for t in tasks} | {f"escalation/{m.id}" for m in matters}
    revs = {subject: rev for subject, rev in state.revs.items() if subject in known}
    kept = facts.model_copy(update={"tasks": tasks, "matters": matters})
    return state.model_copy(update={"facts": kept, "revs": revs})
