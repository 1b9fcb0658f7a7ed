"""What happened when life turned: the bodies of the events that follow from `domain.turns`, and from time."""

from datetime import date
from typing import Literal

from domain.codes import (
    AppointmentStatus,
    CorrectionReason,
    ExtensionReason,
    HandOverReason,
    OfferOutcome,
    Purpose,
    Relation,
    Side,
)
from domain.ids import Ags, Code, Id, OfficeId, RuleId, Subject
from domain.model import Wire


class HandOverOffered(Wire):
    """Another office was asked to take the journey on."""

    type: Literal["hand_over_offered"] = "hand_over_offered"
    hand_over: Id
    to_office: OfficeId
    to_ags: Ags
    on: date


class HandOverAnswered(Wire):
    """The asked office took the journey on, or returned it."""

    type: Literal["hand_over_answered"] = "hand_over_answered"
    hand_over: Id
    accepted: bool
    on: date
    reason: HandOverReason
    continued_as: Id | None = None


class HandOverWithdrawn(Wire):
    """The asking office took its question back."""

    type: Literal["hand_over_withdrawn"] = "hand_over_withdrawn"
    hand_over: Id
    on: date


class HandOverLapsed(Wire):
    """Nobody answered within ten working days; the journey stays where it is and the asking office is told."""

    type: Literal["hand_over_lapsed"] = "hand_over_lapsed"
    hand_over: Id
    on: date


class PauseReviewed(Wire):
    """Somebody looked at a pause again."""

    type: Literal["pause_reviewed"] = "pause_reviewed"
    pause: Id
    on: date
    until: date | None = None


class HouseholdLinked(Wire):
    """The journey belongs to a household."""

    type: Literal["household_linked"] = "household_linked"
    household: Id
    relation: Relation
    on: date


class HouseholdLeft(Wire):
    """The journey belongs to the household no longer."""

    type: Literal["household_left"] = "household_left"
    household: Id
    on: date


class AddressBlocked(Wire):
    """Nothing is posted or mailed any more."""

    type: Literal["address_blocked"] = "address_blocked"
    on: date


class AddressUnblocked(Wire):
    """The address may be used again."""

    type: Literal["address_unblocked"] = "address_unblocked"
    on: date


class TermExtended(Wire):
    """The journey goes on to so many months from T0."""

    type: Literal["term_extended"] = "term_extended"
    months: int
    reason: ExtensionReason
    on: date


class JourneyMerged(Wire):
    """This journey was the duplicate of another one."""

    type: Literal["journey_merged"] = "journey_merged"
    into: Id
    on: date


class DuplicateAbsorbed(Wire):
    """Another journey was a duplicate of this one."""

    type: Literal["duplicate_absorbed"] = "duplicate_absorbed"
    duplicate: Id
    on: date


class AppointmentCorrected(Wire):
    """The record of an appointment was wrong; `status` is right."""

    type: Literal["appointment_corrected"] = "appointment_corrected"
    appointment: Id
    status: AppointmentStatus
    reason: CorrectionReason
    on: date


class FactWithdrawn(Wire):
    """A recorded value was wrong; it counts no longer, and stays readable."""

    type: Literal["fact_withdrawn"] = "fact_withdrawn"
    fact: int
    code: Code
    about: str = ""
    reason: CorrectionReason
    on: date


class FactDisputed(Wire):
    """A recorded value is disputed; nothing is demanded on it until a person decides."""

    type: Literal["fact_disputed"] = "fact_disputed"
    fact: int
    code: Code
    about: str = ""
    by: Side
    on: date


class DisputeSettled(Wire):
    """A person decided whether a disputed value stands."""

    type: Literal["dispute_settled"] = "dispute_settled"
    fact: int
    code: Code
    about: str = ""
    upheld: bool
    on: date


class StepChosen(Wire):
    """The plan chose an optional step."""

    type: Literal["step_chosen"] = "step_chosen"
    step: Subject
    on: date


class StepDropped(Wire):
    """The plan does without a step."""

    type: Literal["step_dropped"] = "step_dropped"
    step: Subject
    on: date


class OfferPresented(Wire):
    """An entry of the directory was offered."""

    type: Literal["offer_presented"] = "offer_presented"
    offer: Id
    offer_kind: Code
    on: date


class OfferSettled(Wire):
    """What the person said to it."""

    type: Literal["offer_settled"] = "offer_settled"
    offer: Id
    outcome: OfferOutcome
    on: date


class ProgrammeMoved(Wire):
    """The journey follows another version of the programme."""

    type: Literal["programme_moved"] = "programme_moved"
    programme: Code
    on: date


class ConsentLapsed(Wire):
    """What the parents had allowed ended four weeks after the person came of age (A-30)."""

    type: Literal["consent_lapsed"] = "consent_lapsed"
    purpose: Purpose
    on: date


class OutcomeWithdrawn(Wire):
    """What a rule had said rested on a fact that turned out wrong or came late; it is held against nobody.

    `because` is the sequence number of the event that put it right (A-39).
    """

    type: Literal["outcome_withdrawn"] = "outcome_withdrawn"
    rule: RuleId
    subject: Subject
    episode: date
    stage: int
    said_on: date
    because: int
    on: date


class MatterTakenOver(Wire):
    """A matter that was due before the take-over: this stage of it speaks no more (nothing reaches back)."""

    type: Literal["matter_taken_over"] = "matter_taken_over"
    rule: RuleId
    subject: Subject
    episode: date
    stage: int
    on: date


Turned = (
    HandOverOffered
    | HandOverAnswered
    | HandOverWithdrawn
    | HandOverLapsed
    | PauseReviewed
    | HouseholdLinked
    | HouseholdLeft
    | AddressBlocked
    | AddressUnblocked
    | TermExtended
    | JourneyMerged
    | DuplicateAbsorbed
    | AppointmentCorrected
    | FactWithdrawn
    | FactDisputed
    | DisputeSettled
    | StepChosen
    | StepDropped
    | OfferPresented
    | OfferSettled
    | ProgrammeMoved
    | ConsentLapsed
    | OutcomeWithdrawn
    | MatterTakenOver
)
