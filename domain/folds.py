"""Where the folds of events register, and the two ways in which they change facts."""

from collections.abc import Callable
from typing import Any, TypeVar

from domain import events as e
from domain.facts import CaseFacts
from domain.model import Wire

Fold = Callable[[CaseFacts, e.Event, Any], CaseFacts]
Entry = TypeVar("Entry", bound=Wire)
FOLDS: dict[type[Wire], Fold] = {}


def folds(body: type[Wire]) -> Callable[[Fold], Fold]:
    """Register how one type of event changes the facts."""

    def register(fold_one: Fold) -> Fold:
        FOLDS[body] = fold_one
        return fold_one

    return register


def with_(facts: CaseFacts, **update: object) -> CaseFacts:
    """The facts with some fields replaced."""
    return facts.model_copy(update=update)


def changed(entries: tuple[Entry, ...], id_: str, **update: object) -> tuple[Entry, ...]:
    """The entries, of which the one with this id is changed."""
    return tuple(x.model_copy(update=update) if getattr(x, "id", None) == id_ else x for x in entries)
