"""What a person may ask of a journey when life turns: moves, status, family, doubt, protection, extension."""

from datetime import date
from typing import Literal

from pydantic import Field

from domain.codes import (
    AppointmentStatus,
    CorrectionReason,
    ExtensionReason,
    HandOverReason,
    OfferOutcome,
    Relation,
    ResidenceStatus,
    Side,
)
from domain.ids import Ags, Code, Id, OfficeId, Subject
from domain.model import Handed


class OfferHandOver(Handed):
    """Ask another office to take the journey on; needs consent to it and the look at § 12a AufenthG."""

    kind: Literal["offer_hand_over"] = "offer_hand_over"
    hand_over: Id
    to_office: OfficeId
    to_ags: Ags
    on: date


class AnswerHandOver(Handed):
    """The asked office takes the journey on as one of its own (`continued_as`), or returns it with a reason."""

    kind: Literal["answer_hand_over"] = "answer_hand_over"
    hand_over: Id
    accepted: bool
    on: date
    reason: HandOverReason = HandOverReason.OTHER
    continued_as: Id | None = None


class WithdrawHandOver(Handed):
    """The asking office takes its question back."""

    kind: Literal["withdraw_hand_over"] = "withdraw_hand_over"
    hand_over: Id
    on: date


class ChangeStatus(Handed):
    """Residence has another status from a day on; with it the benefit and the clock of the course claim."""

    kind: Literal["change_status"] = "change_status"
    status: ResidenceStatus
    valid_from: date
    permit_on: date | None = None
    benefit: Code | None = None
    source: Code = "person"


class ReviewPause(Handed):
    """Somebody has looked at a pause again; `until` is the day it is now meant to end."""

    kind: Literal["review_pause"] = "review_pause"
    pause: Id
    on: date
    until: date | None = None


class LinkHousehold(Handed):
    """The journey belongs to a household; nothing is shared by that alone."""

    kind: Literal["link_household"] = "link_household"
    household: Id
    relation: Relation
    on: date


class LeaveHousehold(Handed):
    """The journey belongs to the household no longer."""

    kind: Literal["leave_household"] = "leave_household"
    household: Id
    on: date


class BlockAddress(Handed):
    """Violence protection: from now on nothing is posted or mailed; only a person speaks with the person."""

    kind: Literal["block_address"] = "block_address"
    on: date


class UnblockAddress(Handed):
    """The protection is no longer needed; a second person agrees."""

    kind: Literal["unblock_address"] = "unblock_address"
    on: date


class ExtendTerm(Handed):
    """The journey goes on to 36 or 48 months, with a reason; a second person agrees."""

    kind: Literal["extend_term"] = "extend_term"
    months: Literal[36, 48]
    reason: ExtensionReason
    on: date


class MergeInto(Handed):
    """This journey is the duplicate of another one and ends; a second person agrees."""

    kind: Literal["merge_into"] = "merge_into"
    into: Id
    on: date


class AbsorbDuplicate(Handed):
    """Another journey was a duplicate of this one; a second person agrees."""

    kind: Literal["absorb_duplicate"] = "absorb_duplicate"
    duplicate: Id
    on: date


class CorrectAppointment(Handed):
    """What was recorded of an appointment was wrong."""

    kind: Literal["correct_appointment"] = "correct_appointment"
    appointment: Id
    status: AppointmentStatus
    reason: CorrectionReason
    on: date


class WithdrawFact(Handed):
    """A recorded value was wrong and none takes its place; `code` and `about` name one of several under a number."""

    kind: Literal["withdraw_fact"] = "withdraw_fact"
    fact: int = Field(ge=1)
    reason: CorrectionReason
    on: date
    code: Code | None = None
    about: str = Field(default="", max_length=40)


class DisputeFact(Handed):
    """The person, or somebody else, says that a recorded value is wrong (§ 84 (2) SGB X)."""

    kind: Literal["dispute_fact"] = "dispute_fact"
    fact: int = Field(ge=1)
    by: Side
    on: date
    code: Code | None = None
    about: str = Field(default="", max_length=40)


class SettleDispute(Handed):
    """A named person decides whether a disputed value stands."""

    kind: Literal["settle_dispute"] = "settle_dispute"
    fact: int = Field(ge=1)
    upheld: bool
    on: date
    code: Code | None = None
    about: str = Field(default="", max_length=40)


class AnnounceCourseStart(Handed):
    """The provider named a day on which the course begins; the latest word counts, the same one twice is one."""

    kind: Literal["announce_course_start"] = "announce_course_start"
    start: date
    on: date
    source: Code = "provider"


class CancelCourse(Handed):
    """The provider cancelled the course; nobody but the provider is at fault."""

    kind: Literal["cancel_course"] = "cancel_course"
    on: date
    source: Code = "provider"


class ChooseStep(Handed):
    """The plan chooses an optional step of the programme."""

    kind: Literal["choose_step"] = "choose_step"
    step: Subject
    on: date


class DropStep(Handed):
    """The plan does without a step that it had chosen."""

    kind: Literal["drop_step"] = "drop_step"
    step: Subject
    on: date


class PresentOffer(Handed):
    """An entry of the directory was offered to the person."""

    kind: Literal["present_offer"] = "present_offer"
    offer: Id
    offer_kind: Code
    on: date


class SettleOffer(Handed):
    """What the person said to an offer; declining has no consequence."""

    kind: Literal["settle_offer"] = "settle_offer"
    offer: Id
    outcome: OfferOutcome
    on: date


class MoveProgramme(Handed):
    """The journey follows another version of the programme."""

    kind: Literal["move_programme"] = "move_programme"
    programme: Code
    on: date


Turn = (
    OfferHandOver
    | AnswerHandOver
    | WithdrawHandOver
    | ChangeStatus
    | ReviewPause
    | LinkHousehold
    | LeaveHousehold
    | BlockAddress
    | UnblockAddress
    | ExtendTerm
    | MergeInto
    | AbsorbDuplicate
    | CorrectAppointment
    | WithdrawFact
    | DisputeFact
    | SettleDispute
    | AnnounceCourseStart
    | CancelCourse
    | ChooseStep
    | DropStep
    | PresentOffer
    | SettleOffer
    | MoveProgramme
)
