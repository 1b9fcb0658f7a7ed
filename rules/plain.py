"""The plain evaluation of a book: the second opinion beside the engine, and the only one on the desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rules.compiled import Comparison

Holds = frozenset[tuple[int, int]]
Stages = Callable[[dict[str, int]], list[int]]
_MOST_KEPT = 2_000


class Numbered(Protocol):
    """A rule as far as an evaluation needs it: its number, and for each stage the comparisons that must hold."""

    @property
    def number(self) -> int:
        """Which rule of its book it is."""

    @property
    def rows(self) -> tuple[tuple[Comparison, ...], ...]:
        """The comparisons, stage by stage; all of a row must hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A rule of which only some stages are asked for: no answer to the others could change anything today."""

    whole: Numbered
    stages: tuple[int, ...]
    number: int
    rows: tuple[tuple[Comparison, ...], ...]


_written: dict[int, tuple[Numbered, Stages]] = {}
_asked: dict[tuple[int, tuple[int, ...]], Asked] = {}


def asking(compiled: Numbered, stages: tuple[int, ...]) -> Asked:
    """This rule with these stages only, made once, so that it is also written out once."""
    key = (id(compiled), stages)
    found = _asked.get(key)
    if found is None:
        if len(_asked) >= _MOST_KEPT:
            _asked.clear()
        rows = tuple(compiled.rows[stage] for stage in stages)
        # The rule is kept in it, so its id cannot pass to another rule.
        found = _asked[key] = Asked(compiled, stages, compiled.number, rows)
    return found


def stages_asked(compiled: Numbered) -> Sequence[int]:
    """The numbers of the stages that its rows stand for."""
    return compiled.stages if isinstance(compiled, Asked) else range(len(compiled.rows))


def holds(rows: Sequence[tuple[Numbered, dict[str, int]]]) -> Holds:
    """Every (position, stage) that holds; stage 0 says that the cause holds."""
    found = []
    for position, (compiled, values) in enumerate(rows):
        kept = _written.get(id(compiled))
        for stage in (kept[1] if kept else stages_of(compiled))(values):
            found.append((position, stage))  # noqa: PERF401  most rows hold nothing: no comprehension for each
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


def stages_of(compiled: Numbered) -> Stages:
    """One rule as a Python function, written once: from the values of a subject to the stages that hold."""
    kept = _written.get(id(compiled))
    if kept is None:
        if len(_written) >= _MOST_KEPT:
            _written.clear()
        # The rule is kept beside its function, so its id cannot pass to another rule.
        kept = _written[id(compiled)] = (compiled, _write(compiled))
    return kept[1]


def source_of(compiled: Numbered) -> str:
    """The text of that function: one `if` for each stage, and nothing else."""
    lines = ["def stages(values):", "    found = []"]
    for stage, comparisons in zip(stages_asked(compiled), compiled.rows, strict=True):
        test = " and ".join(f"values[{field!r}] {op} {bound:d}" for field, op, bound in comparisons)
        lines += [f"    if {test or 'True'}:", f"        found.append({stage})"]
    return "\n".join([*lines, "    return found", ""])


def _write(compiled: Numbered) -> Stages:
    made: dict[str, Stages] = {}
    exec(source_of(compiled), {}, made)  # noqa: S102  our own text: names in quotes, operators and integers
    return made["stages"]
