"""What happened in a journey: one envelope, one body per event type; both only ever grow.

Bodies that people bring about stand in `happened`; those that follow from rules and clocks stand here.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.codes import Addressee, Channel, Outcome
from domain.happened import (
    AppointmentCancelled,
    AppointmentConfirmed,
    AppointmentKept,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentOffered,
    BookPinned,
    CaseWorkerAssigned,
    CommitmentAgreed,
    CommitmentKept,
    CommitmentMoved,
    CommitmentReleased,
    ConsentTaken,
    ContactRecorded,
    EscalationAnswered,
    ExcuseDecided,
    ExcuseGiven,
    FactRecorded,
    FollowUpRecorded,
    InterpreterSet,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    Paused,
    Resumed,
    StepDone,
    TalkHeld,
    TaskCompleted,
)
from domain.ids import Code, Id, RuleId, Subject
from domain.model import Instant, Wire
from domain.turned import Turned


class DecisionMade(Wire):
    """A stage of a rule acted. Values are bounded integers; sentences come from the book at reading."""

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
    | BookPinned
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
    | JudgementWithheld
    | Turned,
    Field(discriminator="type"),
]

SYSTEM = "usr_" + "0" * 32


class Event(Wire):
    """One entry of a journey's stream: recorded by the business clock, valid from its own day."""

    seq: int
    recorded_at: Instant
    actor: Id = SYSTEM
    role: Code = "system"
    on_behalf: Id | None = None
    command: Id | None = None
    valid_from: date | None = None
    source: Code = "office"
    supersedes: int | None = None
    approved_by: tuple[Id, ...] = ()
    body: EventBody


__all__ = [
    "SYSTEM",
    "AppointmentCancelled",
    "AppointmentConfirmed",
    "AppointmentKept",
    "AppointmentMissed",
    "AppointmentMoved",
    "AppointmentOffered",
    "BookPinned",
    "CaseWorkerAssigned",
    "CommitmentAgreed",
    "CommitmentKept",
    "CommitmentMoved",
    "CommitmentReleased",
    "ConsentTaken",
    "ContactRecorded",
    "DecisionMade",
    "EpisodeLifted",
    "EscalationAnswered",
    "EscalationClosed",
    "EscalationRaised",
    "Event",
    "EventBody",
    "ExcuseDecided",
    "ExcuseGiven",
    "FactRecorded",
    "FollowUpRecorded",
    "InterpreterSet",
    "JourneyClosed",
    "JourneyReopened",
    "JourneyStarted",
    "JudgementWithheld",
    "NoticeLapsed",
    "NoticePlanned",
    "NoticeSettled",
    "Paused",
    "Resumed",
    "StepDone",
    "TalkHeld",
    "TaskClosed",
    "TaskCompleted",
    "TaskOpened",
]
