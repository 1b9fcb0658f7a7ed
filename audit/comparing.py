"""Comparing a recorded step with a watched one, as models of today: where do they differ first?"""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from audit.steps import Step
from domain.calls import (
    DECIDE,
    SEND_NOTICE,
    SWEEP,
    DecideAnswer,
    DecideRequest,
    JourneyEnded,
    JourneyInput,
    SendAnswer,
    SendRequest,
    SweepAnswer,
    SweepRequest,
)
from domain.commands import COMMAND_UPDATE, Receipt
from domain.model import Wire

ARGUMENTS: dict[tuple[str, str], type[BaseModel]] = {
    ("activity", DECIDE): DecideRequest,
    ("activity", SEND_NOTICE): SendRequest,
    ("activity", SWEEP): SweepRequest,
    ("update_answered", COMMAND_UPDATE): Receipt,
    ("continue_as_new", "Journey"): JourneyInput,
    ("result", "result"): JourneyEnded,
}
ANSWERS: dict[str, type[BaseModel]] = {DECIDE: DecideAnswer, SEND_NOTICE: SendAnswer, SWEEP: SweepAnswer}
_NOTHING = "(nothing)"


class Difference(Wire):
    """One place where record and code disagree; `event` is the number in the run's history."""

    run: str
    event: int
    what: str
    path: str = ""
    expected: Any = None
    found: Any = None


def differences(run: str, expected: Iterable[Step], found: Iterable[Step]) -> tuple[int, list[Difference]]:
    """How many steps met, and where the two sides disagree, in the order of the record."""
    open_ones = {step.place: step for step in found}
    met, unequal = 0, list[Difference]()
    for step in expected:
        other = open_ones.pop(step.place, None)
        met += other is not None
        unequal += _compare(run, step, other)
    for step in open_ones.values():
        shown = list(step.values)
        unequal.append(
            Difference(run=run, event=0, what=_what(step), path="step", expected=_NOTHING, found=shown)
        )
    return met, unequal


def _compare(run: str, step: Step, other: Step | None) -> Iterator[Difference]:
    what = _what(step)
    if other is None:
        yield Difference(
            run=run, event=step.event, what=what, path="step", expected=list(step.values), found=_NOTHING
        )
    elif other.name and other.name != step.name:
        yield Difference(
            run=run, event=step.event, what=what, path="type", expected=step.name, found=other.name
        )
    elif len(other.values) != len(step.values):
        yield Difference(
            run=run, event=step.event, what=what, path="number of values",
            expected=len(step.values), found=len(other.values),
        )  # fmt: skip
    else:
        model = ARGUMENTS.get((step.kind, step.name))
        for left, right in zip(step.values, other.values, strict=True):
            for path, one, two in unequal_at(left, right, model):
                yield Difference(run=run, event=step.event, what=what, path=path, expected=one, found=two)


def _what(step: Step) -> str:
    return f"{step.kind} {step.name}".strip() if step.name not in (step.kind, "") else step.kind


def unequal_at(left: Any, right: Any, model: type[BaseModel] | None) -> Iterator[tuple[str, Any, Any]]:
    """The first place where two values differ, both read as `model` if there is one; nothing if equal."""
    if model is not None:
        try:
            first, second = model.model_validate(left), model.model_validate(right)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            yield (where, left, right)
            return
        if first == second:
            return
        left, right = first.model_dump(mode="json"), second.model_dump(mode="json")
    place = first_place(left, right)
    if place is not None:
        yield place


def first_place(left: Any, right: Any, path: str = "") -> tuple[str, Any, Any] | None:
    """Path and both values of the first difference between two JSON values, or None."""
    if isinstance(left, dict) and isinstance(right, dict):
        keys: Iterable[Any] = [*left, *(key for key in right if key not in left)]
        pairs = [(key, left.get(key, _NOTHING), right.get(key, _NOTHING)) for key in keys]
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        pairs = [(index, one, two) for index, (one, two) in enumerate(zip(left, right, strict=True))]
    else:
        return None if left == right and type(left) is type(right) else (path, left, right)
    for key, one, two in pairs:
        place = first_place(one, two, f"{path}.{key}" if path else str(key))
        if place is not None:
            return place
    return None
