"""Repeatable chance: drawn from a hash of seed and position, the same on any machine and any day."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
HUNDRED = 100


class Chance:
    """One stream of draws; two streams with different names do not disturb each other."""

    def __init__(self, name: str) -> None:
        """Begin at the first position."""
        self._name = name
        self._position = 0

    def below(self, limit: int) -> int:
        """A number from 0 to limit - 1."""
        self._position += 1
        digest = hashlib.sha256(f"{self._name}\x1f{self._position}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, span: tuple[int, int]) -> int:
        """A number from the first to the second of a pair, both included."""
        return span[0] + self.below(span[1] - span[0] + 1)

    def happens(self, percent: int) -> bool:
        """True in so many of a hundred draws."""
        return self.below(HUNDRED) < percent

    def one_of(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[self.below(len(options))]


def shuffled(items: Sequence[T], name: str) -> list[T]:
    """The items in an order that depends on the name alone."""

    def place(pair: tuple[int, T]) -> str:
        return hashlib.sha256(f"{name}\x1f{pair[0]}".encode()).hexdigest()

    return [item for _, item in sorted(enumerate(items), key=place)]
