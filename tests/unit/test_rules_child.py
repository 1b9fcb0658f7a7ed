"""The engine may crash, hang, err or disagree: never does a wrong or a lost decision come of it."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from domain.errors import EngineDisagreement
from domain.facts import CaseFacts
from rules.child import EngineChild, Quarantined
from rules.compiled import Comparison
from rules.engine import DurableEngine, EngineRefusedError
from rules.judge import decide, facts_sha256
from rules.plain import Holds
from rules.to_engine import Compilation, Row, definition, wire
from tests.support.facts import BOOK, CALENDAR, day, facts, spoke
from tests.support.random_books import RandomBook, RandomRule

DIES_AT_ONCE = (sys.executable, "-c", "import os; os.abort()")
HANGS = (sys.executable, "-c", "import time; time.sleep(60)")
TALKS_NONSENSE = (sys.executable, "-c", "import sys\nfor line in sys.stdin: print('nonsense', flush=True)")
DIES_ONCE = """
import os, pathlib, sys
mark = pathlib.Path(sys.argv[1])
if not mark.exists():
    mark.touch()
    sys.stdin.readline()
    os.abort()
from rules.engine import serve
serve()
"""
WEEK_3 = date(2027, 1, 25)


@pytest.fixture
def child() -> Iterator[EngineChild]:
    with EngineChild() as started:
        yield started


def _stages(known: CaseFacts, on: date, judge: object) -> set[tuple[str, int]]:
    ruling = decide(known, on, calendar=CALENDAR, book=BOOK, judge=judge)  # type: ignore[arg-type]
    return {(d.rule, d.stage) for d in ruling.decisions}


def test_a_killed_engine_is_replaced_and_the_answer_is_the_same(child: EngineChild) -> None:
    before = _stages(facts(), WEEK_3, child)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)

    after = _stages(facts(), WEEK_3, child)

    assert before == after == {("FOE-02", 1)}
    assert child.started == 2


def test_a_crash_in_the_middle_is_tried_once_more(tmp_path: object) -> None:
    with EngineChild((sys.executable, "-c", DIES_ONCE, f"{tmp_path}/mark")) as child:
        assert _stages(facts(), WEEK_3, child) == {("FOE-02", 1)}
        assert child.started == 2
        assert not child.quarantined


@pytest.mark.parametrize("command", [DIES_AT_ONCE, TALKS_NONSENSE], ids=["dies", "talks nonsense"])
def test_two_crashes_quarantine_the_facts_and_nothing_is_decided(command: Sequence[str]) -> None:
    known = facts()
    with EngineChild(command) as child:
        with pytest.raises(Quarantined) as caught:
            _stages(known, WEEK_3, child)
        started = child.started
        with pytest.raises(Quarantined):
            _stages(known, WEEK_3, child)

        assert caught.value.params["facts_sha256"] == facts_sha256(known)
        assert started == child.started == 2


def test_an_engine_that_hangs_is_ended() -> None:
    with EngineChild(HANGS, answer_within_s=0.3) as child, pytest.raises(Quarantined):
        _stages(facts(), WEEK_3, child)


def test_other_facts_are_judged_though_some_are_in_quarantine(child: EngineChild) -> None:
    child.quarantined.add(facts_sha256(facts()))

    with pytest.raises(Quarantined):
        _stages(facts(), WEEK_3, child)
    assert _stages(facts(opened_on="2027-01-05"), WEEK_3, child) == {("FOE-02", 1)}


class _WeekLate:
    """The engine with another book: each later stage comes a week later there."""

    def __init__(self, child: EngineChild) -> None:
        self._child = child
        rules = (RandomRule(one.number, (*one.rows[:2], *map(_later, one.rows[2:]))) for one in BOOK.compiled)
        self._book = RandomBook("week-late", tuple(rules))

    def holds(self, book: Compilation, rows: Sequence[Row], facts_sha256: str) -> Holds:
        return self._child.holds(self._book, rows, facts_sha256)


def _later(row: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    return tuple((field, op, bound + 7 if "since" in field else bound) for field, op, bound in row)


def test_a_planted_disagreement_decides_nothing_and_keeps_both_answers(child: EngineChild) -> None:
    planted = _WeekLate(child)
    assert _stages(facts(), WEEK_3, planted) == {("FOE-02", 1)}
    reminded = facts(spoken=spoke("FOE-02", "offers", "2027-01-04", s1="2027-01-25"))

    with pytest.raises(EngineDisagreement) as caught:
        _stages(reminded, day("2027-02-01"), planted)

    params = caught.value.params
    second = '{"rule":"FOE-02","subject":"offers","stage":2}'
    assert second in params["plain"]
    assert second not in params["engine"]
    assert params["facts_sha256"] == facts_sha256(reminded)


def test_four_threads_share_one_child_and_every_answer_is_right(child: EngineChild) -> None:
    wrong: list[str] = []

    def ask(number: int) -> None:
        for turn in range(60):
            on = date(2027, 1, 24 + (number + turn) % 3)
            expected = {("FOE-02", 1)} if on >= WEEK_3 else set()
            if _stages(facts(), on, child) != expected:
                wrong.append(f"{number} {turn} {on}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert child.started == 1


def test_closing_leaves_no_process_behind() -> None:
    child = EngineChild()
    _stages(facts(), WEEK_3, child)
    pid = child.pid
    assert pid is not None

    child.close()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_an_old_child_is_recycled(child: EngineChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules.child.RECYCLE_AFTER", 2)
    for _ in range(5):
        _stages(facts(), WEEK_3, child)

    assert child.started == 3


def test_more_rows_than_one_batch_are_asked_for_in_parts(child: EngineChild) -> None:
    rule = RandomRule(0, ((("days", ">=", 0),), (("days", ">=", 21),)))
    rows: list[Row] = [(rule, {"days": n % 40}) for n in range(450)]

    held = child.holds(RandomBook("many", (rule,)), rows, "many")

    assert {position for position, stage in held if stage == 1} == {n for n in range(450) if n % 40 >= 21}


FINE = '{"id":100,"t0":1,"f0":1},'


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('{"id":101,"t0":1},', "consecutive"),
        (FINE + FINE, "consecutive"),
        ('{"t0":1},', "consecutive"),
        ('{"id":100,"t0":{"id":101}},', "flat"),
        ("nonsense", "flat"),
        ('{"id":100,"t0":1,"f0":1000000000},', "nine digits"),
        ('{"id":100,"t0":1,"f0":True},', "whole numbers"),
        ('{"id":100,"t0":1,"f0":true},', "whole numbers"),
        ('{"id":100,"t0":1,"f0":null},', "whole numbers"),
        ('{"id":100,"t0":1,"f0":1.5},', "whole numbers"),
        ('{"id":100,"t0":1,"f0":1e9},', "whole numbers"),
        ('{"id":100,"t0":1,"f0":[1]},', "whole numbers"),
        ('{"id":100,"sid":1,"t0":1},', "whole numbers"),
        ("".join(f'{{"id":{100 + n},"t0":1}},' for n in range(201)), "at most 200"),
    ],
)
def test_what_the_engine_gets_wrong_never_reaches_it(bad: str, why: str) -> None:
    engine = DurableEngine(definition(BOOK))

    with pytest.raises(EngineRefusedError, match=why):
        engine.fired(bad)
    assert engine.fired("") == []
    assert engine.fired(FINE) is not None


def test_a_batch_that_was_not_read_to_its_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = DurableEngine(definition(BOOK))
    monkeypatch.setattr("rules.engine._check", lambda facts: None)

    with pytest.raises(EngineRefusedError, match="last sentinel did not fire"):
        engine.fired('{"id":100,"t0":1,"f0":1e-07},')


def test_a_fact_without_one_of_its_fields_is_never_written() -> None:
    with pytest.raises(KeyError):
        wire([(BOOK.compiled[0], {})])


def test_more_books_than_a_child_keeps_are_all_answered(child: EngineChild) -> None:
    books = [RandomBook(f"b{n}", (RandomRule(0, ((("x", ">=", n),),)),)) for n in range(20)]

    for _ in range(2):
        for least, book in enumerate(books):
            rows = [(book.compiled[0], {"x": value}) for value in range(20)]
            assert child.holds(book, rows, book.id) == {(value, 0) for value in range(least, 20)}
    assert child.started == 1
