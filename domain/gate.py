"""The one gate: whatever asks something of the participant passes here, or does not leave the house.

`gate` says whether a demand may be made on a day, and what shuts it. `open_spans` gives the days that a net
clock counts. `budget` says on which day a notice may leave. There is no second place for any of the three.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from domain.calendar import add_months, berlin_day
from domain.codes import BASE_STEPS, ConsentOutcome, Interpreter, Purpose, Side, TalkKind
from domain.facts import AppointmentFact, CaseFacts, CommitmentFact, NoticeFact, ValueFact

HELP = {"MIT-10": "an inquiry after somebody who is out of reach is care, not a demand (A-10)"}
DEMAND_RULES = ("MIT-01", "MIT-02", "MIT-08")
CARRIED_BY = ("duty", "claim", "admission")
_COURSE_CODES = (
    "course_entitlement",
    "entitlement_explained",
    "course_place",
    "course_registered",
    "childcare",
    "child_under_three_until",
    "parents_wish",
)
_COURSE_EXCUSES = ("entitlement", "course_entitlement", "course_registration", "course_registered")
_UNDERSTOOD = (Interpreter.REQUESTED, Interpreter.CONFIRMED, Interpreter.DECLINED)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a demand may be made, and every reason why not, as codes."""

    open: bool
    shut_by: tuple[str, ...]


def gate(facts: CaseFacts, asks: str, subject: str, day: date) -> Gate:
    """The gate for a rule or a text about a subject on a day; `asks` is the rule's or the text's id."""
    shut = (
        ("closed", facts.closed_on is not None and facts.closed_on <= day),
        ("no_consent", _needs_consent(facts, asks, subject) and not facts.allows(Purpose.CASEWORK)),
        ("paused", facts.paused(day)),
        ("twin_open", twin_open(facts, asks, subject, day)),
        ("excuse_open", asks not in HELP and excuse_open(facts, subject, day)),
        ("disputed", asks not in HELP and disputed(facts, subject, day)),
        ("term_over", asks in DEMAND_RULES and day > add_months(facts.t0, facts.term_months)),
    )
    codes = tuple(code for code, holds in shut if holds)
    return Gate(open=not codes, shut_by=codes)


def twin_open(facts: CaseFacts, asks: str, subject: str, day: date) -> bool:
    """True while the office has not done its part of what is asked (A-09); help waits for nobody (A-10)."""
    if asks in HELP:
        return False
    kind, _, ref = subject.partition("/")
    if kind == "appointment":
        return _invitation_lacking(facts, ref, day)
    if kind == "commitment":
        return _promise_of_office_open(facts, ref, day)
    return kind == "entitlement" and course_out_of_reach(facts, day)


def excuse_open(facts: CaseFacts, subject: str, day: date) -> bool:
    """True from the day a reason is given until the day a person decides on it (A-37)."""
    return any(
        e.on <= day and (e.decided_on is None or day < e.decided_on)
        for e in facts.excuses
        if concerns(e.subject, subject)
    )


def concerns(excused: str, subject: str) -> bool:
    """True if a reason for `excused` speaks about `subject`; the course has several names on the desk."""
    if subject == "entitlement":
        return excused.rpartition("/")[2] in _COURSE_EXCUSES
    return excused == subject


def disputed(facts: CaseFacts, subject: str, day: date) -> bool:
    """True while a fact that the demand rests on is disputed."""
    codes = _COURSE_CODES if subject == "entitlement" else ("interpreter",)
    return any(
        v.disputed and not v.superseded and v.valid_from <= day for v in facts.values if v.code in codes
    )


def blocked_on(facts: CaseFacts, asks: str, subject: str, day: date) -> bool:
    """True on a day that does not count against the person: pause, open reason, no consent, twin (A-09)."""
    return (
        facts.paused(day)
        or excuse_open(facts, subject, day)
        or (_needs_consent(facts, asks, subject) and not _consented_by(facts, day))
        or twin_open(facts, asks, subject, day)
    )


