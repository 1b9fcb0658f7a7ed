"""Whole lives day by day: foresight is deciding every day, and nothing happens on a day that it passed over."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.decisions import Decision
from rules import turning_days
from rules.foresight import WATCH_DAYS, coming_days, foresee, watch
from rules.turning_days import TurningDays
from tests.support.facts import BOOK, CALENDAR
from tests.support.lived import KINDS, Life, known, live

Coming = Callable[[Life], tuple[date, ...]]
LIVES = {"known": 6, "foretold": 2, "answered": 3, "office": 8}
MANY = {"known": 140, "foretold": 60, "answered": 80, "office": 150}
CHUNKS = 20


def _coming(life: Life) -> tuple[date, ...]:
    return coming_days(life.facts, life.until, on=life.on, calendar=CALENDAR, book=BOOK)


def _differences(life: Life, coming: Coming = _coming) -> list[str]:
    """Live every day; compare with foresight, with the watch, and with the days that were announced."""
    made: list[tuple[date, Decision]] = []
    busy = []
    for day in live(life.facts, life.on, life.until):
        made += ((day.on, decision) for decision in day.ruling.decisions)
        if day.on > life.on and (day.ruling.decisions or day.ruling.lifted):
            busy.append(day.on)
    announced = coming(life)
    found = [f"{life.seed}: {day} was passed over" for day in busy if day not in announced]
    found += [f"{life.seed}: nothing happens on {day}" for day in announced if day not in busy]
    return found + _foreseen_otherwise(life, made)


def _foreseen_otherwise(life: Life, made: list[tuple[date, Decision]]) -> list[str]:
    foreseen = list(foresee(life.facts, life.until, on=life.on, calendar=CALENDAR, book=BOOK))
    found = [f"{life.seed} lived: {_line(one)}" for one in made if one not in foreseen]
    found += [f"{life.seed} foreseen: {_line(one)}" for one in foreseen if one not in made]
    if not found and made != foreseen:
        found.append(f"{life.seed}: another order, or one decision twice")
    until = life.on + timedelta(days=WATCH_DAYS)
    first = next((day for day, _ in made if life.on < day <= until), None)
    watched = watch(life.facts, on=life.on, calendar=CALENDAR, book=BOOK)
    return found + ([f"{life.seed}: watch says {watched}, not {first}"] if watched != first else [])


def _line(one: tuple[date, Decision]) -> str:
    day, made = one
    return f"{day} {made.rule} {made.subject} {made.stage} {made.values}"


def _seeds(kind: str, numbers: range) -> list[Life]:
    return [KINDS[kind](f"over/{kind}/{number}") for number in numbers]


@pytest.mark.parametrize("kind", LIVES)
def test_foresight_is_deciding_every_day_and_passes_over_no_day_on_which_something_happens(kind: str) -> None:
    found = [line for life in _seeds(kind, range(LIVES[kind])) for line in _differences(life)]

    assert found == []


@pytest.mark.proof
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", MANY)
def test_foresight_is_deciding_every_day_in_many_more_lives(kind: str, chunk: int) -> None:
    numbers = range(LIVES[kind] + chunk, LIVES[kind] + MANY[kind], CHUNKS)

    found = [line for life in _seeds(kind, numbers) for line in _differences(life)]

    assert found == []


def test_days_that_are_announced_a_week_late_are_noticed() -> None:
    life = known("over/known/0")

    found = _differences(life, lambda life: tuple(day + timedelta(days=7) for day in _coming(life)))

    assert any("passed over" in line for line in found)


def test_a_foresight_that_overlooks_the_days_in_the_facts_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning_days, "_days_of", lambda _: iter(()))
    blind = TurningDays(known("over/known/0").facts, ())

    assert blind._days == []
    assert any(_differences(KINDS["foretold"](f"over/foretold/{number}")) for number in range(2))
