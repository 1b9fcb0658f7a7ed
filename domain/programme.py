"""A programme: the steps of a journey, when they are due, and what is said before a date. Data, not code.

Whatever follows a missed date comes from a rule, never from here (design.md section 4).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from domain.calendar import Calendar, add_months
from domain.codes import FACT_CODES, Addressee
from domain.decisions import StepPlan
from domain.facts import CaseFacts, ValueFact
from domain.ids import Code
from domain.model import Handed

MOST_CORE_STEPS = 12
Unit = Literal["d", "AT", "W", "M"]
Count = Annotated[int, Field(strict=True, ge=0, le=1000)]
Positive = Annotated[int, Field(strict=True, ge=1, le=1000)]
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,39}$")]
Reference = Annotated[str, StringConstraints(pattern=r"^(t0|term|(step|fact):[a-z][a-z0-9_]{1,39})$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=120)]
_NOT_SO = frozenset({"no", "none"})


class Wording(Handed):
    """What a person reads, in German and in English."""

    de: Sentence
    en: Sentence


class Due(Handed):
    """A date counted forward from one event (A-01, A-02, A-04), in days, working days, weeks or months.

    `after` is `t0`, `term` (the end of the term), `step:<id>` (the day it was done) or `fact:<code>` (the day
    since which it holds; the day itself where the fact is a day).
    """

    after: Reference
    n: Count
    unit: Unit


class Every(Handed):
    """The distance between two repetitions, counted from the same event as the first (A-04)."""

    n: Positive
    unit: Unit


class Repeat(Handed):
    """A step that comes again: before the end of the term, and not after the day of the fact."""

    every: Every
    until: Annotated[str, StringConstraints(pattern=r"^(term|fact:[a-z][a-z0-9_]{1,39})$")] = "term"


class Condition(Handed):
    """True while the latest recorded value of the fact is one of these."""

    fact: Code
    value: Annotated[tuple[str, ...], Field(min_length=1)]


class Before(Handed):
    """How long before a date: counted back in days or weeks (A-04)."""

    n: Positive
    unit: Literal["d", "W"]


class StepNotice(Handed):
    """A service notice before a date; `text` names the template."""

    before: Before
    to: Literal[Addressee.PARTICIPANT, Addressee.CASE_WORKER]
    text: Code


class Phase(Handed):
    """A stretch of the journey, for pictures and headings only."""

    id: StepId
    title: Wording
    from_month: Count
    to_month: Count


class ProgrammeStep(Handed):
    """One step. `settled_by` names a fact that makes the step needless, without a record that it was done."""

    id: StepId
    title: Wording
    actor: Literal["office", "participant", "both"]
    core: bool
    phase: StepId
    due: Due
    repeat: Repeat | None = None
    when: Condition | None = None
    settled_by: Condition | None = None
    notices: tuple[StepNotice, ...] = ()
    basis: tuple[Sentence, ...] = ()


class Programme(Handed):
    """A version of the steps; immutable once a journey has used it."""

    id: Code
    title: Wording
    term_months: Annotated[int, Field(strict=True, ge=1, le=60)]
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    steps: Annotated[tuple[ProgrammeStep, ...], Field(min_length=1)]
    appointment_notices: tuple[StepNotice, ...] = ()
    commitment_notices: tuple[StepNotice, ...] = ()
    basis: tuple[Sentence, ...] = ()

    def step(self, subject: str) -> ProgrammeStep | None:
        """The step of a subject such as `profile` or `half_year_review/2`, or None."""
        wanted = subject.partition("/")[0]
        return next((step for step in self.steps if step.id == wanted), None)


def plan(programme: Programme, facts: CaseFacts, calendar: Calendar) -> tuple[StepPlan, ...]:
    """Every step whose date is known, done or not, by due date; a participant's own fall on working days.

    Dates that the office owes, and what both do, never move (A-12).
    """
    planned = [entry for step in programme.steps for entry in _instances(step, facts, calendar)]
    return tuple(sorted(planned, key=lambda entry: entry.raw_due))


def settled(programme: Programme, facts: CaseFacts, subject: str) -> bool:
    """True once a step is recorded as done, or a fact has made it needless."""
    step = programme.step(subject)
    by = step.settled_by if step else None
    return facts.step_done(subject) or (by is not None and _holds(by, facts))


def _advance(day: date, n: int, unit: Unit, calendar: Calendar) -> date:
    match unit:
        case "AT":
            return calendar.add_working_days(day, n)
        case "M":
            return add_months(day, n)
        case "d" | "W":
            return day + timedelta(days=n * (7 if unit == "W" else 1))


def _instances(step: ProgrammeStep, facts: CaseFacts, calendar: Calendar) -> Iterator[StepPlan]:
    anchor = _anchor(step.due.after, facts)
    if anchor is None or (step.when is not None and not _holds(step.when, facts)):
        return
    for subject, raw in _raw_dates(step, anchor, facts, calendar):
        due = calendar.shift_off_weekend(raw) if step.actor == "participant" else raw
        yield StepPlan(step=subject, due=due, raw_due=raw, core=step.core)


def _raw_dates(
    step: ProgrammeStep, anchor: date, facts: CaseFacts, calendar: Calendar
) -> Iterator[tuple[str, date]]:
    due, repeat = step.due, step.repeat
    if repeat is None:
        yield step.id, _advance(anchor, due.n, due.unit, calendar)
        return
    last = _last_day(repeat, anchor, facts)
    number, raw = 1, _advance(anchor, due.n, due.unit, calendar)
    while raw <= last:
        yield f"{step.id}/{number}", raw
        raw = _advance(anchor, due.n + number * repeat.every.n, due.unit, calendar)
        number += 1


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
        case "step":
            return next((entry.on for entry in facts.steps if entry.step == name), None)
        case _:
            return _fact_day(name, facts)


def _fact_day(code: str, facts: CaseFacts) -> date | None:
    latest = _latest(code, facts)
    if latest is None or latest.value in _NOT_SO:
        return None
    return date.fromisoformat(latest.value) if FACT_CODES[code].is_day else latest.valid_from


def _holds(condition: Condition, facts: CaseFacts) -> bool:
    latest = _latest(condition.fact, facts)
    return latest is not None and latest.value in condition.value


def _latest(code: str, facts: CaseFacts) -> ValueFact | None:
    known = [entry for entry in facts.values if entry.code == code and not entry.superseded]
    return max(known, key=lambda entry: (entry.valid_from, entry.seq)) if known else None
