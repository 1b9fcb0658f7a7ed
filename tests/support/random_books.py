"""Random books and rows for the two evaluations: any shape that the compiler allows, bounds met exactly and often."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random  # noqa: TID251  seeded: the same books on every run

from rules.compiled import Comparison
from rules.plain import Numbered
from rules.shape import Op
from rules.to_engine import LIMIT, Row

MOST_RULES = 60
MOST_FIELDS = 25
MOST_ROWS = 200
_FIELDS = tuple(f"field_{n}" for n in range(MOST_FIELDS))
_EXTREMES = (0, 1, 2, LIMIT - 2, LIMIT - 1)
_OPERATORS: tuple[Op, ...] = (">=", "<=", "==")


@dataclass(frozen=True, slots=True)
class RandomRule:
    """A rule as far as an evaluation sees it."""

    number: int
    rows: tuple[tuple[Comparison, ...], ...]


@dataclass(frozen=True, slots=True)
class RandomBook:
    """A book as far as an evaluation sees it."""

    sha256: str
    compiled: tuple[RandomRule, ...]

    @property
    def id(self) -> str:
        """Its name: its hash."""
        return self.sha256


def book(seed: int) -> RandomBook:
    """The random book of this seed: 1 to 60 rules over up to 25 fields."""
    dice = Random(seed)  # noqa: S311  chance for a test, not for a secret
    most = dice.choice((3, 12, MOST_RULES))
    rules = tuple(_rule(dice, number) for number in range(dice.randint(1, most)))
    return RandomBook(f"random-{seed}", rules)


def _rule(dice: Random, number: int) -> RandomRule:
    """A cause and up to five stages; mostly they build on the cause, as in a real book, but not always."""
    fields = dice.sample(_FIELDS, dice.choice((1, 2, 4, 8, MOST_FIELDS)))
    cause = _comparisons(dice, fields)
    builds = dice.random() < 0.8
    stages = [(*(cause if builds else ()), *_comparisons(dice, fields)) for _ in range(dice.randint(0, 5))]
    return RandomRule(number, (cause, *stages))


def _comparisons(dice: Random, fields: Sequence[str]) -> tuple[Comparison, ...]:
    count = dice.choice((0, 1, 1, 2, 2, 3, 5))
    return tuple((dice.choice(fields), dice.choice(_OPERATORS), _bound(dice)) for _ in range(count))


def _bound(dice: Random) -> int:
    kind = dice.random()
    if kind < 0.15:
        return dice.choice(_EXTREMES)
    return dice.randint(0, 1) if kind < 0.45 else dice.randint(0, 90)


def pool(rules: Sequence[Numbered], seed: int, size: int) -> list[Row]:
    """So many subjects of these rules, their values mostly at a bound or one beside it; never negative."""
    dice = Random(seed)  # noqa: S311  chance for a test, not for a secret
    near = [_near(rule) for rule in rules]
    picks = dice.choices(range(len(rules)), k=size)
    return [(rules[n], {field: dice.choice(values) for field, values in near[n].items()}) for n in picks]


def _near(rule: Numbered) -> dict[str, list[int]]:
    """The values to draw from, by field: each bound and its neighbours, the extremes once."""
    found: dict[str, list[int]] = {}
    for field, op, bound in (comparison for row in rule.rows for comparison in row):
        # A value that satisfies is drawn more often, or a row of many comparisons would never hold.
        inner = bound + {">=": 1, "<=": -1, "==": 0}[op]
        outer = bound - {">=": 1, "<=": -1, "==": 1}[op]
        found.setdefault(field, [0, LIMIT - 1]).extend((bound, bound, bound, inner, inner, outer))
    return {field: [min(max(value, 0), LIMIT - 1) for value in values] for field, values in found.items()}


def how_many(dice: Random) -> int:
    """How many rows one evaluation has: mostly few, now and then all 200."""
    return dice.randint(1, dice.choice((3, 6, 10, 16, 16, 40) if dice.random() < 0.985 else (MOST_ROWS,)))
