"""The measured ways give one answer, and one that answers otherwise stops the measurement."""

import sys
from collections.abc import Sequence

import pytest

from bench import others
from bench.full_case import WORKLOADS, busiest_day, thrown_together
from bench.rules import measure, product, targets
from rules.book import book
from rules.plain import holds, stages_asked
from rules.to_engine import Row

BOOK = book()
LOADS = [pytest.param(rows(BOOK), id=name) for name, rows in WORKLOADS.items()]


def test_the_full_case_is_one_life_with_much_to_look_at_and_much_said_before() -> None:
    rows = busiest_day(BOOK)

    assert len(rows) >= 30
    assert len({rule.number for rule, _ in rows}) >= 20
    assert any(len(stages_asked(rule)) > 1 for rule, _ in rows)
    assert holds(rows)


def test_thrown_together_has_a_row_for_most_rules_and_some_hold() -> None:
    rows = thrown_together(BOOK)

    assert len({rule.number for rule, _ in rows}) > len(BOOK.compiled) // 2
    assert holds(rows)


@pytest.mark.parametrize("rows", LOADS)
def test_generated_python_and_the_documented_host_answer_as_the_product_does(rows: Sequence[Row]) -> None:
    expected = product(BOOK, rows)()

    assert others.straight_python(rows)() == expected == holds(rows)
    assert others.host(BOOK, rows)() == expected


@pytest.mark.parametrize("rows", LOADS)
def test_zen_answers_as_the_product_does(rows: Sequence[Row]) -> None:
    if not others.zen_is_there():
        sys.stderr.write("zen-engine is not installed (`make bench` installs it): not compared\n")
        pytest.skip("zen-engine is not installed: `make bench` installs it")
    expected = holds(rows)
    for way in (others.zen_graph, others.zen_lines, others.zen_expression):
        assert way(BOOK, rows)() == expected


def test_a_way_that_answers_otherwise_stops_the_measurement() -> None:
    ways = {"right": lambda: frozenset({(0, 0)}), "wrong": lambda: frozenset({(0, 1)})}

    with pytest.raises(AssertionError, match="wrong answers otherwise"):
        measure(ways, rounds=1)


def test_a_missed_target_says_so_with_what_was_measured() -> None:
    found = targets({"product_by_python": 9.9, "p99_by_p50": 2.2})

    assert found == {
        "target_product_by_python": "missed: 9.9, at most 6",
        "target_zen_graph_by_product": "not measured",
        "target_p99_by_p50": "met: 2.2, at most 3",
    }
