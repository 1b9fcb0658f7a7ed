"""Two evaluations of random books beside each other, in a process of its own: `-m tests.support.engine_fuzz --help`.

What it prints is one line of JSON: how much was compared, and every difference with its seed.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from random import Random  # noqa: TID251  seeded: the same evaluations on every run

from rules.book import book as real_book
from rules.engine import DurableEngine
from rules.plain import Holds, Numbered, all_hold, asking, holds, stages_asked
from rules.to_engine import Compilation, Row, definition, held, wire
from tests.support.random_books import book, how_many, pool

PER_BOOK = 250
POOL = 600
ASK_FOR_ALL = 0.5
REAL_EVERY = 10
"""Every so many books it is the real one."""


@dataclass
class Tally:
    """What was compared."""

    books: int = 0
    evaluations: int = 0
    rows: int = 0
    firings: int = 0
    differences: list[str] = field(default_factory=list)


def compare(first_seed: int, evaluations: int) -> Tally:
    """So many evaluations, book after book, starting with the book of this seed."""
    tally = Tally()
    seed = first_seed
    while tally.evaluations < evaluations:
        evaluated: Compilation = real_book() if seed % REAL_EVERY == 0 else book(seed)
        _compare_book(evaluated, seed, tally)
        seed += 1
    return tally


def _compare_book(evaluated: Compilation, seed: int, tally: Tally) -> None:
    engine = DurableEngine(definition(evaluated))
    tally.books += 1
    for rows in _batches(evaluated.compiled, seed):
        ours = holds(rows)
        theirs = held(engine.fired(wire(rows)), 0, rows)
        tally.evaluations += 1
        tally.rows += len(rows)
        tally.firings += len(ours)
        if ours != theirs:
            tally.differences.append(f"seed {seed}: {sorted(ours ^ theirs)[:5]} of {len(rows)} rows")
    engine.close()


def _batches(rules: Sequence[Numbered], seed: int) -> Iterator[Sequence[Row]]:
    """The rows of each evaluation; what was written out as Python is first held against the reading of it."""
    dice = Random(seed)  # noqa: S311  chance for a test, not for a secret
    drawn = [_some_stages(row, dice) for row in pool(rules, seed, POOL)]
    if holds(drawn) != _read(drawn):
        raise AssertionError(f"seed {seed}: the written function differs from the comparisons themselves")
    for _ in range(PER_BOOK):
        yield dice.choices(drawn, k=how_many(dice))


def _some_stages(row: Row, dice: Random) -> Row:
    """Half of the rows ask for all stages, as foresight does; the others for some, or for none at all."""
    rule, values = row
    if dice.random() < ASK_FOR_ALL:
        return row
    stages = range(len(rule.rows))
    return asking(rule, tuple(sorted(dice.sample(stages, dice.randint(0, len(stages)))))), values


def _read(rows: Sequence[Row]) -> Holds:
    return frozenset(
        (position, stage)
        for position, (rule, values) in enumerate(rows)
        for stage, comparisons in zip(stages_asked(rule), rule.rows, strict=True)
        if all_hold(comparisons, values)
    )


def main() -> None:
    """Compare as many as were asked for, and print the tally."""
    parser = argparse.ArgumentParser(description="random books, evaluated twice")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--evaluations", type=int, default=10_000)
    asked = parser.parse_args()
    sys.stdout.write(json.dumps(asdict(compare(asked.seed, asked.evaluations))) + "\n")


if __name__ == "__main__":
    main()
