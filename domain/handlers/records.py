"""Commands that record: consent, steps, facts, contacts."""

import re
from datetime import date, datetime

from domain import commands as c
from domain import events as e
from domain.codes import (
    BASE_STEPS,
    COURSE_DAY,
    FACT_CODES,
    CloseReason,
    ConsentBy,
    ConsentOutcome,
    FactCode,
    Purpose,
)
from domain.errors import Refusal
from domain.handlers.registry import (
    Draft,
    expect_consent,
    expect_scope,
    handles,
    not_in_future,
)
from domain.journey import JourneyState, office_day

EARLIEST_DAY, LATEST_DAY = date(1990, 1, 1), date(2049, 12, 31)
EARLIEST_VALID = date(2015, 1, 1)
ENDING = {
    ConsentOutcome.REFUSED: CloseReason.CONSENT_REFUSED,
    ConsentOutcome.WITHDRAWN: CloseReason.CONSENT_WITHDRAWN,
}


@handles("take_consent")
def _take_consent(state: JourneyState, body: c.TakeConsent, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if body.outcome == ConsentOutcome.LAPSED:
        raise Refusal(
            "bad_value", field="outcome", fact="consent", allowed="given, partly, refused, withdrawn"
        )
    if state.closed and body.outcome != ConsentOutcome.WITHDRAWN:
        raise Refusal("journey_closed", on=str(state.facts.closed_on))
    if body.outcome == ConsentOutcome.WITHDRAWN and not state.facts.allows(body.purpose):
        raise Refusal("nothing_to_withdraw", field="purpose", purpose=body.purpose)
    if body.by == ConsentBy.PARENTS and _of_age(state, body.on):
        raise Refusal("of_age", field="by", on=str(state.facts.day_value("of_age_on", body.on)))
    if body.outcome == ConsentOutcome.PARTLY and not body.fields:
        raise Refusal("fields_missing", field="fields")
    taken = e.ConsentTaken(purpose=body.purpose, outcome=body.outcome, fields=body.fields, by=body.by)
    drafts: list[Draft] = [(taken, {"valid_from": body.on})]
    reason = ENDING.get(body.outcome)
    if body.purpose == Purpose.CASEWORK and reason and not state.closed:
        drafts.append((e.JourneyClosed(reason=reason, on=body.on), {}))
    return drafts


def _of_age(state: JourneyState, on: date) -> bool:
    """True from the day on which the person speaks for themselves, and nobody else does."""
    day = state.facts.day_value("of_age_on", on)
    return day is not None and day <= on


@handles("record_step")
def _step(state: JourneyState, body: c.RecordStep, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    if state.planned_steps and body.step not in state.planned_steps:
        known = ", ".join(state.planned_steps)
        raise Refusal("unknown_step", field="step", step=body.step, known=known)
    if body.step.partition("/")[0] not in BASE_STEPS:
        expect_consent(state, "step")
    if state.facts.step_done(body.step):
        raise Refusal("already_settled", field="step", state="done")
    return [(e.StepDone(step=body.step, on=body.on), {})]


@handles("record_fact")
def _fact(state: JourneyState, body: c.RecordFact, now: datetime) -> list[Draft]:
    code = FACT_CODES.get(body.code)
    if code is None:
        raise Refusal("unknown_code", field="code", fact=body.code)
    if not code.base:
        expect_scope(state, code)
    _expect_about(code, body.about)
    _expect_value(code, body)
    not_in_future("valid_from", body.valid_from, now)
    _expect_within("valid_from", code, body.valid_from, EARLIEST_VALID)
    corrected = (body.supersedes, body.code, body.about)
    if body.supersedes is not None and all((v.seq, v.code, v.about) != corrected for v in state.facts.values):
        raise Refusal("unknown_subject", field="supersedes", id=str(body.supersedes))
    recorded = e.FactRecorded(code=body.code, value=body.value, recorded_on=office_day(now), about=body.about)
    envelope = {"valid_from": body.valid_from, "source": body.source, "supersedes": body.supersedes}
    return [(recorded, envelope)]


def _expect_about(code: FactCode, about: str) -> None:
    """One of several is named by its kind and a number; what exists once needs no number."""
    pattern = f"{code.about}/[1-9][0-9]?" if code.about else ""
    if not re.fullmatch(pattern, about):
        allowed = f"{code.about}/1 … {code.about}/99" if code.about else "–"
        raise Refusal("bad_value", field="about", fact=code.code, allowed=allowed)


def _expect_value(code: FactCode, body: c.RecordFact) -> None:
    if code.is_day:
        _expect_day(code, body.value)
    elif code.is_week:
        _expect_week(code, body)
    elif body.value not in code.values:
        raise Refusal("bad_value", field="value", fact=code.code, allowed=", ".join(code.values))


def _expect_day(code: FactCode, value: str) -> None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise Refusal("bad_value", field="value", fact=code.code, allowed="YYYY-MM-DD")
    _expect_within("value", code, day, EARLIEST_DAY)


def _expect_within(field: str, code: FactCode, day: date, earliest: date) -> None:
    """A slip of the pen must not reach the rules: beyond these days no calendar counts working days."""
    if not earliest <= day <= LATEST_DAY:
        raise Refusal("bad_value", field=field, fact=code.code, allowed=f"{earliest} … {LATEST_DAY}")


def _expect_week(code: FactCode, body: c.RecordFact) -> None:
    """Seven letters from a Monday on: the shortest form in which every course day has its own answer."""
    if body.valid_from.weekday() != 0:
        raise Refusal("not_a_monday", field="valid_from", fact=code.code)
    if not re.fullmatch(f"[{COURSE_DAY}]{{7}}", body.value):
        raise Refusal("bad_value", field="value", fact=code.code, allowed="aaaaa-- (a n r i u d c -)")


@handles("record_contact")
def _contact(_: JourneyState, body: c.RecordContact, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    return [(e.ContactRecorded(contact=body.contact, on=body.on), {})]
