"""`CaseFacts`: what was recorded about one journey, as dates, codes and intervals, and nothing computed.

Days are Europe/Berlin dates. Instants are aware and in UTC. The rules read this model and nothing else.
"""

from datetime import date

from pydantic import Field

from domain.codes import (
    AppointmentStatus,
    Channel,
    CloseReason,
    ConsentBy,
    ConsentOutcome,
    ContactKind,
    ExcuseReason,
    Goal,
    HandOverReason,
    Interpreter,
    OfferOutcome,
    PauseReason,
    Purpose,
    Relation,
    Side,
    TalkKind,
)
from domain.ids import Ags, Code, Id, OfficeId, RuleId, Subject
from domain.model import Instant, Wire


class ConsentFact(Wire):
    """The answer to one purpose; the latest `on` counts. `fields` limits a partial consent."""

    purpose: Purpose
    outcome: ConsentOutcome
    on: date
    fields: tuple[Goal, ...] = ()
    by: ConsentBy = ConsentBy.SELF


class AppointmentFact(Wire):
    """An appointment offered by the office; the Berlin date of `start` is its day and never moves."""

    id: Id
    talk: TalkKind
    start: Instant
    offered_on: date
    status: AppointmentStatus = AppointmentStatus.OFFERED
    interpreter: Interpreter = Interpreter.NOT_NEEDED
    invited_in_language: bool = True
    cancelled_by: Side | None = None
    settled_on: date | None = None


class TalkFact(Wire):
    """A talk that was held."""

    id: Id
    talk: TalkKind
    on: date
    appointment: Id | None = None


class StepFact(Wire):
    """A step of the programme that is done; `half_year_review/2` is the second of a repeated step."""

    step: Subject
    on: date
    before_take_over: bool = False


class ValueFact(Wire):
    """A recorded value; `valid_from` is when it became true, `recorded_on` when the office learned of it."""

    seq: int
    code: Code
    value: str = Field(max_length=40)
    valid_from: date
    recorded_on: date
    source: Code
    superseded: bool = False
    disputed: bool = False
    about: str = Field(default="", max_length=40, description="which of several, as in child/2")


class ContactFact(Wire):
    """A contact on a day; `attempt` is the office's own and no sign of life."""

    kind: ContactKind
    on: date


class ExcuseFact(Wire):
    """A reason given for a subject; open until a person decides, and while open nothing is demanded."""

    id: Id
    subject: Subject
    reason: ExcuseReason
    on: date
    decided_on: date | None = None
    accepted: bool | None = None


class CommitmentFact(Wire):
    """A promise of one side; `twin` is the counter-promise of the other side, where paired."""

    id: Id
    side: Side
    goal: Goal
    agreed_on: date
    due: date
    twin: Id | None = None
    kept_on: date | None = None
    released_on: date | None = None
    open_reported_on: date | None = None

    @property
    def voluntary(self) -> bool:
        """True of what a participant means to do in civic life: nothing ever asks about it."""
        return self.side == Side.PARTICIPANT and self.goal == Goal.PARTICIPATION


class PauseFact(Wire):
    """A pause; `until` is the day it is meant to end, `ended_on` its last day."""

    id: Id
    reason: PauseReason
    start: date
    until: date | None = None
    ended_on: date | None = None
    reviewed_on: date | None = None


class SpokenFact(Wire):
    """A stage that acted: the memory that keeps a rule from acting twice."""

    rule: RuleId
    subject: Subject
    episode: date
    stage: int
    on: date


class MatterFact(Wire):
    """One matter, one escalation: its level, and until when an answer is awaited or silences it."""

    id: Id
    rule: RuleId
    subject: Subject
    episode: date
    level: int
    raised_on: date
    answer_by: date
    silent_until: date | None = None
    closed_on: date | None = None


class TaskFact(Wire):
    """A task of the office, opened by a rule, a notice that needs hands, or an event."""

    id: Id
    what: Code
    subject: Subject
    rule: RuleId | None = None
    opened_on: date
    answer_by: date
    closed_on: date | None = None
    completed_on: date | None = Field(
        default=None, description="by a person; what ends with its cause is not"
    )


class NoticeFact(Wire):
    """Something that leaves the house. `matter` is the subject whose budget of four it uses."""

    id: Id
    text: Code
    matter: Subject
    rule: RuleId | None = None
    stage: int = 0
    channel: Channel
    planned_on: date
    send_at: Instant
    refers_to: date | None = None
    state: Code = "planned"
    settled_on: date | None = None


class HandOverFact(Wire):
    """A question to another office whether it takes the journey on; open until `settled_on`."""

    id: Id
    to_office: OfficeId
    to_ags: Ags
    offered_on: date
    state: Code = "open"
    reason: HandOverReason | None = None
    continued_as: Id | None = None
    settled_on: date | None = None


