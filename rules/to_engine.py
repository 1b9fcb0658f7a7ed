"""From a book to the engine's proven subset: type first, then comparisons of integers joined by AND."""

import json
from collections.abc import Sequence
from typing import Any

from rules.book import Book
from rules.compiled import Comparison, Compiled
from rules.plain import Holds

SENTINEL_TYPE = 9999
CAP = 1000
Row = tuple[Compiled, dict[str, int]]


def definition(book: Book) -> str:
    """The ruleset of a book as the engine reads it; the sentinel makes every session fire."""
    ruleset: dict[str, Any] = {"sentinel": _rule([{"t": SENTINEL_TYPE}])}
    for compiled in book.compiled:
        for stage, comparisons in enumerate(compiled.rows):
            terms = [{"t": compiled.number}, *(_term(c) for c in comparisons)]
            ruleset[f"r_{compiled.number}_{stage}"] = _rule(terms)
    return json.dumps(ruleset)


def _rule(terms: list[dict[str, Any]]) -> dict[str, Any]:
    match = {"$and": terms} if len(terms) > 1 else terms[0]
    return {"all": [{"m": match}], "cap": CAP}


def _term(comparison: Comparison) -> dict[str, Any]:
    field, op, bound = comparison
    if op == "==":
        return {field: bound}
    return {{">=": "$gte", "<=": "$lte"}[op]: {field: bound}}


def wire(rows: Sequence[Row]) -> list[dict[str, int]]:
    """The rows as facts: type and id first, and always every field."""
    return [
        {"id": position, "t": compiled.number, **values}
        for position, (compiled, values) in enumerate(rows, start=1)
    ]


def held(fired: Sequence[Sequence[Any]], offset: int, rows: Sequence[Row]) -> Holds:
    """The engine's firings as positions and stages; one for a fact of another type is kept as -1."""
    found = set()
    for name, ident in fired:
        _, number, stage = str(name).split("_")
        own = rows[int(ident) - 1][0].number == int(number)
        found.add((offset + int(ident) - 1, int(stage) if own else -1))
    return frozenset(found)
