"""How the turns of life change the facts of a journey."""

from datetime import date

from domain import turned as t
from domain.codes import AppointmentStatus, ConsentBy, ConsentOutcome
from domain.events import Event
from domain.facts import CaseFacts, ConsentFact, HandOverFact, HouseholdFact, OfferFact, SpokenFact
from domain.folds import changed, folds, with_
from domain.ids import Id


@folds(t.HandOverOffered)
def _hand_over(facts: CaseFacts, _: Event, body: t.HandOverOffered) -> CaseFacts:
    entry = HandOverFact(id=body.hand_over, to_office=body.to_office, to_ags=body.to_ags, offered_on=body.on)
    return with_(facts, hand_overs=(*facts.hand_overs, entry))


def _settle_hand_over(facts: CaseFacts, id_: Id, state: str, on: date, **more: object) -> CaseFacts:
    return with_(facts, hand_overs=changed(facts.hand_overs, id_, state=state, settled_on=on, **more))


@folds(t.HandOverAnswered)
def _hand_over_answered(facts: CaseFacts, _: Event, body: t.HandOverAnswered) -> CaseFacts:
    more = {"continued_as": body.continued_as} if body.accepted else {"reason": body.reason}
    state = "accepted" if body.accepted else "returned"
    return _settle_hand_over(facts, body.hand_over, state, body.on, **more)


@folds(t.HandOverWithdrawn)
def _hand_over_withdrawn(facts: CaseFacts, _: Event, body: t.HandOverWithdrawn) -> CaseFacts:
    return _settle_hand_over(facts, body.hand_over, "withdrawn", body.on)


@folds(t.HandOverLapsed)
def _hand_over_lapsed(facts: CaseFacts, _: Event, body: t.HandOverLapsed) -> CaseFacts:
    return _settle_hand_over(facts, body.hand_over, "lapsed", body.on)


@folds(t.PauseReviewed)
def _pause_reviewed(facts: CaseFacts, _: Event, body: t.PauseReviewed) -> CaseFacts:
    return with_(facts, pauses=changed(facts.pauses, body.pause, reviewed_on=body.on, until=body.until))


@folds(t.HouseholdLinked)
def _household(facts: CaseFacts, _: Event, body: t.HouseholdLinked) -> CaseFacts:
    entry = HouseholdFact(id=body.household, relation=body.relation, since=body.on)
    return with_(facts, households=(*facts.households, entry))


@folds(t.HouseholdLeft)
def _household_left(facts: CaseFacts, _: Event, body: t.HouseholdLeft) -> CaseFacts:
    left = tuple(
        h.model_copy(update={"left_on": body.on}) if h.id == body.household and h.left_on is None else h
        for h in facts.households
    )
    return with_(facts, households=left)


@folds(t.AddressBlocked)
def _blocked(facts: CaseFacts, _: Event, body: t.AddressBlocked) -> CaseFacts:
    return with_(facts, address_blocked_on=body.on)


@folds(t.AddressUnblocked)
def _unblocked(facts: CaseFacts, _: Event, __: t.AddressUnblocked) -> CaseFacts:
    return with_(facts, address_blocked_on=None)


@folds(t.TermExtended)
def _extended(facts: CaseFacts, _: Event, body: t.TermExtended) -> CaseFacts:
    return with_(facts, term_months=body.months)


@folds(t.JourneyMerged)
def _merged(facts: CaseFacts, _: Event, body: t.JourneyMerged) -> CaseFacts:
    return with_(facts, merged_into=body.into)


@folds(t.DuplicateAbsorbed)
def _absorbed(facts: CaseFacts, _: Event, body: t.DuplicateAbsorbed) -> CaseFacts:
    return with_(facts, duplicates=(*facts.duplicates, body.duplicate))


