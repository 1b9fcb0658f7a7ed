"""Commands around the hand-over to another office, and around households."""

from datetime import datetime

from domain import events as e
from domain import turned as t
from domain import turns
from domain.codes import CloseReason, Purpose
from domain.errors import Refusal
from domain.facts import HandOverFact
from domain.handlers.registry import Draft, expect_new, find, handles, not_in_future
from domain.journey import JourneyState, office_day


@handles("offer_hand_over")
def _offer(state: JourneyState, body: turns.OfferHandOver, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    expect_new(state.facts.hand_overs, "hand_over", body.hand_over)
    if body.to_office == state.facts.office:
        raise Refusal("own_office", field="to_office")
    if any(h.state == "open" for h in state.facts.hand_overs):
        raise Refusal("hand_over_open", field="hand_over")
    if not state.facts.allows(Purpose.HAND_OVER):
        raise Refusal("consent_missing", field="hand_over", purpose=Purpose.HAND_OVER)
    if state.facts.value("move_checked", office_day(now)) != "yes":
        raise Refusal("residence_rule_unchecked", field="to_ags")
    offered = t.HandOverOffered(
        hand_over=body.hand_over, to_office=body.to_office, to_ags=body.to_ags, on=body.on
    )
    return [(offered, {})]


def _open(state: JourneyState, id_: str) -> HandOverFact:
    found: HandOverFact = find(state.facts.hand_overs, "hand_over", id_)
    if found.state != "open":
        raise Refusal("already_settled", field="hand_over", state=found.state)
    return found


@handles("answer_hand_over")
def _answer(state: JourneyState, body: turns.AnswerHandOver, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    _open(state, body.hand_over)
    if body.accepted and body.continued_as is None:
        raise Refusal("continuation_missing", field="continued_as")
    if body.accepted and not state.facts.allows(Purpose.HAND_OVER):
        raise Refusal("consent_missing", field="hand_over", purpose=Purpose.HAND_OVER)
    answered = t.HandOverAnswered(
        hand_over=body.hand_over,
        accepted=body.accepted,
        on=body.on,
        reason=body.reason,
        continued_as=body.continued_as if body.accepted else None,
    )
    if not body.accepted:
        return [(answered, {})]
    return [(answered, {}), (e.JourneyClosed(reason=CloseReason.MOVED_AWAY, on=body.on), {})]


@handles("withdraw_hand_over")
def _withdraw(state: JourneyState, body: turns.WithdrawHandOver, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    _open(state, body.hand_over)
    return [(t.HandOverWithdrawn(hand_over=body.hand_over, on=body.on), {})]


@handles("link_household")
def _link(state: JourneyState, body: turns.LinkHousehold, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if any(h.id == body.household and h.left_on is None for h in state.facts.households):
        raise Refusal("exists_already", field="household", id=body.household)
    return [(t.HouseholdLinked(household=body.household, relation=body.relation, on=body.on), {})]


@handles("leave_household")
def _leave(state: JourneyState, body: turns.LeaveHousehold, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if all(h.id != body.household or h.left_on is not None for h in state.facts.households):
        raise Refusal("unknown_subject", field="household", id=body.household)
    return [(t.HouseholdLeft(household=body.household, on=body.on), {})]


@handles("merge_into")
def _merge(state: JourneyState, body: turns.MergeInto, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if body.into == state.facts.journey:
        raise Refusal("same_journey", field="into")
    closed = e.JourneyClosed(reason=CloseReason.MERGED, on=body.on)
    return [(t.JourneyMerged(into=body.into, on=body.on), {}), (closed, {})]


@handles("absorb_duplicate")
def _absorb(state: JourneyState, body: turns.AbsorbDuplicate, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if body.duplicate == state.facts.journey:
        raise Refusal("same_journey", field="duplicate")
    if body.duplicate in state.facts.duplicates:
        raise Refusal("exists_already", field="duplicate", id=body.duplicate)
    return [(t.DuplicateAbsorbed(duplicate=body.duplicate, on=body.on), {})]
