"""From the content of a programme file to a checked programme, or to a refusal with file, line and remedy."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.errors import InvalidInput
from domain.programme_checks import Fault, Place, faults_of
from domain.programme_rows import Programme

Lines = Mapping[Place, int]


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
        faults = list(faults_of(programme))
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
        case "less_than_equal":
            problem, remedy = "number_too_large", f"use a whole number up to {context['le']}"
        case "string_pattern_mismatch" if field in ("after", "until"):
            problem, remedy = "unknown_reference", "use t0, term, close, year, step:<id> or fact:<code>"
    return Fault(place, problem, remedy)


def _plain(listed: str) -> str:
    """The values that are allowed, as they are written in a file: `'a' or 'b'`."""
    return re.sub(r"<[\w.]+: ('[^']*')>", r"\1", listed)


__all__ = ["Fault", "Lines", "Place", "parse_programme", "refusal"]
