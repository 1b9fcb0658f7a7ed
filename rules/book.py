"""The books of this release: those frozen with earlier releases, and the catalogue as it stands."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from domain.errors import InvalidInput, NotFound
from rules.binding import Book, assemble, canonical
from rules.catalogue import RULES
from rules.documents import from_document
from rules.shape import FIRST_DAY, Citation, Parameter, Rule, Stage

_HERE = Path(__file__).parent
FROZEN = _HERE / "books"
FIRST_BOOK = "b2026_1"
SHIPPED_ID = re.compile(r"b(\d{4})_(\d+)")


def read_citations(text: str) -> tuple[Citation, ...]:
    """The citations of a TOML document."""
    return tuple(
        Citation(
            key=row["key"],
            provision=row["provision"],
            source=row["source"],
            since=row["since"],
            until=row.get("until"),
            checked=row.get("checked"),
            recheck_by=row["recheck_by"],
            note_de=row.get("note_de", ""),
            note_en=row.get("note_en", ""),
        )
        for row in tomllib.loads(text)["citation"]
    )


@cache
def books() -> tuple[Book, ...]:
    """Every book of this release, oldest first; an old one stays loadable for ever.

    The last one is the catalogue as it stands. Where it says exactly what the newest frozen book says, it is that
    book; otherwise it is a book of its own with the next number, so that a rule just added is seen at once.
    """
    return with_catalogue(frozen())


@cache
def frozen() -> tuple[Book, ...]:
    """The books that were frozen with a release, oldest first; each file is read and proven whole."""
    files = sorted(FROZEN.glob("*.json"), key=lambda file: numbered(file.stem))
    return tuple(thawed(Path(file).read_text(encoding="utf-8"), file.stem) for file in files)


def thawed(text: str, book_id: str) -> Book:
    """The book in a frozen document.

    Raises:
        InvalidInput: `broken_book` for a document of another id, or one that is not written canonically.
    """
    found = from_document(text, name=f"{book_id}.json")
    written = canonical(found.id, found.valid_from, found.rules, list(found.citations.values())).decode()
    if found.id == book_id and written == text:
        return found
    reason = "not canonical" if found.id == book_id else f"holds the book {found.id}"
    remedy = "take the file from its release; a book is never edited"
    raise InvalidInput("broken_book", file=f"{book_id}.json", field="document", reason=reason, remedy=remedy)


def with_catalogue(released: Sequence[Book]) -> tuple[Book, ...]:
    """The released books and the catalogue: as the newest of them, or as a book of its own after them."""
    if not released:
        return (bind(FIRST_BOOK, FIRST_DAY),)
    newest = released[-1]
    same = bind(newest.id, newest.valid_from)
    if same.sha256 == newest.sha256:
        # The catalogue's own copy knows its cases as well.
        return (*released[:-1], same)
    return (*released, bind(next_id(newest.id), newest.valid_from + timedelta(days=1)))


def bind(book_id: str, valid_from: date) -> Book:
    """The catalogue as it stands, as a book of this id."""
    return assemble(book_id, valid_from, rules=RULES, citations=citations())


def next_id(book_id: str) -> str:
    """The id after this one in the same year; a new year is begun by hand, when a book is frozen."""
    year, number = numbered(book_id)
    return f"b{year}_{number + 1}"


def numbered(book_id: str) -> tuple[int, int]:
    """Year and number of a released book, by which they are ordered; another id is refused."""
    found = SHIPPED_ID.fullmatch(book_id)
    if found is None:
        remedy = "name a released book b<year>_<number>, as in b2026_1"
        raise InvalidInput("book_id", field="id", book=book_id, remedy=remedy)
    return int(found[1]), int(found[2])


@cache
def citations() -> tuple[Citation, ...]:
    """The sources that the catalogue rests on."""
    return read_citations((_HERE / "citations.toml").read_text(encoding="utf-8"))


def book(book_id: str | None = None, on: date | None = None) -> Book:
    """The book of this id, or the one in force on a day, or the newest."""
    if book_id is not None:
        found = next((b for b in books() if b.id == book_id), None)
        if found is None:
            known = ", ".join(b.id for b in books())
            raise NotFound("unknown_book", book=book_id, remedy=f"one of: {known}")
        return found
    in_force = [b for b in books() if on is None or b.valid_from <= on]
    if not in_force:
        raise NotFound("no_book", day=str(on), remedy=f"no book reaches back before {books()[0].valid_from}")
    return in_force[-1]


def listing(of: Book) -> list[dict[str, Any]]:
    """Every rule of a book once, in its latest version, in the form of `pakt rules list --json`."""
    latest = {rule.id: rule for rule in sorted(of.rules, key=lambda r: (r.id, r.version))}
    return [_listed(rule, of) for rule in latest.values()]


def _listed(rule: Rule, of: Book) -> dict[str, Any]:
    stages = [
        {
            "no": stage.no,
            "after": _after(stage, of),
            "outcome": outcome.value,
            "addressee": addressee.value,
        }
        for stage in rule.stages
        for outcome, addressee in stage.outcomes
    ]
    return {
        "id": rule.id,
        "version": rule.version,
        "side": rule.side,
        "title_de": rule.title_de,
        "title_en": rule.title_en,
        "basis": [of.citations[key].provision for key in rule.basis],
        "since": rule.since.isoformat(),
        "until": rule.until.isoformat() if rule.until else None,
        "subject": rule.subject,
        "twin": list(rule.twin),
        "stages": stages,
        "never": list(rule.never),
        "parameters": [_number(p) for p in rule.parameters],
        "versions": [_version(r, of) for r in of.rules if r.id == rule.id],
    }


def _number(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "value": parameter.value,
        "unit": parameter.unit,
        "from": parameter.counted_from,
        "min": parameter.low,
        "max": parameter.high,
        "source": parameter.source,
        "since": parameter.since.isoformat(),
        "until": parameter.until.isoformat() if parameter.until else None,
    }


def _version(rule: Rule, of: Book) -> dict[str, Any]:
    return {
        "version": rule.version,
        "since": rule.since.isoformat(),
        "until": rule.until.isoformat() if rule.until else None,
        "basis": [of.citations[key].provision for key in rule.basis],
    }


def _after(stage: Stage, of: Book) -> dict[str, Any]:
    """From when the stage speaks; one without a mark of its own counts from the stage before it."""
    if not stage.field:
        gap = of.parameters[stage.gap]
        return {"n": gap.value, "unit": gap.unit, "from": "last_stage"}
    mark = of.parameters[stage.after]
    after = {"n": mark.value, "unit": mark.unit, "from": mark.counted_from}
    return {**after, "more_than": True} if stage.op == ">" else after


__all__ = [
    "FIRST_BOOK",
    "Book",
    "assemble",
    "book",
    "books",
    "canonical",
    "frozen",
    "listing",
    "read_citations",
]