class HouseholdFact(Wire):
    """A household that the journey belongs to; `left_on` ends it."""

    id: Id
    relation: Relation
    since: date
    left_on: date | None = None


class OfferFact(Wire):
    """An entry of the directory that was offered, and what the person said."""

    id: Id
    kind: Code
    offered_on: date
    outcome: OfferOutcome | None = None
    settled_on: date | None = None


class CaseFacts(Wire):
    """All that the rules may know of one journey."""

    schema_version: int = 1
    journey: Id
    office: OfficeId
    ags: Ags
    t0: date = Field(description="day of allocation; day 0 of every mark counted from T0")
    opened_on: date = Field(description="Berlin date on which the journey was started")
    programme: Code
    term_months: int = Field(default=24, ge=1, le=60)
    language: str = Field(default="de", max_length=20, description="BCP 47 tag of the contact language")
    case_worker: Id | None = None
    substitute: Id | None = None
    assigned_on: date | None = Field(default=None, description="when the two last changed, else opened_on")
    pinned_book: Code | None = Field(default=None, description="the book this journey is held to")
    closed_on: date | None = None
    closed_reason: CloseReason | None = None
    continues: Id | None = Field(default=None, description="the journey that this one goes on from")
    merged_into: Id | None = None
    taken_over_on: date | None = Field(default=None, description="nothing due before this day speaks")
    first_review_on: date | None = None
    address_blocked_on: date | None = None
    chosen_steps: tuple[Subject, ...] = ()
    chosen_on: tuple[date, ...] = Field(default=(), description="the day on which each of them was chosen")
    hand_overs: tuple[HandOverFact, ...] = ()
    households: tuple[HouseholdFact, ...] = ()
    offers: tuple[OfferFact, ...] = ()
    duplicates: tuple[Id, ...] = ()
    consents: tuple[ConsentFact, ...] = ()
    appointments: tuple[AppointmentFact, ...] = ()
    talks: tuple[TalkFact, ...] = ()
    steps: tuple[StepFact, ...] = ()
    values: tuple[ValueFact, ...] = ()
    contacts: tuple[ContactFact, ...] = ()
    excuses: tuple[ExcuseFact, ...] = ()
    commitments: tuple[CommitmentFact, ...] = ()
    pauses: tuple[PauseFact, ...] = ()
    spoken: tuple[SpokenFact, ...] = ()
    matters: tuple[MatterFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()
    notices: tuple[NoticeFact, ...] = ()

    def consent(self, purpose: Purpose) -> ConsentFact | None:
        """The latest answer to a purpose, or None while nobody has asked."""
        answers = [entry for entry in self.consents if entry.purpose == purpose]
        return answers[-1] if answers else None

    def allows(self, purpose: Purpose) -> bool:
        """True while consent for the purpose is given, wholly or partly."""
        answer = self.consent(purpose)
        return answer is not None and answer.outcome in (ConsentOutcome.GIVEN, ConsentOutcome.PARTLY)

    def entry(self, code: str, on: date, about: str = "") -> ValueFact | None:
        """The entry that held on a day, as far as known: the latest valid, not superseded one."""
        held = [
            v
            for v in self.values
            if v.code == code and v.valid_from <= on and v.about == about and not v.superseded
        ]
        return max(held, key=lambda v: (v.valid_from, v.seq)) if held else None

    def value(self, code: str, on: date, about: str = "") -> str | None:
        """The value that held on a day, or None where nothing was recorded."""
        found = self.entry(code, on, about)
        return found.value if found else None

    def value_since(self, code: str, on: date, about: str = "") -> date | None:
        """Since when the value that holds on `on` holds, or None where nothing is known."""
        found = self.entry(code, on, about)
        return found.valid_from if found else None

    def day_value(self, code: str, on: date, about: str = "") -> date | None:
        """The day that stands in a value, or None where nothing was recorded."""
        found = self.value(code, on, about)
        return date.fromisoformat(found) if found else None

    def numbered(self, kind: str, on: date) -> tuple[str, ...]:
        """Every `about` of a kind that is known on a day, in the order of its first mention."""
        prefix = kind + "/"
        known = (v.about for v in self.values if v.about.startswith(prefix) and v.valid_from <= on)
        return tuple(dict.fromkeys(known))

    def paused(self, on: date) -> bool:
        """True on each day of a pause, its first and its last included (A-11)."""
        return any(p.start <= on and (p.ended_on is None or on <= p.ended_on) for p in self.pauses)

    def step_done(self, step: str) -> bool:
        """True once the step, or that repetition of it, is recorded as done."""
        return any(entry.step == step for entry in self.steps)
