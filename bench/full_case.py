"""What is evaluated: the busiest day of a made-up life, and all rules thrown together."""

import json
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

from domain.facts import CaseFacts
from rules import ladder
from rules.book import Book
from rules.check_cases import facts_of
from rules.compiled import Compiled
from rules.judge import weigh
from rules.ladder import Memory
from rules.to_engine import Row
from store.editions import calendar

CASES_PER_RULE = 2
_CASE = Path(__file__).with_name("full_case.json")


def busiest_day(book: Book) -> list[Row]:
    """A full case as the product meets it: one life with all that was said before, on its busiest day.

    `tests/support/busiest_life.py` chose it among some hundred lives. What is asked for is what `decide` asks for.
    """
    case = json.loads(_CASE.read_text(encoding="utf-8"))
    facts = CaseFacts.model_validate(case["facts"])
    memory = Memory(facts.spoken)
    on = date.fromisoformat(case["on"])
    weighed = weigh(facts, on, memory, calendar=calendar()[0], book=book)
    return [(ladder.asked(entry, memory), entry.values) for entry in weighed]


def thrown_together(book: Book) -> list[Row]:
    """Every rule with every subject of its own first two literal cases and every stage: no case is like that."""
    return [row for compiled in book.compiled for row in _rows(book, compiled)]


def _rows(book: Book, compiled: Compiled) -> list[Row]:
    found: list[Row] = []
    for case in islice(compiled.rule.cases, CASES_PER_RULE):
        facts = facts_of(case)
        weighed = weigh(facts, case.on, Memory(), calendar=calendar()[0], book=book)
        found += [(entry.compiled, entry.values) for entry in weighed if entry.compiled is compiled]
    return found


WORKLOADS: dict[str, Callable[[Book], list[Row]]] = {"day": busiest_day, "together": thrown_together}
