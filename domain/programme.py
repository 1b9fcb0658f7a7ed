"""A programme in one journey: which steps exist, when they are due, and which are settled.

Whatever follows a missed date comes from a rule, never from here (design.md section 4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from domain.calendar import Calendar, add_months, berlin_day
from domain.codes import FACT_CODES, OPEN_APPOINTMENT, ContactKind, Purpose, TalkKind
from domain.decisions import StepPlan
from domain.facts import CaseFacts, ValueFact
from domain.programme_rows import (
    MOST_CORE_STEPS,
    Condition,
    Due,
    Part,
    Phase,
    Programme,
    ProgrammeStep,
    Repeat,
    StepNotice,
    Wording,
)

_NOT_SO = frozenset({"no", "none"})


@dataclass(frozen=True, slots=True)
class _Mark:
    """A date of a step as it is counted, before it is shifted or waits for a talk."""

    step: ProgrammeStep
    subject: str
    raw: date
    at_talk: bool


def plan(programme: Programme, facts: CaseFacts, calendar: Calendar) -> tuple[StepPlan, ...]:
    """Every step whose date is known, done or not, by the date as counted.

    A participant's own date falls on working days; dates that the office owes, and what both do, never move
    (A-12). What waits for a talk is due on the next open one from its date on.
    """
    steps = (step for step in programme.steps if step.level == "journey")
    marks = [mark for step in steps for mark in _marks(step, facts, calendar)]
    talks = sorted(_talk_days(programme, marks, facts)) if any(mark.at_talk for mark in marks) else []
    planned = [_planned(mark, talks, facts, calendar) for mark in marks]
    if facts.first_review_on is not None:
        planned = _with_first_review(programme, planned, facts)
    return tuple(sorted(planned, key=lambda entry: entry.raw_due))


def settled(programme: Programme, facts: CaseFacts, subject: str) -> bool:
    """True once a step is recorded as done, or something else that was recorded has made it needless."""
    step = programme.step(subject)
    if step is None or facts.step_done(subject):
        return facts.step_done(subject)
    part, number = step.part(subject), subject.partition("/")[2]
    if part is not None and part.settled_by is not None and _holds_for_all(part.settled_by, facts):
        return True
    if step.settled_by is not None and _settled_by(step, step.settled_by, facts, number):
        return True
    return step.settled_when is not None and _evident(step, facts, number)


def chosen_since(facts: CaseFacts, step: str) -> date | None:
    """The day on which the plan chose a step; None where it did not, or nobody knows when."""
    days = dict(zip(facts.chosen_steps, facts.chosen_on, strict=False))
    return days.get(step)


def _marks(step: ProgrammeStep, facts: CaseFacts, calendar: Calendar) -> Iterator[_Mark]:
    if not _exists(step, facts):
        return
    for number, part in enumerate(step.dates, start=1):
        anchor = _anchor(part.due.after, facts)
        if anchor is None:
            continue
        at_talk = (part.at or step.at) == "talk"
        if step.repeat is not None:
            for subject, raw in _repetitions(
                step, step.repeat, part.due, anchor, facts=facts, calendar=calendar
            ):
                yield _Mark(step, subject, raw, at_talk)
        else:
            subject = f"{step.id}/{number}" if step.parts else step.id
            yield _Mark(step, subject, _day(part.due, anchor, facts, calendar), at_talk)


def _exists(step: ProgrammeStep, facts: CaseFacts) -> bool:
    holds = step.when is None or _holds(step.when, facts)
    if not step.chosen:
        return holds
    return step.id in facts.chosen_steps or (step.when is not None and holds)


def _planned(mark: _Mark, talks: Sequence[date], facts: CaseFacts, calendar: Calendar) -> StepPlan:
    step, due = mark.step, mark.raw
    if mark.at_talk:
        since = chosen_since(facts, step.id)
        due = _next_talk(talks, max(due, since) if since else due, facts)
    elif step.actor == "participant":
        due = calendar.shift_off_weekend(due)
    return StepPlan(step=mark.subject, due=due, raw_due=mark.raw, core=step.core, at_talk=mark.at_talk)


def _next_talk(talks: Sequence[date], since: date, facts: CaseFacts) -> date:
    """The next open talk from a day on; the last resort is the end of the term."""
    return next((day for day in talks if day >= since), max(since, _term_end(facts)))


def _talk_days(programme: Programme, marks: Sequence[_Mark], facts: CaseFacts) -> Iterator[date]:
    """The days of the open appointments, and the dates of the talks that are still to be held."""
    yield from (berlin_day(a.start) for a in facts.appointments if a.status in OPEN_APPOINTMENT)
    for mark in marks:
        if mark.step.talk is not None and not mark.at_talk and not settled(programme, facts, mark.subject):
            yield mark.raw


def _with_first_review(programme: Programme, planned: Sequence[StepPlan], facts: CaseFacts) -> list[StepPlan]:
    """The first open review of a journey taken over is on the day that spreads it among the others."""
    reviews = {step.id for step in programme.steps if step.talk == TalkKind.REVIEW}
    open_ = (
        entry
        for entry in planned
        if entry.step.partition("/")[0] in reviews and not settled(programme, facts, entry.step)
    )
    first = min(open_, key=lambda entry: entry.raw_due, default=None)
    day = {"due": facts.first_review_on}
    return [entry.model_copy(update=day) if entry is first else entry for entry in planned]


def _advance(day: date, n: int, unit: str, calendar: Calendar) -> date:
    match unit:
        case "AT":
            return calendar.add_working_days(day, n)
        case "M":
            return add_months(day, n)
        case _:
            return day + timedelta(days=n * (7 if unit == "W" else 1))


def _day(due: Due, anchor: date, facts: CaseFacts, calendar: Calendar) -> date:
    """The date as counted; what lies before the end of the term is counted from T0, in months (A-04)."""
    if not due.back:
        return _advance(anchor, due.n, due.unit, calendar)
    if due.unit == "M":
        return add_months(facts.t0, max(0, facts.term_months - due.n))
    return anchor - timedelta(days=due.n * (7 if due.unit == "W" else 1))


def _repetitions(
    step: ProgrammeStep, repeat: Repeat, due: Due, anchor: date, *, facts: CaseFacts, calendar: Calendar
) -> Iterator[tuple[str, date]]:
    """Each repetition, numbered as it comes: what lies out of season does not count."""
    last, since = _last_day(repeat, anchor, facts), _cut(step, facts)
    number = 0
    for turn in count():
        raw = _advance(anchor, due.n + turn * repeat.every.n, due.unit, calendar)
        if raw > last or (repeat.times is not None and number >= repeat.times):
            return
        if repeat.season is None or repeat.season.includes(raw.month):
            number += 1
            if raw >= since:
                yield f"{step.id}/{number}", raw


def _cut(step: ProgrammeStep, facts: CaseFacts) -> date:
    """A repeated step that the plan chose begins on that day: nothing of it is owed from the time before."""
    held = step.when is not None and _holds(step.when, facts)
    return date.min if held or not step.chosen else chosen_since(facts, step.id) or date.min


def _last_day(repeat: Repeat, anchor: date, facts: CaseFacts) -> date:
    """The last day of a repetition; an end recorded before the event is the end of something earlier."""
    within_term = _term_end(facts) - timedelta(days=1)
    ended = None if repeat.until == "term" else _anchor(repeat.until, facts)
    return within_term if ended is None or ended < anchor else min(within_term, ended)


def _term_end(facts: CaseFacts) -> date:
    return add_months(facts.t0, facts.term_months)


def _anchor(reference: str, facts: CaseFacts) -> date | None:
    kind, _, name = reference.partition(":")
    match kind:
        case "t0":
            return facts.t0
        case "term":
            return _term_end(facts)
        case "close":
            return facts.closed_on
        case "step":
            return next((entry.on for entry in facts.steps if entry.step == name), None)
        case "fact":
            return _fact_day(name, facts)
        case _:
            return None


def _fact_day(code: str, facts: CaseFacts) -> date | None:
    """The day of a fact; of one that exists several times, the first of them."""
    known = [entry for entry in _latest_of_each(code, facts) if entry.value not in _NOT_SO]
    days = (date.fromisoformat(e.value) if FACT_CODES[code].is_day else e.valid_from for e in known)
    return min(days, default=None)


def _holds(condition: Condition, facts: CaseFacts) -> bool:
    """True if the latest value is one of these; of a fact that exists several times, one is enough."""
    return any(_fits(condition, entry) for entry in _latest_of_each(condition.fact, facts))


def _holds_for_all(condition: Condition, facts: CaseFacts) -> bool:
    """True if it holds for each of the kind that is known: for every child, every procedure."""
    kind = FACT_CODES[condition.fact].about
    abouts = {v.about for v in facts.values if not v.superseded and v.about.partition("/")[0] == kind}
    latest = {entry.about: entry for entry in _latest_of_each(condition.fact, facts)}
    return bool(latest) and all(
        about in latest and _fits(condition, latest[about]) for about in (abouts if kind else latest)
    )


def _fits(condition: Condition, entry: ValueFact) -> bool:
    return FACT_CODES[condition.fact].is_day or entry.value in condition.value


def _latest_of_each(code: str, facts: CaseFacts) -> list[ValueFact]:
    """The latest value of a fact; of one that exists several times, the latest of each."""
    latest: dict[str, ValueFact] = {}
    for entry in facts.values:
        if entry.code == code and not entry.superseded:
            known = latest.get(entry.about)
            if known is None or (entry.valid_from, entry.seq) >= (known.valid_from, known.seq):
                latest[entry.about] = entry
    return list(latest.values())


def _settled_by(step: ProgrammeStep, by: Condition, facts: CaseFacts, number: str) -> bool:
    """A step that comes again is settled once by each day on which the fact was recorded."""
    if step.repeat is None:
        return _holds_for_all(by, facts)
    recorded = {
        (v.valid_from, v.about)
        for v in facts.values
        if v.code == by.fact and not v.superseded and _fits(by, v)
    }
    return number.isdigit() and len(recorded) >= int(number)


def _evident(step: ProgrammeStep, facts: CaseFacts, number: str) -> bool:
    match step.settled_when:
        case "staffed":
            return facts.case_worker is not None and facts.substitute is not None
        case "consent_answered":
            return facts.consent(Purpose.CASEWORK) is not None
        case "talk_held":
            return any(talk.talk == step.talk for talk in facts.talks)
        case _:
            return _heard_since(_window(step, facts, number), facts)


def _heard_since(since: date | None, facts: CaseFacts) -> bool:
    if since is None:
        return False
    signs = (contact.on for contact in facts.contacts if contact.kind != ContactKind.ATTEMPT)
    return any(on > since for on in (*signs, *(talk.on for talk in facts.talks)))


def _window(step: ProgrammeStep, facts: CaseFacts, number: str) -> date | None:
    """The day after which a contact counts for this repetition: the date of the one before, or the beginning."""
    due = step.due
    anchor = _anchor(due.after, facts) if due is not None else None
    if anchor is None or due is None:
        return None
    if step.repeat is None or not number.isdigit() or int(number) == 1:
        return anchor - timedelta(days=1)
    n = due.n + (int(number) - 2) * step.repeat.every.n
    # Working days count as days here: the window only has to be long enough.
    return (
        add_months(anchor, n)
        if due.unit == "M"
        else anchor + timedelta(days=n * (7 if due.unit == "W" else 1))
    )


__all__ = [
    "MOST_CORE_STEPS",
    "Condition",
    "Due",
    "Part",
    "Phase",
    "Programme",
    "ProgrammeStep",
    "Repeat",
    "StepNotice",
    "Wording",
    "chosen_since",
    "plan",
    "settled",
]
