"""The measured ways give one answer, and one that answers otherwise stops the measurement."""

import sys

import pytest

from bench import others
from bench.full_case import rows_of
from bench.rules import measure, product
from rules.book import book
from rules.plain import holds

BOOK = book()
ROWS = rows_of(BOOK)


def test_the_full_case_has_a_row_for_most_rules_and_some_hold() -> None:
    assert len({rule.number for rule, _ in ROWS}) > len(BOOK.compiled) // 2
    assert holds(ROWS)


def test_generated_python_and_the_documented_host_answer_as_the_product_does() -> None:
    expected = product(BOOK, ROWS)()

    assert others.straight_python(BOOK, ROWS)() == expected == holds(ROWS)
    assert others.host(BOOK, ROWS)() == expected


def test_zen_answers_as_the_product_does() -> None:
    if not others.zen_is_there():
        sys.stderr.write("zen-engine is not installed (`make bench` installs it): not compared\n")
        pytest.skip("zen-engine is not installed: `make bench` installs it")
    assert others.zen_graph(BOOK, ROWS)() == others.zen_expression(BOOK, ROWS)() == holds(ROWS)


def test_a_way_that_answers_otherwise_stops_the_measurement() -> None:
    ways = {"right": lambda: frozenset({(0, 0)}), "wrong": lambda: frozenset({(0, 1)})}

    with pytest.raises(AssertionError, match="wrong answers otherwise"):
        measure(ways, rounds=1)
