"""What a new book changes is told for each case: who gains or loses what, when, and whose time gets shorter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.facts import CaseFacts
from rules.binding import Book, assemble
from rules.check_cases import facts_of
from rules.compare import SHARED, Change, Pair, Shorter, added, compare, pair, tally
from rules.drafting import draft
from rules.foresight import foresee
from rules.judge import weigh
from rules.ladder import Memory
from rules.shape import Parameter
from rules.subjects import AnyFacts
from tests.oracle import lives
from tests.support.facts import BOOK, CALENDAR, facts, office_promise, own_step

ON = date(2027, 1, 11)
UNTIL = ON + timedelta(days=30)


def changed(**numbers: str) -> Book:
    return draft(
        BOOK, {name.replace("_", "-", 1).replace("__", "."): n for name, n in numbers.items()}, "other"
    )


def without(rule_id: str) -> Book:
    kept = [rule for rule in BOOK.rules if rule.id != rule_id]
    return assemble("other", BOOK.valid_from, rules=kept, citations=list(BOOK.citations.values()))


def of(found: tuple[Change, ...], rule: str, stage: int) -> Change:
    (one,) = {c for c in found if (c.rule, c.stage) == (rule, stage)}
    return one


def test_a_book_and_itself_differ_in_nothing() -> None:
    assert not compare(BOOK, BOOK, facts(), on=ON, until=UNTIL, calendar=CALENDAR)
    assert pair(BOOK, BOOK).old.compiled == ()


def test_a_task_of_the_office_that_comes_sooner_is_better_for_the_person() -> None:
    found = compare(BOOK, changed(FOE_02__task="2"), facts(), on=ON, until=UNTIL, calendar=CALENDAR)

    task = of(found.changes, "FOE-02", 1)
    assert (task.kind, task.old, task.new) == ("earlier", date(2027, 1, 25), date(2027, 1, 18))
    assert task.effect == "better"
    assert Shorter("FOE-02", "offers", 1, "d", 14, 7, "better") in found.shorter
    assert not found.worse


def test_a_rule_that_goes_takes_its_task_away_which_is_worse_where_it_helped() -> None:
    found = compare(BOOK, without("FOE-02"), facts(), on=ON, until=UNTIL, calendar=CALENDAR)
    back = compare(without("FOE-02"), BOOK, facts(), on=ON, until=UNTIL, calendar=CALENDAR)

    lost, gained = of(found.changes, "FOE-02", 1), of(back.changes, "FOE-02", 1)
    assert (lost.kind, lost.new, lost.effect) == ("lost", None, "worse")
    assert (gained.kind, gained.old, gained.effect) == ("gained", None, "better")
    assert found.worse
    assert not back.worse


def test_a_demand_that_comes_sooner_is_worse_and_one_that_waits_is_better() -> None:
    promised = facts(commitments=[own_step("2027-01-18", agreed_on="2027-01-11")])
    names = [p.name for p in BOOK.rule("MIT-08").parameters]
    first = next(p for p in BOOK.rule("MIT-08").parameters if p.name == BOOK.rule("MIT-08").stages[0].after)
    assert first.name in names
    other = draft(BOOK, {first.name: str(int(first.high))}, "other")

    waits = compare(BOOK, other, promised, on=date(2027, 1, 19), until=UNTIL, calendar=CALENDAR)
    comes = compare(other, BOOK, promised, on=date(2027, 1, 19), until=UNTIL, calendar=CALENDAR)

    assert (of(waits.changes, "MIT-08", 1).kind, of(waits.changes, "MIT-08", 1).effect) == ("later", "better")
    assert (of(comes.changes, "MIT-08", 1).kind, of(comes.changes, "MIT-08", 1).effect) == (
        "earlier",
        "worse",
    )
    assert comes.worse
    assert not waits.worse
    assert [s.effect for s in comes.shorter if s.stage == 1] == ["worse"]


def test_what_only_moves_behind_the_horizon_is_moved_and_not_lost() -> None:
    other = draft(BOOK, {"FOE-02.task": "2"}, "other")
    horizon = date(2027, 1, 20)

    late = compare(other, BOOK, facts(), on=ON, until=horizon, calendar=CALENDAR)
    soon = compare(BOOK, other, facts(), on=ON, until=horizon, calendar=CALENDAR)

    assert of(late.changes, "FOE-02", 1).new == date(2027, 1, 25)
    assert of(soon.changes, "FOE-02", 1).old == date(2027, 1, 25)


def test_a_deadline_far_behind_the_horizon_is_seen_to_get_shorter() -> None:
    slow = BOOK.rule("MIT-10").stages[0]
    name = next(p for p in BOOK.rule("MIT-10").parameters if p.name == slow.after)
    other = draft(BOOK, {name.name: str(int(name.low))}, "other")

    found = compare(BOOK, other, facts(), on=ON, until=ON, calendar=CALENDAR)

    assert found.changes == ()
    assert [(s.rule, s.stage) for s in found.shorter if s.rule == "MIT-10"]


@pytest.mark.parametrize("name", ["FOE-02.task", "MIT-08.first", "FOE-05.lead"])
def test_leaving_out_the_rules_that_are_the_same_changes_no_answer(name: str) -> None:
    known = BOOK.parameters.get(name) or next(iter(BOOK.rule(name[:6]).parameters))
    value = known.low if known.low != known.value else known.high
    other = draft(BOOK, {known.name: str(value)}, "other")
    assert 0 < len(pair(BOOK, other).new.compiled) < len(BOOK.compiled)

    for number in range(12):
        whole = lives.life(f"compare/{number}")
        on = lives.visits(f"compare/{number}", whole)[number % 4]
        life = CaseFacts.model_validate(lives.known_by(whole, on))
        until = on + timedelta(days=20)
        full = Pair(BOOK, other).compare(life, on=on, until=until, calendar=CALENDAR)
        assert pair(BOOK, other).compare(life, on=on, until=until, calendar=CALENDAR) == full


def test_what_is_told_is_exactly_what_both_books_foresee() -> None:
    other = draft(BOOK, {"FOE-02.task": "2", "FOE-02.lead": "3"}, "other")
    case = facts(commitments=[office_promise("2027-01-20", agreed_on="2027-01-11")])
    found = compare(BOOK, other, case, on=ON, until=UNTIL, calendar=CALENDAR)

    old, new = (
        {(d.rule, d.stage, day) for day, d in foresee(case, UNTIL, on=ON, calendar=CALENDAR, book=b)}
        for b in (BOOK, other)
    )
    assert {(c.rule, c.stage, c.old) for c in found.changes} == old - new
    assert {(c.rule, c.stage, c.new) for c in found.changes} == new - old


def test_many_journeys_are_counted_the_same_in_one_piece_or_in_two() -> None:
    found = compare(BOOK, changed(FOE_02__task="2"), facts(), on=ON, until=UNTIL, calendar=CALENDAR)
    twice = replace(found, changes=(*found.changes, *found.changes))

    assert added([tally([found]), tally([found, twice])]) == tally([found, found, twice])
    (row,) = (r for r in tally([found, twice]) if (r.what, r.stage) == ("earlier", 1))
    assert (row.times, row.journeys) == (3, 2)


class Watched(dict[str, int]):
    """Numbers that remember which of them were read."""

    def __init__(self, numbers: dict[str, int]) -> None:
        super().__init__(numbers)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> int:
        self.read.add(name)
        return super().__getitem__(name)


def foreign_reads(monkeypatch: pytest.MonkeyPatch, seen: Iterator[tuple[AnyFacts, date]]) -> set[str]:
    """The numbers of other rules by which the subjects of a rule were read."""
    watched = Watched(BOOK.bounds)
    dated = Book.dated

    def noted(of: Book, name: str, day: date) -> int:
        watched.read.add(name)
        return dated(of, name, day)

    monkeypatch.setattr(Book, "dated", noted)
    found: set[str] = set()
    for known, on in seen:
        for compiled in BOOK.compiled:
            watched.read.clear()
            alone = replace(BOOK, compiled=(compiled,), bounds=watched)
            weigh(known, on, Memory(), calendar=CALENDAR, book=alone)
            found |= {name for name in watched.read if name.partition(".")[0] != compiled.rule.id}
    return found


def every_case() -> Iterator[tuple[AnyFacts, date]]:
    yield from ((facts_of(case), case.on) for rule in BOOK.rules for case in rule.cases)
    for number in range(40):
        whole = lives.life(f"read/{number}")
        for on in lives.visits(f"read/{number}", whole)[:3]:
            yield CaseFacts.model_validate(lives.known_by(whole, on)), on


def test_no_rule_is_read_by_the_number_of_another_unless_it_is_named_as_shared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Add a number that fails here to `rules.compare.SHARED`: then no rule is left out where it differs."""
    assert foreign_reads(monkeypatch, every_case()) <= set(SHARED)


def test_where_a_shared_number_differs_no_rule_is_left_out() -> None:
    def turned(number: Parameter) -> Parameter:
        return replace(number, value=1 - number.value) if number.name in SHARED else number

    rules = [replace(rule, parameters=tuple(map(turned, rule.parameters))) for rule in BOOK.rules]
    citations = list(BOOK.citations.values())
    other = pair(BOOK, assemble("other", BOOK.valid_from, rules=rules, citations=citations))

    assert len(other.old.compiled) == len(other.new.compiled) == len(BOOK.compiled)
