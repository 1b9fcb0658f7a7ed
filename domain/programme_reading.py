"""From the content of a programme file to a checked programme, or to a refusal with file, line and remedy."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.codes import FACT_CODES
from domain.errors import InvalidInput
from domain.programme import MOST_CORE_STEPS, Condition, Programme, ProgrammeStep, StepNotice

Place = tuple[str | int, ...]
Lines = Mapping[Place, int]
_LEAST_DAYS = {"d": 1, "AT": 1, "W": 7, "M": 28}


class Fault(NamedTuple):
    """One broken thing: where it is, what kind it is, and what to do about it."""

    place: Place
    problem: str
    remedy: str


def parse_programme(content: object, source_name: str, lines: Lines | None = None) -> Programme:
    """The programme that this content describes, with every reference and number checked.

    Raises:
        InvalidInput: `programme_invalid` with file, line, field, problem, remedy, and how many `more` faults.
    """
    try:
        programme = Programme.model_validate(content)
    except ValidationError as broken:
        faults = [_of_field(error) for error in _innermost(broken.errors())]
    else:
        faults = list(_faults(programme))
        if not faults:
            return programme
    raise refusal(faults, content, source_name, lines or {})


def refusal(faults: list[Fault], content: object, source_name: str, lines: Lines) -> InvalidInput:
    """The first fault of a file as an error that a person can act on."""
    first = min(faults, key=lambda fault: _line(fault.place, lines))
    line = _line(first.place, lines)
    return InvalidInput(
        "programme_invalid",
        file=source_name,
        line=str(line) if line else "unknown",
        field=_field(first.place, content),
        problem=first.problem,
        remedy=first.remedy,
        more=str(len(faults) - 1),
    )


def _line(place: Place, lines: Lines) -> int:
    """The line of a place, or of the nearest thing around it; 0 where no lines are known."""
    return next((lines[place[:size]] for size in range(len(place), -1, -1) if place[:size] in lines), 0)


def _field(place: Place, content: object) -> str:
    """A place as people write it, lists by the id of their entry: `steps[profile].due.unit`."""
    written, at = "", content
    for part in place:
        at = _inside(at, part)
        if isinstance(part, int):
            name = at.get("id", part) if isinstance(at, Mapping) else part
            written += f"[{name}]"
        else:
            written += f".{part}" if written else part
    return written or "file"


def _inside(at: object, part: str | int) -> Any:
    if isinstance(at, Mapping):
        return at.get(part)
    return at[part] if isinstance(at, list) and isinstance(part, int) and part < len(at) else None


def _innermost(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors that are not the mere echo of one inside them, such as a list found too short without it."""
    places = [error["loc"] for error in errors]
    for error in errors:
        size = len(error["loc"])
        if not any(len(place) > size and place[:size] == error["loc"] for place in places):
            yield error


def _of_field(error: ErrorDetails) -> Fault:
    """What pydantic found, in our words; its message says nothing of the value that was found."""
    place: Place = tuple(error["loc"])
    context = error.get("ctx", {})
    field = place[-1] if place else ""
    problem, remedy = "wrong_value", error["msg"]
    match error["type"]:
        case "extra_forbidden":
            problem, remedy = "unknown_field", "remove it, or correct its spelling"
        case "missing":
            problem, remedy = "missing_field", "add it"
        case "literal_error" | "enum":
            problem = "unknown_unit" if field == "unit" else "unknown_value"
            remedy = f"use one of {_plain(str(context['expected']))}"
        case "greater_than_equal":
            problem, remedy = "number_too_small", f"use a whole number from {context['ge']} on"
        case "string_pattern_mismatch" if field in ("after", "until"):
            problem, remedy = "unknown_reference", "use t0, term, step:<id> or fact:<code>"
    return Fault(place, problem, remedy)


def _plain(listed: str) -> str:
    """The values that are allowed, as they are written in a file: `'a' or 'b'`."""
    return re.sub(r"<[\w.]+: ('[^']*')>", r"\1", listed)


def _faults(programme: Programme) -> Iterator[Fault]:
    for check in _CHECKS:
        yield from check(programme)


