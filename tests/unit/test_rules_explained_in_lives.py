"""For any rule on any day of a life there is an answer why, and it says what the rules decided."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.foresight import foresee
from rules.judge import decide
from rules.near import as_json, lifted_by, near_misses, sentence
from rules.shape import Rule
from rules.subjects import speaks_about
from rules.why import Why, sentences, why
from tests.oracle.dice import Dice
from tests.support.facts import BOOK, CALENDAR
from tests.support.lived import KINDS, Day, Life, after

LIVES, MANY, CHUNKS = 3, 150, 10
Said = set[tuple[str, date, int]]


def _looked_at(kind: str, number: int) -> list[Day]:
    """Some days of a life: its first, one on which something acts, and any other; with all that was said before."""
    seed = f"why/{kind}/{number}"
    life, dice = KINDS[kind](seed), Dice(f"{seed}/days")
    ahead = foresee(life.facts, life.until, on=life.on, calendar=CALENDAR, book=BOOK)
    busy = sorted({day for day, _ in ahead}) or [life.on]
    chosen = {life.on, dice.one_of(busy), life.on + timedelta(days=dice.between(1, 700))}
    return [day for day in _lived(life, {*busy, *chosen}) if day.on in chosen]


def _lived(life: Life, days: set[date]) -> Iterator[Day]:
    facts = life.facts
    for day in sorted(days):
        ruling = decide(facts, day, calendar=CALENDAR, book=BOOK)
        yield Day(day, facts, ruling)
        facts = after(facts, ruling)


def _answers(day: Day) -> Iterator[tuple[Rule, Why]]:
    for rule in {rule.id: rule for rule in BOOK.rules if speaks_about(rule.subject, day.facts)}.values():
        yield rule, why(day.facts, rule.id, day.on, calendar=CALENDAR, book=BOOK)


def _disagreements(day: Day) -> Iterator[str]:
    """Where an answer names other stages as speaking than the decisions of the day, or has no sentence."""
    for rule, answer in _answers(day):
        made = {(d.subject, d.episode, d.stage) for d in day.ruling.decisions if d.rule == rule.id}
        told = {(r.subject, r.episode, r.stage) for r in answer.reasons if r.state == "spoke"}
        if made != told or answer.spoke != bool(made):
            yield f"{day.on} {rule.id}: decided {sorted(made)}, explained {sorted(told)}"
        for language in ("de", "en"):
            if not all(sentences(answer, language)):
                yield f"{day.on} {rule.id}: no sentence"
        if answer.as_json()["rule"] != rule.id:
            yield f"{day.on} {rule.id}: answers for another rule"


def _told_otherwise(day: Day) -> Iterator[str]:
    """Near misses that name a stage which speaks today or has spoken, or that have no sentence."""
    near = near_misses(day.facts, day.on, calendar=CALENDAR, book=BOOK)
    speaking = {(d.rule, d.subject, d.stage) for d in day.ruling.decisions}
    for miss in near.misses:
        if (miss.rule, miss.subject, miss.stage) in speaking or miss.on == day.on:
            yield f"{day.on} {miss.rule} {miss.subject} stage {miss.stage} is called near, and speaks"
    for language in ("de", "en"):
        lines = [sentence(miss, language) for miss in near.misses]
        lines += [line for lift in near.lifts for line in lifted_by(lift, language)]
        if not all(lines) or any("{" in line for line in lines):
            yield f"{day.on}: no sentence in {language}"
        as_json(near, language)
    lifts = {(lift.rule, lift.subject) for lift in near.lifts}
    yield from (
        f"{day.on} {rule} speaks, nothing lifts it" for rule, x, _ in speaking if (rule, x) not in lifts
    )


def _found(kind: str, number: int) -> list[str]:
    return [
        f"{number} {line}"
        for day in _looked_at(kind, number)
        for line in (*_disagreements(day), *_told_otherwise(day))
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_why_and_near_misses_answer_on_every_day_and_say_what_was_decided(kind: str) -> None:
    assert [line for number in range(LIVES) for line in _found(kind, number)] == []


@pytest.mark.proof
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", KINDS)
def test_why_and_near_misses_answer_in_many_more_lives(kind: str, chunk: int) -> None:
    numbers = range(LIVES + chunk, LIVES + MANY, CHUNKS)

    assert [line for number in numbers for line in _found(kind, number)] == []


def test_after_the_fact_why_still_tells_what_was_said_that_day() -> None:
    days = [day for number in range(LIVES) for day in _looked_at("known", number) if day.ruling.decisions]

    assert days
    for day in days:
        evening = after(day.facts, day.ruling)
        for rule in {made.rule for made in day.ruling.decisions}:
            assert why(evening, rule, day.on, calendar=CALENDAR, book=BOOK).spoke


def test_an_answer_that_does_not_say_what_was_decided_is_noticed() -> None:
    days = [day for number in range(LIVES) for day in _looked_at("known", number)]
    busy = next(day for day in days if day.ruling.decisions)
    silent = busy.ruling.model_copy(update={"decisions": ()})
    near = near_misses(days[0].facts, days[0].on, calendar=CALENDAR, book=BOOK).misses[0]
    wrong = busy.ruling.decisions[0].model_copy(
        update={"rule": near.rule, "subject": near.subject, "stage": near.stage}
    )
    claimed = days[0].ruling.model_copy(update={"decisions": (wrong,)})

    assert list(_disagreements(replace(busy, ruling=silent)))
    assert list(_told_otherwise(replace(days[0], ruling=claimed)))
