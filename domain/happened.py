"""What people bring about in a journey: the bodies of the events that follow from a start or a command."""

from datetime import date
from typing import Literal

from domain.codes import (
    Answer,
    CloseReason,
    ConsentBy,
    ConsentOutcome,
    ContactKind,
    ExcuseReason,
    Goal,
    Interpreter,
    PauseReason,
    Purpose,
    Side,
    TalkKind,
)
from domain.ids import Ags, Code, Id, Subject
from domain.model import Instant, Wire


class KnownValue(Wire):
    """A value that an office brings along when it takes a running journey over."""

    code: Code
    value: str
    valid_from: date
    about: str = ""


class KnownConsent(Wire):
    """An answer that was given before the take-over."""

    purpose: Purpose
    outcome: ConsentOutcome
    on: date
    by: ConsentBy = ConsentBy.SELF
    fields: tuple[Goal, ...] = ()


class JourneyStarted(Wire):
    """Base data only: what is known before anybody was asked for consent.

    A journey that was led before, elsewhere or on paper, is taken over on a day: what was due before that day
    reminds nobody, and `steps_before`, `known` and `consents` are what is brought along.
    """

    type: Literal["journey_started"] = "journey_started"
    ags: Ags
    t0: date
    opened_on: date
    programme: Code
    term_months: int
    language: str
    case_worker: Id
    substitute: Id | None = None
    interpreter: Literal["needed", "not_needed"] = "needed"
    email_address: Literal["known", "unknown"] = "unknown"
    reading: Literal["reads", "does_not_read"] = "reads"
    of_age_on: date | None = None
    continues: Id | None = None
    taken_over_on: date | None = None
    first_review_on: date | None = None
    steps_before: tuple[Subject, ...] = ()
    known: tuple[KnownValue, ...] = ()
    consents: tuple[KnownConsent, ...] = ()
    last_contact_on: date | None = None
    address_blocked_on: date | None = None


class ConsentTaken(Wire):
    """The answer to one purpose."""

    type: Literal["consent_taken"] = "consent_taken"
    purpose: Purpose
    outcome: ConsentOutcome
    fields: tuple[Goal, ...] = ()
    by: ConsentBy = ConsentBy.SELF


class AppointmentOffered(Wire):
    """The office offered an appointment."""

    type: Literal["appointment_offered"] = "appointment_offered"
    appointment: Id
    talk: TalkKind
    start: Instant
    offered_on: date
    place: Code
    interpreter: Interpreter
    invited_in_language: bool


class AppointmentConfirmed(Wire):
    """The participant confirmed."""

    type: Literal["appointment_confirmed"] = "appointment_confirmed"
    appointment: Id


class AppointmentMoved(Wire):
    """The appointment has another start."""

    type: Literal["appointment_moved"] = "appointment_moved"
    appointment: Id
    start: Instant
    offered_on: date
    by: Side


class AppointmentCancelled(Wire):
    """The appointment was cancelled before its start."""

    type: Literal["appointment_cancelled"] = "appointment_cancelled"
    appointment: Id
    by: Side
    on: date


class AppointmentKept(Wire):
    """The appointment took place."""

    type: Literal["appointment_kept"] = "appointment_kept"
    appointment: Id
    on: date


class AppointmentMissed(Wire):
    """Nobody came, as a person confirmed."""

    type: Literal["appointment_missed"] = "appointment_missed"
    appointment: Id
    on: date


class InterpreterSet(Wire):
    """Where interpreting stands."""

    type: Literal["interpreter_set"] = "interpreter_set"
    appointment: Id
    interpreter: Interpreter


class TalkHeld(Wire):
    """A talk took place; what it settled are events of their own with the same command."""

    type: Literal["talk_held"] = "talk_held"
    talk: Id
    about: TalkKind
    on: date
    appointment: Id | None = None


class StepDone(Wire):
    """A step of the programme is done."""

    type: Literal["step_done"] = "step_done"
    step: Subject
    on: date


class FactRecorded(Wire):
    """A value was recorded; the envelope carries valid_from, source and what it supersedes."""

    type: Literal["fact_recorded"] = "fact_recorded"
    code: Code
    value: str
    recorded_on: date
    about: str = ""


class ContactRecorded(Wire):
    """A contact, or an attempt."""

    type: Literal["contact_recorded"] = "contact_recorded"
    contact: ContactKind
    on: date


class ExcuseGiven(Wire):
    """A reason was given; nothing is demanded while it is open."""

    type: Literal["excuse_given"] = "excuse_given"
    excuse: Id
    subject: Subject
    reason: ExcuseReason
    on: date


class ExcuseDecided(Wire):
    """A person accepted or rejected a reason."""

    type: Literal["excuse_decided"] = "excuse_decided"
    excuse: Id
    accepted: bool
    on: date


class CommitmentAgreed(Wire):
    """A promise of one side."""

    type: Literal["commitment_agreed"] = "commitment_agreed"
    commitment: Id
    side: Side
    goal: Goal
    due: date
    on: date
    twin: Id | None = None


class CommitmentKept(Wire):
    """A promise was kept."""

    type: Literal["commitment_kept"] = "commitment_kept"
    commitment: Id
    on: date


class CommitmentReleased(Wire):
    """A promise was released with a reason."""

    type: Literal["commitment_released"] = "commitment_released"
    commitment: Id
    reason: Code
    on: date


class CommitmentMoved(Wire):
    """A promise has another date; a new date begins a new episode."""

    type: Literal["commitment_moved"] = "commitment_moved"
    commitment: Id
    due: date


class Paused(Wire):
    """Demands stand still from this day."""

    type: Literal["paused"] = "paused"
    pause: Id
    reason: PauseReason
    start: date
    until: date | None = None


class Resumed(Wire):
    """Demands count again; `ended_on` is the last paused day."""

    type: Literal["resumed"] = "resumed"
    pause: Id
    ended_on: date


class EscalationAnswered(Wire):
    """A person answered an escalation."""

    type: Literal["escalation_answered"] = "escalation_answered"
    escalation: Id
    answer: Answer
    on: date
    until: date | None = None


class TaskCompleted(Wire):
    """A person completed a task."""

    type: Literal["task_completed"] = "task_completed"
    task: Id
    on: date


class CaseWorkerAssigned(Wire):
    """Another person has the journey."""

    type: Literal["case_worker_assigned"] = "case_worker_assigned"
    case_worker: Id
    substitute: Id | None = None
    on: date | None = None


class BookPinned(Wire):
    """A named person holds the journey to one book, or lets it follow the one in force again."""

    type: Literal["book_pinned"] = "book_pinned"
    book: Code | None
    on: date


class JourneyClosed(Wire):
    """The journey ended; only after-care follows."""

    type: Literal["journey_closed"] = "journey_closed"
    reason: CloseReason
    on: date


class JourneyReopened(Wire):
    """The journey goes on."""

    type: Literal["journey_reopened"] = "journey_reopened"
    on: date


class FollowUpRecorded(Wire):
    """The follow-up call was made."""

    type: Literal["follow_up_recorded"] = "follow_up_recorded"
    on: date
