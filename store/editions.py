"""Programmes, calendars and municipalities as they were published: named, hashed, read once.

With `store.calendars` the only place that reads these files. An edition that was read stays as it is until the
process ends.
"""

import csv
import hashlib
import io
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from domain.calendar import Calendar
from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound
from domain.model import Wire
from domain.programme import Programme
from domain.programme_reading import parse_programme
from store import calendars
from store.yaml_reading import read_yaml

CALENDAR = calendars.IN_FORCE


class _Published(NamedTuple):
    programme: Programme
    edition: Edition
    text: str


Shelf = dict[str, _Published]


class Municipality(Wire):
    """A municipality of Baden-Württemberg; `district` is its Landkreis or Stadtkreis as people say it."""

    ags: str
    name: str
    district: str


class _Own:
    """The administrator's own programmes: a directory beside the packaged ones, and what was read from it."""

    def __init__(self) -> None:
        self.directory: Path | None = None
        self.shelf: Shelf = {}


_own = _Own()


def use_directory(path: Path | None) -> None:
    """Read the administrator's own programme files too, at once and wholly; None forgets them.

    An own programme has an id of its own: what running journeys are held to is never replaced.

    Raises:
        InvalidInput: naming file, line, field and remedy; what was in use before stays in use.
    """
    shelf = _read_directory(path) if path is not None else {}
    _own.directory, _own.shelf = path, shelf


def programme(id: str) -> tuple[Programme, Edition]:  # noqa: A002 - the field's own word
    """The programme of this id, and its hashed edition.

    A file added to the own directory since is found; one that was read before is not read again.
    """
    found = _published(id)
    return found.programme, found.edition


def programme_text(edition: Edition) -> str | None:
    """The programme as it was published, or None where this machine has no text with this hash."""
    try:
        found = _published(edition.id)
    except NotFound:
        return None
    return found.text if found.edition == edition else None


def programmes() -> list[tuple[Programme, Edition]]:
    """Every programme, the oldest first: the packaged ones and the administrator's own."""
    shelf = {**_packaged(), **_own.shelf}
    return [shelf[id_][:2] for id_ in sorted(shelf, key=_counted)]


def newest_programme() -> tuple[Programme, Edition]:
    """The programme for new journeys: the one with the highest id, numbers in it counted as numbers."""
    return programmes()[-1]


def calendar(id: str | None = None) -> tuple[Calendar, Edition]:  # noqa: A002 - the field's own word
    """The published calendar of this id, or the one in force, and its hashed edition.

    It knows no closure days of offices: the calendar that a journey is judged by is `closures.Calendars.of`.
    """
    found = calendars.published(id or calendars.IN_FORCE)
    return found.calendar, found.edition


@cache
def municipalities() -> dict[str, Municipality]:
    """The 1,101 municipalities of Baden-Württemberg by their AGS, in its order."""
    text = files("domain").joinpath("municipalities.csv").read_text(encoding="utf-8")
    return {
        row["ags"]: Municipality(ags=row["ags"], name=row["name"], district=row["district_name"])
        for row in csv.DictReader(io.StringIO(text))
    }


def municipality(ags: str) -> Municipality:
    """The municipality with this AGS.

    Raises:
        InvalidInput: `unknown_municipality`, for anything but one of the 1,101.
    """
    found = municipalities().get(ags)
    if found is None:
        remedy = "choose a municipality of Baden-Württemberg: 8 digits, beginning with 08"
        raise InvalidInput("unknown_municipality", field="ags", remedy=remedy)
    return found


def read_programme(content: bytes, name: str) -> Programme:
    """The programme in these bytes, checked; `name` is what a refusal calls the file.

    Raises:
        InvalidInput: `yaml_broken` or `programme_invalid` with file, line, field, problem and remedy.
    """
    parsed, lines = read_yaml(_text(content, name), name)
    return parse_programme(parsed, name, lines)


def _published(id_: str) -> _Published:
    found = _packaged().get(id_) or _own.shelf.get(id_)
    if found is None and _own.directory is not None:
        _own.shelf = {**_read_directory(_own.directory), **_own.shelf}
        found = _own.shelf.get(id_)
    if found is None:
        raise NotFound("programme", field="programme", programme=id_)
    return found


@cache
def _packaged() -> Shelf:
    return _read_shelf(list(files("domain").joinpath("programmes").iterdir()))


def _read_directory(path: Path) -> Shelf:
    if not path.is_dir():
        remedy = "create the directory, or take the setting out"
        raise InvalidInput("programme_directory", field="directory", file=str(path), remedy=remedy)
    shelf = _read_shelf(list(path.iterdir()))
    for id_ in shelf.keys() & _packaged().keys():
        if shelf[id_].edition != _packaged()[id_].edition:
            _refuse_id(f"{path.name}: {id_}")
        del shelf[id_]
    return shelf


def _read_shelf(found: list[Traversable] | list[Path]) -> Shelf:
    shelf: Shelf = {}
    for file in sorted((f for f in found if f.name.endswith((".yaml", ".yml"))), key=lambda f: f.name):
        content = file.read_bytes()
        read = read_programme(content, file.name)
        if read.id in shelf:
            _refuse_id(file.name)
        shelf[read.id] = _Published(read, _edition(read.id, content), _text(content, file.name))
    return shelf


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as broken:
        line = str(content.count(b"\n", 0, broken.start) + 1)
        remedy = "save the file as UTF-8"
        problem = "not UTF-8"
        raise InvalidInput(
            "yaml_broken", file=name, line=line, field="file", problem=problem, remedy=remedy
        ) from broken


def _refuse_id(name: str) -> None:
    raise InvalidInput(
        "programme_invalid",
        file=name,
        field="id",
        problem="id_taken",
        remedy="give it an id of its own: journeys that run are held to the programme that has this id",
    )


def _edition(id_: str, content: bytes) -> Edition:
    return Edition(id=id_, sha256=hashlib.sha256(content).hexdigest())


def _counted(id_: str) -> list[tuple[int, str]]:
    """A sort key in which p2026_10 comes after p2026_9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", id_)]
