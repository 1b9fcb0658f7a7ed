"""From a book to the engine's proven subset: a type, then comparisons of integers joined by AND.

A type is the name of a field and not its value: the engine finds names by hash, but tries values one by one.
So is each stage that is asked for: a stage that nobody asked for ends at its name and cannot fire.
A fact has exactly those fields that its stages read, under short names, each as a whole number.
"""

import json
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, Protocol

from domain.errors import InvalidInput
from rules.compiled import Comparison
from rules.plain import Asked, Holds, Numbered, stages_asked

CAP = 1000
FIRST_ID = 100
MOST_RULES = 250
MOST_STAGES = 24
MOST_FIELDS = 40
LIMIT = 10**9
_OPERATORS = {">=": "$gte", "<=": "$lte"}
_MOST_KEPT = 2_000

Row = tuple[Numbered, dict[str, int]]
Fired = Sequence[tuple[int, int, Sequence[int]]]
Read = Callable[[dict[str, int]], tuple[int, ...]]
_shapes: dict[int, tuple[Numbered, str, Read]] = {}


class Compilation(Protocol):
    """What the engine needs to know of a book."""

    @property
    def id(self) -> str:
        """The name of the book."""

    @property
    def sha256(self) -> str:
        """The hash by which the book is known."""

    @property
    def compiled(self) -> tuple[Numbered, ...]:
        """Its rules, ready to be evaluated."""


def definition(book: Compilation) -> str:
    """The book as the engine reads it; what lies outside of the proven subset is refused with a reason."""
    if len(book.compiled) > MOST_RULES:
        raise _refused("too_many_rules", book, str(len(book.compiled)), f"at most {MOST_RULES} in a book")
    if len({compiled.number for compiled in book.compiled}) < len(book.compiled):
        raise _refused("same_number_twice", book, "number", "give each rule a number of its own")
    ruleset = {
        f"{compiled.number}_{stage}": _rule(compiled, stage, comparisons)
        for compiled in book.compiled
        for stage, comparisons in enumerate(_checked(compiled, book).rows)
    }
    _refuse_collisions(book)
    return json.dumps(ruleset)


def _rule(compiled: Numbered, stage: int, comparisons: Sequence[Comparison]) -> dict[str, Any]:
    terms = [{f"t{compiled.number}": 1}, {f"d{stage}": 1}, *(_term(c, compiled) for c in comparisons)]
    return {"all": [{"m": {"$and": terms}}], "cap": CAP}


def _checked(compiled: Numbered, book: Compilation) -> Numbered:
    """The rule itself, if the engine is known to get it right."""
    if type(compiled.number) is not int or not 0 <= compiled.number < LIMIT:
        raise _refused("bad_number", book, str(compiled.number), "number the rules from 0")
    if len(compiled.rows) > MOST_STAGES:
        raise _refused("too_many_stages", book, str(compiled.number), f"at most {MOST_STAGES} in a rule")
    if len(fields_of(compiled)) > MOST_FIELDS:
        raise _refused("too_many_fields", book, str(compiled.number), f"at most {MOST_FIELDS} in a rule")
    for field, op, bound in (comparison for row in compiled.rows for comparison in row):
        if op not in (">=", "<=", "=="):
            raise _refused("unproven_operator", book, field, "compare with >=, <= or ==")
        if type(bound) is not int or abs(bound) >= LIMIT:
            raise _refused("unproven_bound", book, field, "a whole number of at most nine digits")
    return compiled


def _refused(code: str, book: Compilation, field: str, remedy: str) -> InvalidInput:
    return InvalidInput(code, book=book.id, field=field, remedy=remedy)


def _refuse_collisions(book: Compilation) -> None:
    """The engine knows a name by 32 bits of it; two names that share them would be one field."""
    types = [f"t{compiled.number}" for compiled in book.compiled]
    fields = (f"f{field}" for field in range(MOST_FIELDS))
    names = ["id", "sid", "$s", "s", *types, *(f"d{stage}" for stage in range(MOST_STAGES)), *fields]
    if len({hash_of(name) for name in names}) < len(names):
        raise _refused("two_names_one_hash", book, "number", "number the rules otherwise")


def hash_of(name: str) -> int:
    """What the engine keeps of a name: 32 bits, FNV-1a."""
    found = 0x811C9DC5
    for byte in name.encode():
        found = (found ^ byte) * 0x01000193 & 0xFFFFFFFF
    return found


def fields_of(compiled: Numbered) -> tuple[str, ...]:
    """The fields that a rule reads, in the order in which they stand on the wire."""
    return tuple(sorted({field for row in compiled.rows for field, _, _ in row}))


def _term(comparison: Comparison, compiled: Numbered) -> dict[str, Any]:
    field, op, bound = comparison
    name = f"f{fields_of(compiled).index(field)}"
    return {name: bound} if op == "==" else {_OPERATORS[op]: {name: bound}}


def wire(rows: Sequence[Row]) -> str:
    """The rows as facts in the engine's JSON, each under its position; a field that is missing is an error."""
    text, numbers = [], list[int]()
    for position, (compiled, values) in enumerate(rows, start=FIRST_ID):
        _, shape, read = _shapes.get(id(compiled)) or _shaped(compiled)
        text.append(shape)
        numbers.append(position)
        numbers += read(values)
    return "".join(text) % tuple(numbers)


def _shaped(compiled: Numbered) -> tuple[Numbered, str, Read]:
    """How a rule's facts are written; the rule is kept beside it, so its id cannot pass to another rule."""
    if len(_shapes) >= _MOST_KEPT:
        _shapes.clear()
    fields = fields_of(compiled)
    named = fields_of(compiled.whole if isinstance(compiled, Asked) else compiled)
    stages = "".join(f',"d{stage}":1' for stage in stages_asked(compiled))
    # %s and not %d, which would turn a fraction into a whole number before anybody can refuse it.
    numbers = "".join(f',"f{named.index(field)}":%s' for field in fields)
    shape = f'{{"id":%s,"t{compiled.number}":1{stages}{numbers}}},'
    kept = _shapes[id(compiled)] = (compiled, shape, _reader(fields))
    return kept


def _reader(fields: tuple[str, ...]) -> Read:
    if len(fields) > 1:
        return itemgetter(*fields)
    return lambda values: tuple(values[field] for field in fields)


def held(fired: Fired, offset: int, rows: Sequence[Row]) -> Holds:
    """The engine's firings as positions and stages; one for a fact of another rule is kept as -1."""
    numbers = [compiled.number for compiled, _ in rows]
    return frozenset(
        (offset + position, stage if numbers[position] == number else -1)
        for number, stage, positions in fired
        for position in positions
    )
