"""What a person may ask of a journey: one envelope, one body per command."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

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
from domain.ids import Code, Id, Subject
from domain.model import Handed, Instant, Wire
from domain.turns import Turn


class TakeConsent(Handed):
    """Record the answer to one purpose; refusal and withdrawal for casework end the journey at once."""

    kind: Literal["take_consent"] = "take_consent"
    purpose: Purpose
    outcome: ConsentOutcome
    on: date
    fields: tuple[Goal, ...] = ()
    by: ConsentBy = ConsentBy.SELF


class OfferAppointment(Handed):
    """Offer an appointment; `invited_in_language` says that the invitation was or will be understood."""

    kind: Literal["offer_appointment"] = "offer_appointment"
    appointment: Id
    talk: TalkKind
    start: Instant
    place: Code = "office"
    interpreter: Interpreter = Interpreter.NOT_NEEDED
    invited_in_language: bool = True


class ConfirmAppointment(Handed):
    """The participant has confirmed."""

    kind: Literal["confirm_appointment"] = "confirm_appointment"
    appointment: Id


class MoveAppointment(Handed):
    """Give an appointment another start; it is offered anew."""

    kind: Literal["move_appointment"] = "move_appointment"
    appointment: Id
    start: Instant
    by: Side


class CancelAppointment(Handed):
    """Cancel before the start; a cancellation by the participant is no missed appointment (A-16)."""

    kind: Literal["cancel_appointment"] = "cancel_appointment"
    appointment: Id
    by: Side


class KeepAppointment(Handed):
    """The appointment took place."""

    kind: Literal["keep_appointment"] = "keep_appointment"
    appointment: Id
    on: date


class MissAppointment(Handed):
    """Nobody came, as a person confirms."""

    kind: Literal["miss_appointment"] = "miss_appointment"
    appointment: Id
    on: date


class SetInterpreter(Handed):
    """Where interpreting for an appointment stands."""

    kind: Literal["set_interpreter"] = "set_interpreter"
    appointment: Id
    interpreter: Interpreter


class RecordStep(Handed):
    """A step of the programme is done."""

    kind: Literal["record_step"] = "record_step"
    step: Subject
    on: date


class RecordFact(Handed):
    """Record a value from the vocabulary; `supersedes` names the event that it corrects."""

    kind: Literal["record_fact"] = "record_fact"
    code: Code
    value: str = Field(max_length=40)
    valid_from: date
    source: Code = "person"
    supersedes: int | None = None
    about: str = Field(default="", max_length=40)


class RecordContact(Handed):
    """A sign of life of the person, or an attempt of the office."""

    kind: Literal["record_contact"] = "record_contact"
    contact: ContactKind
    on: date


class Excuse(Handed):
    """A reason was given for a subject: an appointment, a commitment, the course entitlement."""

    kind: Literal["excuse"] = "excuse"
    excuse: Id
    subject: Subject
    reason: ExcuseReason
    on: date


class DecideExcuse(Handed):
    """A person accepts or rejects a reason."""

    kind: Literal["decide_excuse"] = "decide_excuse"
    excuse: Id
    accepted: bool
    on: date


class AgreeCommitment(Handed):
    """A promise of either side with a date; `twin` names the counter-promise."""

    kind: Literal["agree_commitment"] = "agree_commitment"
    commitment: Id
    side: Side
    goal: Goal
    due: date
    on: date
    twin: Id | None = None


class KeepCommitment(Handed):
    """A promise was kept, as a person confirms."""

    kind: Literal["keep_commitment"] = "keep_commitment"
    commitment: Id
    on: date


class ReleaseCommitment(Handed):
    """A promise is released with a reason."""

    kind: Literal["release_commitment"] = "release_commitment"
    commitment: Id
    reason: Code
    on: date


class MoveCommitment(Handed):
    """A promise gets a new date; the office's own needs the participant's agreement (A-44)."""

    kind: Literal["move_commitment"] = "move_commitment"
    commitment: Id
    due: date
    agreed_with_participant: bool


class Pause(Handed):
    """A named person lets the demands stand still."""

    kind: Literal["pause"] = "pause"
    pause: Id
    reason: PauseReason
    start: date
    until: date | None = None


class Resume(Handed):
    """A named person ends the pause; `on` is the first day that counts again."""

    kind: Literal["resume"] = "resume"
    on: date


class AnswerEscalation(Handed):
    """The lead or head answers; `until` silences the matter, `pass_up` raises it by one level."""

    kind: Literal["answer_escalation"] = "answer_escalation"
    escalation: Id
    answer: Answer
    on: date
    until: date | None = None


class CompleteTask(Handed):
    """A task of the office is done."""

    kind: Literal["complete_task"] = "complete_task"
    task: Id
    on: date


class AssignCaseWorker(Handed):
    """Another person takes the journey over."""

    kind: Literal["assign_case_worker"] = "assign_case_worker"
    case_worker: Id
    substitute: Id | None = None


class PinBook(Handed):
    """Hold the journey to one book of rules, or let it follow the one in force again (no book named)."""

    kind: Literal["pin_book"] = "pin_book"
    book: Code | None = None


class CloseJourney(Handed):
    """A named person ends the journey; it goes on into after-care for at most 90 days."""

    kind: Literal["close"] = "close"
    reason: CloseReason
    on: date


class ReopenJourney(Handed):
    """The journey goes on after all; only in after-care."""

    kind: Literal["reopen"] = "reopen"
    on: date


class RecordFollowUp(Handed):
    """The follow-up call of after-care was made; it ends after-care."""

    kind: Literal["record_follow_up"] = "record_follow_up"
    on: date


Single = (
    TakeConsent
    | OfferAppointment
    | ConfirmAppointment
    | MoveAppointment
    | CancelAppointment
    | KeepAppointment
    | MissAppointment
    | SetInterpreter
    | RecordStep
    | RecordFact
    | RecordContact
    | Excuse
    | DecideExcuse
    | AgreeCommitment
    | KeepCommitment
    | ReleaseCommitment
    | MoveCommitment
    | Pause
    | Resume
    | AnswerEscalation
    | CompleteTask
    | AssignCaseWorker
    | PinBook
    | CloseJourney
    | ReopenJourney
    | RecordFollowUp
    | Turn
)
Item = Annotated[Single, Field(discriminator="kind")]


class RecordTalk(Handed):
    """One conversation settles many things: all of them, or none."""

    kind: Literal["record_talk"] = "record_talk"
    talk: Id
    about: TalkKind
    on: date
    appointment: Id | None = None
    settles: tuple[Item, ...] = Field(default=(), max_length=40)


Body = Annotated[Single | RecordTalk, Field(discriminator="kind")]


class Command(Handed):
    """The envelope: who asks, in which role, for whom, having seen which revision of the touched subject."""

    command_id: Id
    actor: Id
    role: Code
    on_behalf: Id | None = None
    rev: int | None = None
    approvals: tuple[Id, ...] = ()
    body: Body


class Receipt(Wire):
    """What a carried-out command answers, also when it is sent again: the events it became."""

    command_id: Id
    first_seq: int
    last_seq: int
    stored: bool = True


COMMAND_UPDATE = "command"
REPLAN_UPDATE = "replan"
STATE_QUERY = "state"