@folds(t.AppointmentCorrected)
def _appointment_corrected(facts: CaseFacts, _: Event, body: t.AppointmentCorrected) -> CaseFacts:
    open_again = body.status in (AppointmentStatus.OFFERED, AppointmentStatus.CONFIRMED)
    update = {"status": body.status, "cancelled_by": None}
    if open_again:
        update["settled_on"] = None
    return with_(facts, appointments=changed(facts.appointments, body.appointment, **update))


def _value(facts: CaseFacts, seq: int, code: str, about: str, **update: object) -> CaseFacts:
    """The first event of a journey brings several values with one number, so code and `about` count too."""
    values = tuple(
        v.model_copy(update=update) if (v.seq, v.code, v.about) == (seq, code, about) else v
        for v in facts.values
    )
    return with_(facts, values=values)


@folds(t.FactWithdrawn)
def _fact_withdrawn(facts: CaseFacts, _: Event, body: t.FactWithdrawn) -> CaseFacts:
    return _value(facts, body.fact, body.code, body.about, superseded=True)


@folds(t.FactDisputed)
def _fact_disputed(facts: CaseFacts, _: Event, body: t.FactDisputed) -> CaseFacts:
    return _value(facts, body.fact, body.code, body.about, disputed=True)


@folds(t.DisputeSettled)
def _dispute_settled(facts: CaseFacts, _: Event, body: t.DisputeSettled) -> CaseFacts:
    return _value(facts, body.fact, body.code, body.about, disputed=False, superseded=not body.upheld)


@folds(t.StepChosen)
def _step_chosen(facts: CaseFacts, _: Event, body: t.StepChosen) -> CaseFacts:
    return with_(facts, chosen_steps=(*facts.chosen_steps, body.step), chosen_on=(*facts.chosen_on, body.on))


@folds(t.StepDropped)
def _step_dropped(facts: CaseFacts, _: Event, body: t.StepDropped) -> CaseFacts:
    kept = [i for i, step in enumerate(facts.chosen_steps) if step != body.step]
    return with_(
        facts,
        chosen_steps=tuple(facts.chosen_steps[i] for i in kept),
        chosen_on=tuple(facts.chosen_on[i] for i in kept if i < len(facts.chosen_on)),
    )


@folds(t.OfferPresented)
def _offer(facts: CaseFacts, _: Event, body: t.OfferPresented) -> CaseFacts:
    entry = OfferFact(id=body.offer, kind=body.offer_kind, offered_on=body.on)
    return with_(facts, offers=(*facts.offers, entry))


@folds(t.OfferSettled)
def _offer_settled(facts: CaseFacts, _: Event, body: t.OfferSettled) -> CaseFacts:
    settled = tuple(
        o.model_copy(update={"outcome": body.outcome, "settled_on": body.on})
        if o.id == body.offer and o.outcome is None
        else o
        for o in facts.offers
    )
    return with_(facts, offers=settled)


@folds(t.ProgrammeMoved)
def _programme(facts: CaseFacts, _: Event, body: t.ProgrammeMoved) -> CaseFacts:
    return with_(facts, programme=body.programme)


@folds(t.ConsentLapsed)
def _consent_lapsed(facts: CaseFacts, _: Event, body: t.ConsentLapsed) -> CaseFacts:
    entry = ConsentFact(purpose=body.purpose, outcome=ConsentOutcome.LAPSED, on=body.on, by=ConsentBy.PARENTS)
    return with_(facts, consents=(*facts.consents, entry))


@folds(t.OutcomeWithdrawn)
def _outcome_withdrawn(facts: CaseFacts, _: Event, __: t.OutcomeWithdrawn) -> CaseFacts:
    return facts


@folds(t.MatterTakenOver)
def _taken_over(facts: CaseFacts, _: Event, body: t.MatterTakenOver) -> CaseFacts:
    entry = SpokenFact(
        rule=body.rule, subject=body.subject, episode=body.episode, stage=body.stage, on=body.on
    )
    return with_(facts, spoken=(*facts.spoken, entry))
