"""Subjects of the office's own duties: offers, plan, promises, childcare, review talks."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import add_months, berlin_day, months_since
from domain.codes import AppointmentStatus, Side, TalkKind
from domain.duties import care_open, offer_stands
from domain.facts import AppointmentFact, CaseFacts
from rules.subjects.carried import course_carried
from rules.subjects.clocks import paused_days, unpaused_days
from rules.subjects.fields import (
    Field,
    Kind,
    Reading,
    Subject,
    count,
    days,
    flag,
    months,
    subject,
    working_days,
)

REVIEW_STEP = "half_year_review"
_STANDING = (AppointmentStatus.OFFERED, AppointmentStatus.CONFIRMED, AppointmentStatus.MISSED)
_ONE_DAY = timedelta(days=1)


def held_on(facts: CaseFacts, kind: TalkKind, step: str, on: date) -> list[date]:
    """The days until `on` on which a talk of this kind took place, however that was recorded."""
    days = [t.on for t in facts.talks if t.talk == kind]
    days += [s.on for s in facts.steps if s.step.partition("/")[0] == step]
    days += [
        a.settled_on or berlin_day(a.start)
        for a in facts.appointments
        if a.talk == kind and a.status == AppointmentStatus.KEPT
    ]
    return [day for day in days if day <= on]


def offers(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The office's offers of a first talk (FOE-02)."""
    facts, on = reading.facts, reading.on
    made = sum(a.talk == TalkKind.FIRST and offer_stands(facts, a, on) for a in facts.appointments)
    yield subject(
        "offers",
        _OFFERS,
        "offers",
        facts.t0,
        lambda since: unpaused_days(facts, since, on),
        offers_made=made,
        talk_held=bool(held_on(facts, TalkKind.FIRST, "first_talk", on)),
        net_days_since_t0=unpaused_days(facts, facts.t0, on),
    )


def plan(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The integration plan (FOE-04)."""
    facts, on = reading.facts, reading.on
    agreed = any(s.step == "integration_plan" and s.on <= on for s in facts.steps)
    since_t0 = unpaused_days(facts, facts.t0, on)
    yield subject(
        "plan",
        _PLAN,
        "plan",
        facts.t0,
        lambda since: unpaused_days(facts, since, on),
        plan_agreed=agreed,
        net_days_since_t0=since_t0,
    )


def promises(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each promise of the office (FOE-05); its raw date counts and no pause stops it (A-11, A-12)."""
    on, calendar = reading.on, reading.calendar
    for promise in reading.facts.commitments:
        if promise.side != Side.OFFICE or promise.due >= on:
            continue
        ends = (promise.kept_on, promise.released_on)
        yield subject(
            "promise",
            _PROMISE,
            f"commitment/{promise.id}",
            promise.due,
            lambda since: calendar.working_days_between(since, on),
            settled=any(d is not None and d <= on for d in ends),
            working_days_late=calendar.working_days_between(promise.due, on),
        )


def childcare(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Childcare while a course is due or running (FOE-10)."""
    facts, on = reading.facts, reading.on
    if facts.value("childcare", on) is None:
        return
    explained = facts.value_since("entitlement_explained", on)
    yield subject(
        "childcare",
        _CHILDCARE,
        "childcare",
        _open_since(facts, on),
        lambda since: (on - since).days,
        care_open=care_open(facts, on),
        course_explained=explained is not None and course_carried(reading),
        course_over=facts.value("course_ended", on) == "yes",
        days_since_explained=0 if explained is None else (on - explained).days,
    )


def _open_since(facts: CaseFacts, on: date) -> date:
    """The first day of the present stretch of open care; saying so again begins no new one.

    What was put right on its own day held on no day, so it breaks no stretch (A-31).
    """
    known = {v.valid_from for v in facts.values if v.code == "childcare" and not v.superseded}
    since = on
    for day in sorted((day for day in known if day <= on), reverse=True):
        if not care_open(facts, day):
            break
        since = day
    return since


def review(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The half-year review talk (FOE-14), counted from the last one held, else from T0 (A-20)."""
    facts, on = reading.facts, reading.on
    base = max(held_on(facts, TalkKind.REVIEW, REVIEW_STEP, on), default=facts.t0)
    net_day = on - timedelta(days=paused_days(facts, base, on))
    due = add_months(base, reading.bounds["FOE-14.task"])
    talks = [a for a in facts.appointments if a.talk == TalkKind.REVIEW and a.offered_on <= on]
    yield subject(
        "review",
        _REVIEW,
        "review",
        max([base, *(day for day in map(_fell_through, talks) if day <= on)]),
        lambda since: unpaused_days(facts, since, on),
        offer_standing=any(a.status in _STANDING and berlin_day(a.start) >= on for a in talks),
        net_months=months_since(base, net_day),
        net_days_overdue=(net_day - due).days,
    )


def _fell_through(offer: AppointmentFact) -> date:
    """The day from which an offered talk no longer settles anything: a new episode begins with it.

    A missed one settles its own day to the end, also where that was recorded on the same day (A-20).
    """
    if offer.status == AppointmentStatus.CANCELLED and offer.settled_on is not None:
        return offer.settled_on
    return berlin_day(offer.start) + _ONE_DAY


_SINCE_T0 = days(
    "net_days_since_t0",
    "days since the allocation, pauses not counted",
    "Tage seit der Zuweisung ohne Pausen",
)
_OFFERS: tuple[Field, ...] = (
    count("offers_made", "first talks offered and standing (A-33)", "gültige Angebote eines Erstgesprächs"),
    flag("talk_held", "the first talk took place", "das Erstgespräch hat stattgefunden"),
    _SINCE_T0,
)
_PLAN = (
    flag("plan_agreed", "the integration plan is agreed", "der Integrationsplan ist vereinbart"),
    _SINCE_T0,
)
_PROMISE = (
    flag("settled", "the promise is kept or released", "die Zusage ist eingehalten oder aufgehoben"),
    working_days(
        "working_days_late", "working days since the raw due date (A-12)", "Arbeitstage seit dem Termin"
    ),
)
_CHILDCARE = (
    flag("care_open", "care does not cover the course hours today (A-31)", "die Betreuung ist offen"),
    flag(
        "course_explained", "an entitlement is carried and was explained", "die Kursberechtigung ist erklärt"
    ),
    flag("course_over", "the course has ended", "der Kurs ist beendet"),
    days("days_since_explained", "days since the entitlement was explained", "Tage seit der Erklärung"),
)
_REVIEW = (
    flag(
        "offer_standing",
        "a review talk is offered for today or later, whatever became of today's (A-20)",
        "ein Standortgespräch ist für heute oder später angeboten",
    ),
    months(
        "net_months",
        "months since the last review talk, pauses not counted",
        "Monate seit dem letzten Gespräch",
    ),
    days("net_days_overdue", "days since the review talk was due", "Tage seit der Fälligkeit"),
)
KINDS: tuple[Kind[CaseFacts], ...] = (
    Kind("offers", "d", _OFFERS, offers),
    Kind("plan", "d", _PLAN, plan),
    Kind("promise", "AT", _PROMISE, promises),
    Kind("childcare", "d", _CHILDCARE, childcare),
    Kind("review", "d", _REVIEW, review),
)
