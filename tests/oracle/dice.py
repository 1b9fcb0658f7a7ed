"""Repeatable choices: the same seed gives the same life, on any machine. No `random`."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Repeatable choices drawn from a hash of seed and position."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.position = 0

    def below(self, limit: int) -> int:
        """A number from 0 to limit - 1."""
        self.position += 1
        digest = hashlib.sha256(f"{self.seed}/{self.position}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, low: int, high: int) -> int:
        """A number from low to high, both included."""
        return low + self.below(high - low + 1)

    def one_of(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.below(100) < percent

    def new_id(self, prefix: str) -> str:
        """An opaque id."""
        self.position += 1
        return f"{prefix}_{hashlib.sha256(f'{self.seed}#{self.position}'.encode()).hexdigest()[:32]}"


def after(day: date, count: int) -> str:
    """A day so many days later, as JSON has it."""
    return (day + timedelta(days=count)).isoformat()
