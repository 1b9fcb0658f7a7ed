"""Commands around status, protection, pauses, the course, the plan and the term."""

from datetime import date, datetime

from domain import events as e
from domain import turned as t
from domain import turns
from domain.codes import FACT_CODES, CorrectionReason
from domain.directory import CIVIC_KINDS
from domain.errors import Refusal
from domain.facts import OfferFact, PauseFact, ValueFact
from domain.handlers.registry import Draft, expect_consent, expect_scope, find, handles, not_in_future
from domain.happened import KnownValue
from domain.journey import JourneyState, office_day


def _fact(state: JourneyState, known: KnownValue, source: str, now: datetime) -> Draft:
    """A value as an event of its own; a partial consent covers turns of life no further than single facts."""
    code = FACT_CODES[known.code]
    expect_scope(state, code)
    about = f"term/{state.facts.term_months}" if code.about == "term" else known.about
    recorded = e.FactRecorded(code=known.code, value=known.value, recorded_on=office_day(now), about=about)
    return recorded, {"valid_from": known.valid_from, "source": source}


def _known(code: str, value: str, valid_from: date) -> KnownValue:
    return KnownValue(code=code, value=value, valid_from=valid_from)


@handles("change_status")
def _status(state: JourneyState, body: turns.ChangeStatus, now: datetime) -> list[Draft]:
    expect_consent(state, "status")
    not_in_future("valid_from", body.valid_from, now)
    if body.permit_on is not None:
        not_in_future("permit_on", body.permit_on, now)
    if body.benefit is not None and body.benefit not in FACT_CODES["benefit"].values:
        allowed = ", ".join(FACT_CODES["benefit"].values)
        raise Refusal("bad_value", field="benefit", fact="benefit", allowed=allowed)
    wanted = (
        ("residence_status", str(body.status)),
        ("course_claim_since", body.permit_on.isoformat() if body.permit_on else None),
        ("benefit", body.benefit),
    )
    return [
        _fact(state, _known(code, value, body.valid_from), body.source, now)
        for code, value in wanted
        if value is not None and not _stands(state, code, value, body.valid_from)
    ]


def _stands(state: JourneyState, code: str, value: str, since: date) -> bool:
    """True where the same value stands from the same day: the same letter, read twice, is one status."""
    entry = state.facts.entry(code, since)
    return entry is not None and (entry.value, entry.valid_from) == (value, since)