def open_spans(
    facts: CaseFacts, asks: str, subject: str, after: date, until: date
) -> Iterator[tuple[date, date]]:
    """The spans (after, until] in which the demand's days count; nothing changes between two turning days."""
    turns = sorted(d for d in set(_turning_days(facts, subject)) if after + _ONE_DAY < d <= until)
    starts = [after + _ONE_DAY, *turns]
    ends = [*(d - _ONE_DAY for d in turns), until]
    for first, last in zip(starts, ends, strict=True):
        if first <= last and not blocked_on(facts, asks, subject, first):
            yield first - _ONE_DAY, last


def net_days(facts: CaseFacts, asks: str, subject: str, after: date, until: date) -> int:
    """How many days of (after, until] count against the person."""
    return sum((last - first).days for first, last in open_spans(facts, asks, subject, after, until))


def offer_stands(facts: CaseFacts, offer: AppointmentFact, day: date) -> bool:
    """True if the office offered it, did not take it back, and sees to being understood (A-33)."""
    if offer.offered_on > day or offer.cancelled_by == Side.OFFICE:
        return False
    if offer.interpreter == Interpreter.FAILED:
        return False
    return facts.value("interpreter", day) != "needed" or offer.interpreter in _UNDERSTOOD


def care_open(facts: CaseFacts, day: date) -> bool:
    """True on a day on which care for a child who needs it does not cover the course (A-31)."""
    return facts.value("childcare", day) == "open"


def course_out_of_reach(facts: CaseFacts, day: date) -> bool:
    """True until the course is explained, has a place and the children are cared for (A-09, A-31, A-32)."""
    if facts.value("entitlement_explained", day) != "yes" or facts.value("course_place", day) != "exists":
        return True
    care = facts.value("childcare", day)
    if not _under_three(facts, day):
        return care == "open"
    return facts.value("parents_wish", day) != "yes" or care not in ("covered", "not_needed")


def _under_three(facts: CaseFacts, day: date) -> bool:
    until = facts.value("child_under_three_until", day)
    return until is not None and day.isoformat() <= until


def _invitation_lacking(facts: CaseFacts, ref: str, day: date) -> bool:
    offer = next((a for a in facts.appointments if a.id == ref), None)
    return offer is not None and not (offer.invited_in_language and offer_stands(facts, offer, day))


def _promise_of_office_open(facts: CaseFacts, ref: str, day: date) -> bool:
    own = next((c for c in facts.commitments if c.id == ref), None)
    if own is None or own.side == Side.OFFICE:
        return False
    return any(_owed(other, own, day) for other in facts.commitments if other.side == Side.OFFICE)


def _owed(promise: CommitmentFact, own: CommitmentFact, day: date) -> bool:
    """True while the paired promise is not kept, or one of the same goal is overdue."""
    settled = (d for d in (promise.kept_on, promise.released_on) if d is not None)
    if promise.agreed_on > day or any(d <= day for d in settled):
        return False
    paired = promise.id == own.twin or promise.twin == own.id
    return paired or (promise.goal == own.goal and promise.due < day)


def _needs_consent(facts: CaseFacts, asks: str, subject: str) -> bool:
    if asks in HELP or asks in DEMAND_RULES:
        return True
    kind, _, ref = subject.partition("/")
    if kind == "appointment":
        return not any(a.id == ref and a.talk == TalkKind.FIRST for a in facts.appointments)
    return ref not in BASE_STEPS and kind not in BASE_STEPS


def _consented_by(facts: CaseFacts, day: date) -> bool:
    """True from the day on which consent to casework was given: nothing counts from the time before."""
    answers = [c for c in facts.consents if c.purpose == Purpose.CASEWORK and c.on <= day]
    return bool(answers) and answers[-1].outcome in (ConsentOutcome.GIVEN, ConsentOutcome.PARTLY)


