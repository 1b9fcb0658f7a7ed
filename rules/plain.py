"""The plain evaluation of a book: the second opinion beside the engine, and the only one on the desk."""

from collections.abc import Sequence

from rules.compiled import Comparison, Compiled

Holds = frozenset[tuple[int, int]]


def holds(rows: Sequence[tuple[Compiled, dict[str, int]]]) -> Holds:
    """Every (position, stage) that holds; stage 0 says that the cause holds."""
    found = []
    for position, (compiled, values) in enumerate(rows):
        for stage, comparisons in enumerate(compiled.rows):
            if all_hold(comparisons, values):
                found.append((position, stage))
    return frozenset(found)


def all_hold(comparisons: Sequence[Comparison], values: dict[str, int]) -> bool:
    """True if each field stands as its comparison asks."""
    for field, op, bound in comparisons:
        value = values[field]
        if op == ">=":
            if value < bound:
                return False
        elif op == "==":
            if value != bound:
                return False
        elif value > bound:
            return False
    return True