def _duplicates(programme: Programme) -> Iterator[Fault]:
    for name, entries in (("phases", programme.phases), ("steps", programme.steps)):
        ids = [entry.id for entry in entries]
        for i, entry in enumerate(ids):
            if entry in ids[:i]:
                yield Fault(
                    (name, i, "id"), f"duplicate_{name[:-1]}", f"give it an id of its own, not {entry}"
                )


def _core(programme: Programme) -> Iterator[Fault]:
    core = [i for i, step in enumerate(programme.steps) if step.core]
    if len(core) > MOST_CORE_STEPS:
        remedy = f"at most {MOST_CORE_STEPS} steps are core: set core to false here or elsewhere"
        yield Fault(("steps", core[MOST_CORE_STEPS], "core"), "too_many_core_steps", remedy)


def _phases(programme: Programme) -> Iterator[Fault]:
    known = {phase.id for phase in programme.phases}
    for i, phase in enumerate(programme.phases):
        if phase.to_month <= phase.from_month:
            yield Fault(("phases", i, "to_month"), "phase_without_time", "let it end after from_month")
    for i, step in enumerate(programme.steps):
        if step.phase not in known:
            remedy = f"use one of {', '.join(sorted(known))}"
            yield Fault(("steps", i, "phase"), "unknown_phase", remedy)


def _references(programme: Programme) -> Iterator[Fault]:
    single = {step.id for step in programme.steps if step.repeat is None}
    for i, step in enumerate(programme.steps):
        yield from _reference(step.due.after, ("steps", i, "due", "after"), single)
        if step.repeat is not None:
            yield from _reference(step.repeat.until, ("steps", i, "repeat", "until"), single)
        for name, condition in (("when", step.when), ("settled_by", step.settled_by)):
            if condition is not None:
                yield from _condition(condition, ("steps", i, name))


def _reference(reference: str, place: Place, single: set[str]) -> Iterator[Fault]:
    kind, _, name = reference.partition(":")
    if kind == "step" and name not in single:
        remedy = f"name a step of this programme that does not repeat: {', '.join(sorted(single))}"
        yield Fault(place, "unknown_reference", remedy)
    if kind == "fact" and name not in FACT_CODES:
        yield Fault(place, "unknown_reference", f"name a fact: {', '.join(sorted(FACT_CODES))}")


def _condition(condition: Condition, place: Place) -> Iterator[Fault]:
    known = FACT_CODES.get(condition.fact)
    if known is None:
        yield Fault((*place, "fact"), "unknown_fact", f"name a fact: {', '.join(sorted(FACT_CODES))}")
    elif not set(condition.value) <= set(known.values):
        yield Fault((*place, "value"), "unknown_value", f"use values of {', '.join(known.values)}")


def _cycles(programme: Programme) -> Iterator[Fault]:
    after = {step.id: step.due.after.removeprefix("step:") for step in programme.steps}
    for i, step in enumerate(programme.steps):
        seen, at = set[str](), step.id
        while at in after and at not in seen:
            seen.add(at)
            at = after[at]
        if at == step.id and at in seen:
            remedy = "these steps wait for each other: let one of them count from t0 or a fact"
            yield Fault(("steps", i, "due", "after"), "cycle", remedy)


def _repeats(programme: Programme) -> Iterator[Fault]:
    for i, step in enumerate(programme.steps):
        if step.repeat is not None and step.repeat.every.unit != step.due.unit:
            remedy = (
                f"count every repetition like the first, in {step.due.unit} (marks are never chained, A-04)"
            )
            yield Fault(("steps", i, "repeat", "every", "unit"), "mixed_units", remedy)


def _notices(programme: Programme) -> Iterator[Fault]:
    for i, step in enumerate(programme.steps):
        for j, notice in enumerate(step.notices):
            if not _fits(step, notice):
                remedy = "the notice would come before the step is known: shorten it"
                yield Fault(("steps", i, "notices", j, "before"), "notice_too_early", remedy)


def _fits(step: ProgrammeStep, notice: StepNotice) -> bool:
    if step.due.after == "term":
        return True
    return notice.before.n * _LEAST_DAYS[notice.before.unit] < step.due.n * _LEAST_DAYS[step.due.unit]


_CHECKS: tuple[Callable[[Programme], Iterator[Fault]], ...] = (
    _duplicates,
    _core,
    _phases,
    _references,
    _cycles,
    _repeats,
    _notices,
)
