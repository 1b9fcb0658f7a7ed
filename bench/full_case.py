"""A full case of the real book: for each rule the subjects of its own literal cases, weighed as the product does."""

from itertools import islice

from rules.book import Book
from rules.check_cases import facts_of
from rules.compiled import Compiled
from rules.judge import weigh
from rules.ladder import Memory
from rules.to_engine import Row
from store.editions import calendar

CASES_PER_RULE = 2


def rows_of(book: Book) -> list[Row]:
    """Every rule with every subject that it speaks about in its first two literal cases."""
    return [row for compiled in book.compiled for row in _rows(book, compiled)]


def _rows(book: Book, compiled: Compiled) -> list[Row]:
    found: list[Row] = []
    for case in islice(compiled.rule.cases, CASES_PER_RULE):
        facts = facts_of(case)
        weighed = weigh(facts, case.on, Memory(), calendar=calendar()[0], book=book)
        found += [(entry.compiled, entry.values) for entry in weighed if entry.compiled is compiled]
    return found