def _turning_days(facts: CaseFacts, subject: str) -> Iterator[date]:
    yield from (consent.on for consent in facts.consents)
    for pause in facts.pauses:
        yield pause.start
        yield from _day_after(pause.ended_on)
    for excuse in facts.excuses:
        if concerns(excuse.subject, subject):
            yield excuse.on
            if excuse.decided_on is not None:
                yield excuse.decided_on
    yield from _turns_of_twin(facts, subject)


def _turns_of_twin(facts: CaseFacts, subject: str) -> Iterator[date]:
    kind = subject.partition("/")[0]
    if kind == "commitment":
        for promise in (c for c in facts.commitments if c.side == Side.OFFICE):
            yield promise.agreed_on
            yield promise.due + _ONE_DAY
            yield from (d for d in (promise.kept_on, promise.released_on) if d is not None)
        return
    yield from (a.offered_on for a in facts.appointments if subject.endswith(a.id))
    codes = _COURSE_CODES if kind == "entitlement" else ("interpreter",)
    for value in facts.values:
        if value.code in codes:
            yield from _turns_of_value(value)


def _turns_of_value(value: ValueFact) -> Iterator[date]:
    yield value.valid_from
    if value.code == "child_under_three_until":
        yield date.fromisoformat(value.value) + _ONE_DAY


def _day_after(day: date | None) -> Iterator[date]:
    if day is not None:
        yield day + _ONE_DAY


class Rank(IntEnum):
    """The order in which the budget is granted."""

    STATUTORY = 0
    APPOINTMENT = 1
    DEMAND = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A notice that wants to leave: a key of the caller's, its rank, its matter, its rule or text."""

    key: str
    rank: Rank
    matter: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """When a notice may leave; None where its matter has used its four and a task takes its place (A-42)."""

    key: str
    on: date | None


PER_SPAN = ((1, 1), (7, 2), (30, 6))
PER_MATTER = 4
_HORIZON_DAYS = 400
_NEVER_LEFT = ("lapsed", "failed")


def budget(
    notices: Iterable[NoticeFact],
    day: date,
    candidates: Sequence[Candidate],
    *,
    allowed: Callable[[date], bool],
) -> tuple[Grant, ...]:
    """The first day from `day` on for each notice: 1 a day, 2 in any 7 days, 6 in any 30, 4 for a matter.

    `allowed` says whether a day is a sending day. Grants are made in the order of rank, then rule, then key.
    """
    leaving = [n for n in notices if n.state not in _NEVER_LEFT]
    taken = [berlin_day(n.send_at) for n in leaving]
    per_matter: dict[str, int] = {}
    for notice in leaving:
        per_matter[notice.matter] = per_matter.get(notice.matter, 0) + 1
    grants: list[Grant] = []
    for wish in sorted(candidates, key=lambda c: (c.rank, c.rule, c.key)):
        used = per_matter.get(wish.matter, 0)
        on = _first_free(taken, day, allowed) if used < PER_MATTER else None
        if on is not None:
            taken.append(on)
            per_matter[wish.matter] = used + 1
        grants.append(Grant(wish.key, on))
    return tuple(grants)


def _first_free(taken: list[date], day: date, allowed: Callable[[date], bool]) -> date | None:
    days = (day + timedelta(days=i) for i in range(_HORIZON_DAYS))
    return next((d for d in days if allowed(d) and _fits(taken, d)), None)


def _fits(taken: list[date], day: date) -> bool:
    """True if one more notice on `day` leaves every span of days that holds it within its limit."""
    return all(_most_in_span(taken, day, span) < limit for span, limit in PER_SPAN)


def _most_in_span(taken: list[date], day: date, span: int) -> int:
    firsts = (day - timedelta(days=back) for back in range(span))
    return max(sum(first <= t < first + timedelta(days=span) for t in taken) for first in firsts)
