"""Ladders keep order and distance after an outage, demands wait for their net clock, warnings for nobody."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from domain.codes import ExcuseReason, Goal, Outcome, PauseReason, Purpose, Side
from domain.decisions import Decision, Ruling
from domain.facts import CaseFacts, CommitmentFact, ExcuseFact, PauseFact
from domain.gate import blocked_on, gate
from rules.book import Book
from rules.compiled import Compiled
from rules.foresight import Foreseen, foresee
from rules.shape import HELP, ask_of
from rules.subjects import CLOCKS, FIELDS
from rules.why import why
from tests.oracle import attendance
from tests.support.facts import BOOK, CALENDAR
from tests.support.lived import HORIZON, KINDS, ONE_DAY, Day, Life, known, live

LIVES, MANY, CHUNKS = 4, 200, 20
FORESEEN, MANY_FORESEEN = 30, 1200
OUTAGES = (21, 45, 90, 200)
Episode = tuple[str, str, date]


def _lives(kind: str, numbers: Iterable[int]) -> list[Life]:
    return [KINDS[kind](f"time/{kind}/{number}") for number in numbers]


def _compiled(rule: str, on: date) -> Compiled:
    return next(c for c in BOOK.compiled if c.rule.id == rule and c.rule.in_force(on))


# --- After an outage ---------------------------------------------------------------------------------------


def _with_outage(life: Life, days: int) -> list[Day]:
    """Looked at on the first day, then on none for so many days, and every day after them."""
    back = life.on + timedelta(days=days)
    until = min(back + timedelta(days=200), CALENDAR.last)
    return list(live(life.facts, life.on, until, looked_at=lambda day: day == life.on or day >= back))


def _out_of_step(life: Life, lived: Iterable[Day]) -> Iterator[str]:
    """Stages that came twice, before the one before them, too soon after it, or two on one day."""
    said: dict[Episode, dict[int, date]] = {}
    for spoken in life.facts.spoken:
        said.setdefault((spoken.rule, spoken.subject, spoken.episode), {})[spoken.stage] = spoken.on
    for day in lived:
        for gone in day.ruling.lifted:
            said.pop((gone.rule, gone.subject, gone.episode), None)
        stages = dict.fromkeys((d.rule, d.subject, d.episode, d.stage) for d in day.ruling.decisions)
        if len({(rule, subject) for rule, subject, _, _ in stages}) < len(stages):
            yield f"{life.seed} {day.on}: one matter speaks twice on a day"
        for rule, subject, episode, stage in stages:
            before = said.setdefault((rule, subject, episode), {})
            wrong = _wrong_step(_compiled(rule, day.on), stage, before, day.on)
            before.setdefault(stage, day.on)
            if wrong:
                yield f"{life.seed} {day.on} {rule} {subject} stage {stage}: {wrong}"


def _wrong_step(compiled: Compiled, stage: int, before: dict[int, date], on: date) -> str:
    if stage in before:
        return "a second time"
    if stage == 1 or compiled.rule.stages[stage - 1].alone:
        return ""
    if stage - 1 not in before:
        return "before the one before it"
    least = _least_days(compiled, stage)
    return "" if on - before[stage - 1] >= least else f"sooner than {least.days} days after the one before"


def _least_days(compiled: Compiled, stage: int) -> timedelta:
    """How many days a distance is at the very least, whatever pauses and holidays lie in between."""
    each = {"d": 1, "AT": 1, "M": 28, "hM": 13}[CLOCKS[compiled.rule.subject]]
    return timedelta(days=compiled.distances[stage - 1] * each)


def _never_came(life: Life, lived: list[Day]) -> Iterator[str]:
    """What would have been said without the outage, was not said after it, and nothing explains it."""
    last = lived[-1]
    said = {(d.rule, d.subject, d.stage) for day in lived for d in day.ruling.decisions}
    for _, made in foresee(life.facts, last.on, on=life.on, calendar=CALENDAR, book=BOOK):
        if (made.rule, made.subject, made.stage) in said:
            continue
        answer = why(last.facts, made.rule, last.on, calendar=CALENDAR, book=BOOK)
        states = {r.state for r in answer.reasons if (r.subject, r.episode) == (made.subject, made.episode)}
        if not states <= {"no_cause", "held_back", "waits_for_distance"}:
            yield f"{life.seed}: {made.rule} {made.subject} stage {made.stage} was skipped ({states})"


def _outage(kind: str, number: int) -> list[str]:
    (life,), days = _lives(kind, [number]), OUTAGES[number % len(OUTAGES)]
    lived = _with_outage(life, days)
    return [*_out_of_step(life, lived), *_never_came(life, lived)]


@pytest.mark.parametrize("kind", KINDS)
def test_after_an_outage_every_stage_comes_in_order_once_and_at_its_distance(kind: str) -> None:
    assert [line for number in range(LIVES) for line in _outage(kind, number)] == []


@pytest.mark.proof
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", KINDS)
def test_after_an_outage_nothing_is_skipped_or_doubled_in_many_more_lives(kind: str, chunk: int) -> None:
    numbers = range(LIVES + chunk, LIVES + MANY // len(KINDS), CHUNKS)

    assert [line for number in numbers for line in _outage(kind, number)] == []


def test_an_outage_spans_several_stages_and_a_ladder_out_of_step_is_noticed() -> None:
    life = known("time/known/2")
    lived = _with_outage(life, 200)
    first = next(day for day in lived[1:] if day.ruling.decisions)
    again = [*lived, *(replace(day, on=day.on + ONE_DAY) for day in lived)]
    without_first = [replace(d, ruling=_only_later_stages(d)) for d in lived]
    missing = [day for day in lived if day.on == life.on or not day.ruling.decisions]

    assert first.on == life.on + timedelta(days=200)
    assert any(line.endswith("a second time") for line in _out_of_step(life, again))
    assert any(line.endswith("before the one before it") for line in _out_of_step(life, without_first))
    assert any("skipped" in line for line in _never_came(life, [*missing, lived[-1]]))


def _only_later_stages(day: Day) -> Ruling:
    later = tuple(d for d in day.ruling.decisions if d.stage > 1)
    return day.ruling.model_copy(update={"decisions": later})


# --- Demands and their net clocks ----------------------------------------------------------------------------

_FOURTH = 3


def _counted_from(facts: CaseFacts, made: Decision, day: date, before: date | None) -> date | None:
    """The day from which a demand counts; where its mark is no time, the day of the stage before."""
    if made.rule == "MIT-08":
        return CALENDAR.next_working_day(made.episode)
    if made.rule == "MIT-04":
        letters = attendance.course_days(facts.model_dump(mode="json"), day)
        return next(s[_FOURTH] for s in attendance.spells(letters) if s[0] == made.episode)
    return before if made.rule in ("MIT-03", "MIT-05", "MIT-09") else made.episode


def _recounted(facts: CaseFacts, made: Decision, since: date, day: date) -> int:
    """The days that counted, one by one."""
    ask = ask_of(BOOK.rule(made.rule))
    working = CLOCKS[BOOK.rule(made.rule).subject] == "AT"
    counted = 0
    for number in range(1, (day - since).days + 1):
        one = since + timedelta(days=number)
        # The silence that MIT-10 asks about is counted without pauses; nothing else stops it.
        stopped = facts.paused(one) if made.rule == "MIT-10" else blocked_on(facts, ask, made.subject, one)
        counted += not stopped and (not working or CALENDAR.is_working_day(one))
    return counted


def _needed(made: Decision, day: date) -> int:
    compiled = _compiled(made.rule, day)
    mark = compiled.marks[made.stage]
    timed = mark is not None and FIELDS[compiled.rule.subject][mark[0]].unit in ("d", "AT")
    return mark[2] if mark is not None and timed else compiled.distances[made.stage - 1]


def _too_early(life: Life) -> Iterator[str]:
    """Demands that speak with the gate shut, or on a day that their own clock has not reached."""
    facts = life.facts
    assert isinstance(facts, CaseFacts)
    said: dict[tuple[str, str, int], date] = {}
    for day, made in foresee(facts, life.until, on=life.on, calendar=CALENDAR, book=BOOK):
        before = said.get((made.rule, made.subject, made.stage - 1))
        said[made.rule, made.subject, made.stage] = day
        rule = BOOK.rule(made.rule)
        if rule.side != "fordern" or made.stage in HELP.get(made.rule, ()):
            continue
        if not gate(facts, ask_of(rule), made.subject, day).open:
            yield f"{life.seed} {day} {made.rule} {made.subject}: the gate is shut"
        since = _counted_from(facts, made, day, before)
        if since is not None and _recounted(facts, made, since, day) < _needed(made, day):
            yield f"{life.seed} {day} {made.rule} {made.subject} stage {made.stage}: too early"


@pytest.mark.parametrize(("kind", "lives"), [("known", FORESEEN), ("foretold", FORESEEN // 3)])
def test_no_demand_speaks_before_its_days_one_by_one_have_come_to_its_mark(kind: str, lives: int) -> None:
    assert [line for life in _lives(kind, range(lives)) for line in _too_early(life)] == []


@pytest.mark.proof
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", ["known", "foretold"])
def test_no_demand_speaks_too_early_in_many_more_lives(kind: str, chunk: int) -> None:
    numbers = range(FORESEEN // 3 + chunk, MANY_FORESEEN // 2, CHUNKS)

    assert [line for life in _lives(kind, numbers) for line in _too_early(life)] == []


def test_a_demand_one_day_early_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = _needed
    monkeypatch.setitem(globals(), "_needed", lambda made, day: needed(made, day) + 1)

    found = {line.split()[2] for life in _lives("foretold", range(12)) for line in _too_early(life)}

    assert len(found) > 4


# --- Warnings before an end --------------------------------------------------------------------------------

STATUTORY = ("FOE-06", "FOE-07", "FOE-09", "FOE-11", "FOE-13", "MIT-12")


def _hindered(life: Life) -> CaseFacts:
    """The same journey with all that stops a demand: a pause, reasons nobody decided on, and a debt of the office."""
    facts, day = life.facts, life.on
    assert isinstance(facts, CaseFacts)
    reasons = ("course_registration", "entitlement", "attendance", "letter/1", "claim", "work_course")
    excuses = [
        ExcuseFact(id=f"exc_{number:032x}", subject=subject, reason=ExcuseReason.ILLNESS, on=day)
        for number, subject in enumerate(reasons)
    ]
    pause = PauseFact(id="pau_" + "9" * 32, reason=PauseReason.ILLNESS, start=day)
    debt = {"agreed_on": day - timedelta(days=90), "due": day - timedelta(days=60)}
    promise = CommitmentFact(id="com_" + "9" * 32, side=Side.OFFICE, goal=Goal.LANGUAGE, **debt)
    return facts.model_copy(
        update={
            "pauses": (pause,),
            "excuses": tuple(excuses),
            "commitments": (*facts.commitments, promise),
            "case_worker": None,
        }
    )


def _free(life: Life) -> CaseFacts:
    assert isinstance(life.facts, CaseFacts)
    return life.facts.model_copy(update={"pauses": (), "excuses": ()})


def _warnings(facts: CaseFacts, life: Life, book: Book) -> list[Foreseen]:
    until = life.on + HORIZON / 2
    ahead = foresee(facts, until, on=life.on, calendar=CALENDAR, book=book)
    return [(day, made) for day, made in ahead if made.rule in STATUTORY]


def _said(warnings: list[Foreseen]) -> set[tuple[date, str, str, int]]:
    return {(day, made.rule, made.subject, made.stage) for day, made in warnings}


@cache
def _warned(number: int) -> tuple[list[Foreseen], list[Foreseen]]:
    """The warnings of one life, free of everything and hindered by everything."""
    (life,) = _lives("known" if number % 2 else "foretold", [number])
    return _warnings(_free(life), life, BOOK), _warnings(_hindered(life), life, BOOK)


def test_no_pause_no_open_reason_and_no_debt_of_the_office_ever_delays_a_warning() -> None:
    both = [_warned(number) for number in range(FORESEEN)]

    assert all(_said(free) == _said(hindered) for free, hindered in both)
    assert {made.rule for free, _ in both for _, made in free} == set(STATUTORY)


def test_in_a_pause_a_warning_reminds_nobody_and_is_a_task() -> None:
    told: set[str] = set()
    for free, hindered in (_warned(number) for number in range(FORESEEN)):
        assert Outcome.REMIND not in {made.outcome for _, made in hindered}
        tasks = {(day, d.rule, d.subject) for day, d in hindered if d.outcome == Outcome.TASK}
        reminded = {(day, d.rule, d.subject) for day, d in free if d.outcome == Outcome.REMIND}
        told |= {rule for _, rule, _ in reminded}
        assert reminded <= tasks

    assert told == {"FOE-06", "FOE-07", "FOE-09", "FOE-11", "MIT-12"}


@pytest.mark.proof
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_delays_a_warning_in_many_more_lives(chunk: int) -> None:
    for number in range(FORESEEN + chunk, FORESEEN + MANY_FORESEEN, CHUNKS):
        free, hindered = _warned(number)
        assert _said(free) == _said(hindered), number


@pytest.mark.parametrize("rule", STATUTORY)
def test_a_warning_that_rests_in_a_pause_is_noticed(rule: str) -> None:
    resting = tuple(_resting(c) if c.rule.id == rule else c for c in BOOK.compiled)
    lives = (_lives("known" if number % 2 else "foretold", [number])[0] for number in range(FORESEEN))

    assert any(
        _said(_warnings(_hindered(life), life, replace(BOOK, compiled=resting))) != _said(_warned(number)[0])
        for number, life in enumerate(lives)
        if any(made.rule == rule for _, made in _warned(number)[0])
    )


def _resting(compiled: Compiled) -> Compiled:
    rows = tuple((("paused", "==", 0), *row) if stage else row for stage, row in enumerate(compiled.rows))
    return replace(compiled, rows=rows)


def test_without_consent_no_warning_is_given_at_all() -> None:
    (life,) = _lives("known", [0])
    refused = tuple(c for c in _free(life).consents if c.purpose != Purpose.CASEWORK)

    assert _warnings(_free(life).model_copy(update={"consents": refused}), life, BOOK) == []
