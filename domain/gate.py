"""The one gate: whatever asks something of the participant passes here, or does not leave the house.

`gate` says whether a demand may be made on a day, and what shuts it. `open_spans` gives the days that a net
clock counts. `budget` says on which day a notice may leave. There is no second place for any of the three.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from domain.calendar import add_months, berlin_day
from domain.codes import BASE_STEPS, ConsentOutcome, Purpose, ResidenceStatus, TalkKind
from domain.duties import CARE_CODES, open_duty, turning_days
from domain.facts import CaseFacts, NoticeFact

_COURSE = ("entitlement_explained", "FOE-08", "FOE-10")
_COURSE_CODES = (
    "course_entitlement",
    "entitlement_explained",
    "course_place",
    "course_registered",
    *CARE_CODES,
)
_RESTS_ON = {
    "entitlement": _COURSE_CODES,
    "absences": ("course_week",),
    "absence_share": ("course_week",),
    "spell": ("course_week",),
    "drop_out": ("course_dropped_out",),
    "exam": ("exam_date", "exam_told", "exam_registered"),
}
_EXCUSED_AS = {
    "entitlement": ("entitlement", "course_entitlement", "course_registration", "course_registered"),
    "absences": ("attendance",),
    "absence_share": ("attendance",),
    "spell": ("attendance",),
}
_EFFORT = ("step", "commitment", "entitlement")
_TWINS_OF_TEXTS = {"appointment": ("FOE-02",), "commitment": ("FOE-05",), "entitlement": _COURSE}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a demand may be made, and every reason why not, as codes."""

    open: bool
    shut_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks: a rule or a text, and the duties of the office that come first.

    A demand also ends with the term. Help and warnings wait for no duty and no open reason (A-10).
    `attendance`: what a course provider told counts from the day of consent to that only.
    """

    id: str
    twins: tuple[str, ...] = ()
    demand: bool = False
    help: bool = False
    attendance: bool = False


def of_text(text: str, subject: str, twins: tuple[str, ...] = ()) -> Ask:
    """A service notice of the programme as the gate sees it: the duties of its subject and step come first."""
    return Ask(text, (*_TWINS_OF_TEXTS.get(subject.partition("/")[0], ()), *twins))


def gate(facts: CaseFacts, ask: Ask, subject: str, day: date) -> Gate:
    """The gate for a rule or a text about a subject on a day."""
    shut = (
        ("closed", facts.closed_on is not None and facts.closed_on <= day),
        ("no_consent", _needs_consent(facts, ask, subject) and not facts.allows(Purpose.CASEWORK)),
        ("paused", facts.paused(day)),
        ("twin_open", twin_open(facts, ask, subject, day)),
        ("excuse_open", not ask.help and excuse_open(facts, subject, day)),
        ("disputed", not ask.help and disputed(facts, subject, day)),
        ("term_over", ask.demand and day > add_months(facts.t0, facts.term_months)),
        ("asylum_rejected", rejected(facts, ask, subject, day)),
    )
    codes = tuple(code for code, holds in shut if holds)
    return Gate(open=not codes, shut_by=codes)


def twin_open(facts: CaseFacts, ask: Ask, subject: str, day: date) -> bool:
    """True while the office has not done its part of what is asked (A-09); help waits for nobody (A-10)."""
    return not ask.help and open_duty(facts, ask.twins, subject, day)


def excuse_open(facts: CaseFacts, subject: str, day: date) -> bool:
    """True from the day a reason is given until the day a person decides on it (A-37)."""
    return any(
        e.on <= day and (e.decided_on is None or day < e.decided_on)
        for e in facts.excuses
        if concerns(e.subject, subject)
    )


def concerns(excused: str, subject: str) -> bool:
    """True if a reason for `excused` speaks about `subject`; course and attendance have several names."""
    names = _EXCUSED_AS.get(subject.partition("/")[0])
    return excused == subject or (names is not None and excused.rpartition("/")[2] in names)


def disputed(facts: CaseFacts, subject: str, day: date) -> bool:
    """True while a value that the demand rests on, and that holds on the day, is disputed (§ 84 (2) SGB X)."""
    codes = _RESTS_ON.get(subject.partition("/")[0], ("interpreter",))
    named = {(v.code, v.about) for v in facts.values if v.disputed and v.code in codes}
    held = (facts.entry(code, day, about) for code, about in named)
    return any(entry is not None and entry.disputed for entry in held)


def rejected(facts: CaseFacts, ask: Ask, subject: str, day: date) -> bool:
    """True from the day of a final rejection: no effort is asked any more; help and appointments go on (A-40)."""
    effort = ask.demand or (not ask.help and subject.partition("/")[0] in _EFFORT)
    return effort and facts.value("residence_status", day) == ResidenceStatus.REJECTED


def blocked_on(facts: CaseFacts, ask: Ask, subject: str, day: date) -> bool:
    """True on a day that does not count against the person: pause, open reason, no consent, twin (A-09)."""
    return (
        facts.paused(day)
        or rejected(facts, ask, subject, day)
        or excuse_open(facts, subject, day)
        or (_needs_consent(facts, ask, subject) and not _consented_by(facts, day, Purpose.CASEWORK))
        or (ask.attendance and not _consented_by(facts, day, Purpose.ATTENDANCE))
        or twin_open(facts, ask, subject, day)
    )


def open_spans(
    facts: CaseFacts, ask: Ask, subject: str, after: date, until: date
) -> Iterator[tuple[date, date]]:
    """The spans (after, until] in which the demand's days count; nothing changes between two turning days."""
    turns = sorted(d for d in set(_turning_days(facts, ask, subject)) if after + _ONE_DAY < d <= until)
    starts = [after + _ONE_DAY, *turns]
    ends = [*(d - _ONE_DAY for d in turns), until]
    for first, last in zip(starts, ends, strict=True):
        if first <= last and not blocked_on(facts, ask, subject, first):
            yield first - _ONE_DAY, last


def net_days(facts: CaseFacts, ask: Ask, subject: str, after: date, until: date) -> int:
    """How many days of (after, until] count against the person."""
    return sum((last - first).days for first, last in open_spans(facts, ask, subject, after, until))


def _needs_consent(facts: CaseFacts, ask: Ask, subject: str) -> bool:
    if ask.demand or ask.help:
        return True
    kind, _, ref = subject.partition("/")
    if kind == "appointment":
        return not any(a.id == ref and a.talk == TalkKind.FIRST for a in facts.appointments)
    return ref not in BASE_STEPS and kind not in BASE_STEPS


def _consented_by(facts: CaseFacts, day: date, purpose: Purpose) -> bool:
    """True from the day on which consent was given: nothing counts from the time before."""
    answers = [c for c in facts.consents if c.purpose == purpose and c.on <= day]
    return bool(answers) and answers[-1].outcome in (ConsentOutcome.GIVEN, ConsentOutcome.PARTLY)


def _turning_days(facts: CaseFacts, ask: Ask, subject: str) -> Iterator[date]:
    yield from (consent.on for consent in facts.consents)
    yield from (v.valid_from for v in facts.values if v.code == "residence_status")
    for pause in facts.pauses:
        yield pause.start
        yield from _day_after(pause.ended_on)
    for excuse in facts.excuses:
        if concerns(excuse.subject, subject):
            yield excuse.on
            if excuse.decided_on is not None:
                yield excuse.decided_on
    yield from turning_days(facts, ask.twins, subject)


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
