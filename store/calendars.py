"""Calendars as documents: published files, and the calendar of an office with its closure days.

Every document carries the hash of its content, so that an altered one is noticed wherever it is read. A decision
names the calendar it was made by as an `Edition`: its id, and the SHA-256 of the whole document.
"""

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from pydantic import ValidationError

from domain.calendar import Calendar
from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound
from store.canonical import canonical, digest, sha256

IN_FORCE = "bw_2026"
SEAL = "content_sha256"
REMEDY = "take the published file again"
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
_SHOWN_OF_A_HASH = 12


class Document(NamedTuple):
    """A calendar, its name and hash, and the text that says it all."""

    calendar: Calendar
    edition: Edition
    text: str


@cache
def published(id_: str) -> Document:
    """The packaged calendar of this id, however old it is.

    Raises:
        NotFound: `calendar`, naming the ids that there are.
        InvalidInput: `calendar_broken` or `calendar_invalid` with file, field, problem and remedy.
    """
    file = file_of(id_)
    if file is None or not file.is_file():
        raise NotFound("calendar", field="calendar", calendar=id_, remedy=f"one of: {', '.join(ids())}")
    content = file.read_bytes()
    found = read(content, file.name)
    if found.id != id_:
        raise _invalid(file.name, "id", "its file has another name")
    return Document(found, Edition(id=id_, sha256=sha256(content)), content.decode("utf-8"))


def file_of(id_: str) -> Traversable | None:
    """Where the calendar of this id lies or would lie; None if this can be no id."""
    if _ID.fullmatch(id_) is None:
        return None
    return files("domain").joinpath("calendars", id_.replace("_", "-") + ".json")


def ids() -> list[str]:
    """Every packaged calendar."""
    names = (file.name for file in files("domain").joinpath("calendars").iterdir())
    return sorted(n.removesuffix(".json").replace("-", "_") for n in names if n.endswith(".json"))


def sealed(content: Mapping[str, Any], *, indent: int | None = None) -> bytes:
    """The bytes of a calendar document: its content and the hash of it; equal content, equal bytes."""
    whole = {**content, SEAL: digest(content)}
    if indent is None:
        return canonical(whole)
    return (json.dumps(whole, indent=indent, ensure_ascii=False) + "\n").encode("utf-8")


def read(content: bytes, name: str) -> Calendar:
    """The calendar in these bytes, checked; `name` is what a refusal calls the file.

    Raises:
        InvalidInput: `calendar_broken` (no JSON) or `calendar_invalid` with file, field, problem and remedy.
    """
    try:
        whole = json.loads(content)
    except ValueError as broken:
        line = str(getattr(broken, "lineno", 1))
        raise InvalidInput("calendar_broken", file=name, field="json", line=line, remedy=REMEDY) from broken
    if not isinstance(whole, dict):
        raise _invalid(name, "json", "wrong_value")
    try:
        found = Calendar.model_validate_json(content)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _invalid(name, where, _problem(first["type"], first["msg"])) from wrong
    seal = whole.pop(SEAL, None)
    if seal is None:
        raise _invalid(name, SEAL, "missing_field")
    if seal != _digest(whole):
        raise _invalid(name, SEAL, "the content does not fit its hash")
    return found


def _digest(content: Mapping[str, Any]) -> str:
    try:
        return digest(content)
    except ValueError:  # a number that no canonical form has
        return ""


def source_of(content: bytes) -> str:
    """What a file says that it was made from; a dash where it says nothing, or is none."""
    try:
        return str(json.loads(content).get("source", "–"))
    except (ValueError, AttributeError):
        return "–"


def _problem(kind: str, told: str) -> str:
    if kind == "missing":
        return "missing_field"
    return told.removeprefix("Value error, ") if kind == "value_error" else "wrong_value"


def _invalid(file: str, field: str, problem: str) -> InvalidInput:
    return InvalidInput("calendar_invalid", file=file, field=field, problem=problem, remedy=REMEDY)


@lru_cache(maxsize=64)
def with_closures(base: str, office: str, days: tuple[Any, ...]) -> Document:
    """The calendar of an office: a published one with the closure days of this office, as a document of its own.

    Its id is made from its content, so that equal closures are the same edition on every machine.
    """
    plain = published(base)
    closed = sorted(set(days))
    calendar = plain.calendar.with_closures({office: tuple(closed)})
    content = calendar.model_dump(mode="json", exclude={"id", "names"})
    content |= {"base": plain.edition.model_dump()}
    content |= {"id": f"{base}_{digest(content)[:_SHOWN_OF_A_HASH]}"}
    text = sealed(content)
    named = Edition(id=content["id"], sha256=sha256(text))
    return Document(_read_as(text.decode(), named.id, named.sha256), named, text.decode())


def read_as(text: str, edition: Edition) -> Calendar:
    """The calendar in a stored document, which must be the one that an edition names.

    Raises:
        InvalidInput: `calendar_invalid` where it is another one, or was altered.
    """
    return _read_as(text, edition.id, edition.sha256)


@lru_cache(maxsize=64)
def _read_as(text: str, id_: str, expected: str) -> Calendar:
    content = text.encode("utf-8")
    if sha256(content) != expected:
        raise _invalid(id_, "sha256", "the content does not fit its hash")
    found = read(content, id_)
    if found.id != id_:
        raise _invalid(id_, "id", "its file has another name")
    return found