@handles("review_pause")
def _review(state: JourneyState, body: turns.ReviewPause, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    pause: PauseFact = find(state.facts.pauses, "pause", body.pause)
    if pause.ended_on is not None:
        raise Refusal("already_settled", field="pause", state="ended")
    if body.until is not None and body.until < body.on:
        raise Refusal("until_before_start", field="until", until=str(body.until))
    return [(t.PauseReviewed(pause=body.pause, on=body.on, until=body.until), {})]


@handles("block_address")
def _block(state: JourneyState, body: turns.BlockAddress, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if state.facts.address_blocked_on is not None:
        raise Refusal("already_settled", field="on", state="blocked")
    return [(t.AddressBlocked(on=body.on), {})]


@handles("unblock_address")
def _unblock(state: JourneyState, body: turns.UnblockAddress, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if state.facts.address_blocked_on is None:
        raise Refusal("not_blocked", field="on")
    return [(t.AddressUnblocked(on=body.on), {})]


@handles("extend_term")
def _extend(state: JourneyState, body: turns.ExtendTerm, now: datetime) -> list[Draft]:
    expect_consent(state, "months")
    not_in_future("on", body.on, now)
    if body.months <= state.facts.term_months:
        raise Refusal("not_longer", field="months", months=str(state.facts.term_months))
    decided = _fact(state, _known("term_decision", "extended", body.on), "office", now)
    return [decided, (t.TermExtended(months=body.months, reason=body.reason, on=body.on), {})]


@handles("announce_course_start")
def _announce(state: JourneyState, body: turns.AnnounceCourseStart, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    known = _announced(state)
    expect_scope(state, FACT_CODES["course_start_announced"])
    if known is not None and known.value == body.start.isoformat():
        return []
    known_now = _known("course_start_announced", body.start.isoformat(), body.on)
    draft, envelope = _fact(state, known_now, body.source, now)
    return [(draft, {**envelope, "supersedes": known.seq if known else None})]


def _announced(state: JourneyState) -> ValueFact | None:
    values = [v for v in state.facts.values if v.code == "course_start_announced" and not v.superseded]
    return values[-1] if values else None


@handles("cancel_course")
def _cancel_course(state: JourneyState, body: turns.CancelCourse, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    expect_scope(state, FACT_CODES["course_place"])
    gone: list[Draft] = [
        (_gone(value, body.on), {"source": body.source}) for value in _dates_of_the_course(state, body.on)
    ]
    now_so = (("course_place", "none"), ("course_registered", "no"), ("course_started", "no"))
    held = state.facts.value
    return [
        *gone,
        *(
            _fact(state, _known(code, value, body.on), body.source, now)
            for code, value in now_so
            if held(code, body.on) not in (None, value) or code == "course_place"
        ),
    ]


def _dates_of_the_course(state: JourneyState, on: date) -> list[ValueFact]:
    """What was announced of a course that will not be: its start, and the section and exam still to come."""
    standing = [v for v in state.facts.values if not v.superseded]
    ahead = [
        v for v in standing if v.code in ("course_section_starts", "exam_date") and v.value >= on.isoformat()
    ]
    return [*(v for v in standing if v.code == "course_start_announced"), *ahead]


def _gone(value: ValueFact, on: date) -> t.FactWithdrawn:
    return t.FactWithdrawn(
        fact=value.seq, code=value.code, about=value.about, reason=CorrectionReason.OTHER_SOURCE, on=on
    )


@handles("choose_step")
def _choose(state: JourneyState, body: turns.ChooseStep, now: datetime) -> list[Draft]:
    expect_consent(state, "step")
    not_in_future("on", body.on, now)
    if body.step in state.facts.chosen_steps:
        raise Refusal("already_settled", field="step", state="chosen")
    return [(t.StepChosen(step=body.step, on=body.on), {})]


@handles("drop_step")
def _drop(state: JourneyState, body: turns.DropStep, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if body.step not in state.facts.chosen_steps:
        raise Refusal("unknown_subject", field="step", id=body.step)
    return [(t.StepDropped(step=body.step, on=body.on), {})]


@handles("present_offer")
def _present(state: JourneyState, body: turns.PresentOffer, now: datetime) -> list[Draft]:
    expect_consent(state, "offer")
    not_in_future("on", body.on, now)
    if any(o.id == body.offer and o.outcome is None for o in state.facts.offers):
        raise Refusal("exists_already", field="offer", id=body.offer)
    presented: Draft = (t.OfferPresented(offer=body.offer, offer_kind=body.offer_kind, on=body.on), {})
    return [presented, *_civic(state, body.offer_kind, "offered", body.on, now)]


@handles("settle_offer")
def _settle_offer(state: JourneyState, body: turns.SettleOffer, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    offers = [o for o in state.facts.offers if o.id == body.offer]
    found: OfferFact = find(tuple(reversed(offers)), "offer", body.offer)
    if found.outcome is not None:
        raise Refusal("already_settled", field="offer", state=found.outcome)
    if body.on < found.offered_on:
        raise Refusal("settled_before_offered", field="on", offered=found.offered_on.isoformat())
    settled: Draft = (t.OfferSettled(offer=body.offer, outcome=body.outcome, on=body.on), {})
    # On the day of the offer: what became of it is no second offer (FOE-19 counts days).
    return [settled, *_civic(state, found.kind, str(body.outcome), found.offered_on, now)]


def _civic(state: JourneyState, kind: str, value: str, on: date, now: datetime) -> list[Draft]:
    """What FOE-19 looks for: a civic contact was offered, whatever became of it."""
    return [_fact(state, _known("civic_offer", value, on), "office", now)] if kind in CIVIC_KINDS else []


@handles("move_programme")
def _move_programme(state: JourneyState, body: turns.MoveProgramme, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if body.programme == state.facts.programme:
        raise Refusal("already_settled", field="programme", state=body.programme)
    return [(t.ProgrammeMoved(programme=body.programme, on=body.on), {})]
