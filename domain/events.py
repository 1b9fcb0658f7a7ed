"""What happened in a journey: one envelope, one body per event type. Types and fields are fixed; they only grow."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.codes import (
    Addressee,
    Answer,
    Channel,
    CloseReason,
    ConsentOutcome,
    ContactKind,
    ExcuseReason,
    Goal,
    Interpreter,
    Outcome,
    PauseReason,
    Purpose,
    Side,
    TalkKind,
)
from domain.ids import Ags, Code, Id, OfficeId, RuleId, Subject
from domain.model import Instant, Wire


class JourneyStarted(Wire):
    """Base data only: what is known before anybody was asked for consent."""

    type: Literal["journey_started"] = "journey_started"
    ags: Ags
    t0: date
    opened_on: date
    programme: Code
    term_months: int
    language: str
    case_worker: Id
    interpreter: Literal["needed", "not_needed"] = "needed"
    email_address: Literal["known", "unknown"] = "unknown"
    reading: Literal["reads", "does_not_read"] = "reads"


class ConsentTaken(Wire):
    """The answer to one purpose."""

    type: Literal["consent_taken"] = "consent_taken"
    purpose: Purpose
    outcome: ConsentOutcome
    fields: tuple[Goal, ...] = ()


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


class DecisionMade(Wire):
    """A stage of a rule acted. Values are bounded integers; sentences are rendered from the book at reading."""

    type: Literal["decision_made"] = "decision_made"
    rule: RuleId
    version: int
    stage: int
    outcome: Outcome
    addressee: Addressee
    subject: Subject
    episode: date
    basis: tuple[str, ...]
    values: dict[str, int]
    twin_open: bool
    on: date


class EpisodeLifted(Wire):
    """The cause of an episode is gone; the rule may speak anew of a new cause."""

    type: Literal["episode_lifted"] = "episode_lifted"
    rule: RuleId
    subject: Subject
    episode: date


class TaskOpened(Wire):
    """The office has something to do."""

    type: Literal["task_opened"] = "task_opened"
    task: Id
    what: Code
    subject: Subject
    rule: RuleId | None = None
    addressee: Addressee
    on: date
    answer_by: date


class TaskClosed(Wire):
    """A task is no longer needed, with the reason."""

    type: Literal["task_closed"] = "task_closed"
    task: Id
    reason: Code
    on: date


class NoticePlanned(Wire):
    """The intent to tell somebody something; it leaves at `send_at` if still needed then."""

    type: Literal["notice_planned"] = "notice_planned"
    notice: Id
    text: Code
    matter: Subject
    rule: RuleId | None = None
    stage: int = 0
    channel: Channel
    language: str
    on: date
    send_at: Instant
    refers_to: date | None = None


class NoticeLapsed(Wire):
    """A planned notice did not leave, with the reason."""

    type: Literal["notice_lapsed"] = "notice_lapsed"
    notice: Id
    reason: Code
    on: date


class NoticeSettled(Wire):
    """What became of handing a notice over: sent, failed for good, unknown, or deferred for a later try."""

    type: Literal["notice_settled"] = "notice_settled"
    notice: Id
    outcome: Literal["sent", "failed", "unknown", "deferred"]
    reason: Code
    on: date


class EscalationRaised(Wire):
    """A matter reached a level; it never skips one."""

    type: Literal["escalation_raised"] = "escalation_raised"
    escalation: Id
    rule: RuleId
    subject: Subject
    episode: date
    level: int
    on: date
    answer_by: date
    because: Literal["stage", "unanswered", "passed_up"]


class EscalationClosed(Wire):
    """The cause of a matter is gone, or a person closed it."""

    type: Literal["escalation_closed"] = "escalation_closed"
    escalation: Id
    reason: Code
    on: date


class JudgementWithheld(Wire):
    """The rules could not be evaluated safely; nothing was decided and a person is called."""

    type: Literal["judgement_withheld"] = "judgement_withheld"
    reason: Code
    facts_sha256: str
    on: date


EventBody = Annotated[
    JourneyStarted
    | ConsentTaken
    | AppointmentOffered
    | AppointmentConfirmed
    | AppointmentMoved
    | AppointmentCancelled
    | AppointmentKept
    | AppointmentMissed
    | InterpreterSet
    | TalkHeld
    | StepDone
    | FactRecorded
    | ContactRecorded
    | ExcuseGiven
    | ExcuseDecided
    | CommitmentAgreed
    | CommitmentKept
    | CommitmentReleased
    | CommitmentMoved
    | Paused
    | Resumed
    | EscalationAnswered
    | TaskCompleted
    | CaseWorkerAssigned
    | JourneyClosed
    | JourneyReopened
    | FollowUpRecorded
    | DecisionMade
    | EpisodeLifted
    | TaskOpened
    | TaskClosed
    | NoticePlanned
    | NoticeLapsed
    | NoticeSettled
    | EscalationRaised
    | EscalationClosed
    | JudgementWithheld,
    Field(discriminator="type"),
]

SYSTEM = "usr_" + "0" * 32


class Event(Wire):
    """One entry of a journey's stream. `recorded_at` is the business instant; `valid_from` the day it became true."""

    seq: int
    recorded_at: Instant
    actor: Id = SYSTEM
    role: Code = "system"
    on_behalf: Id | None = None
    command: Id | None = None
    valid_from: date | None = None
    source: Code = "office"
    supersedes: int | None = None
    body: EventBody
