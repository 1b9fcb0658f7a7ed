"""A book as a document and back: what is stored of it, sent along with an audit, and loaded years later."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.codes import Addressee, Outcome
from domain.errors import InvalidInput, PaktError
from rules.binding import Book, assemble, canonical
from rules.shape import Citation, Condition, Parameter, Rule, Stage


def to_document(book: Book) -> str:
    """The canonical text of a book: the very bytes that its hash is taken over."""
    return canonical(book.id, book.valid_from, book.rules, list(book.citations.values())).decode()


def from_document(text: str, *, name: str = "book") -> Book:
    """The book in a document, compiled anew; `name` is what a refusal calls the document.

    Raises:
        InvalidInput: `broken_book` with the file, the field and what to do, for anything but a whole book.
    """
    try:
        return _read(json.loads(text))
    except PaktError as refused:
        raise _broken(name, refused.params.get("field", "document"), refused.code) from refused
    except KeyError as missing:
        raise _broken(name, str(missing.args[0]), "field_missing") from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise _broken(name, "document", str(wrong)[:120]) from wrong


def _broken(name: str, field: str, reason: str) -> InvalidInput:
    remedy = "take the book from its release or from a backup; a book is never edited"
    return InvalidInput("broken_book", file=name, field=field, reason=reason, remedy=remedy)


def _read(document: Mapping[str, Any]) -> Book:
    return assemble(
        document["book"],
        date.fromisoformat(document["valid_from"]),
        rules=[_rule(row) for row in document["rules"]],
        citations=[_citation(row) for row in document["citations"]],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _conditions(rows: list[dict[str, Any]]) -> tuple[Condition, ...]:
    return tuple(Condition(**row) for row in rows)


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        version=row["version"],
        title_de=row["title_de"],
        title_en=row["title_en"],
        subject=row["subject"],
        basis=tuple(row["basis"]),
        never=tuple(row["never"]),
        twin=tuple(row["twin"]),
        since=date.fromisoformat(row["since"]),
        until=_day(row["until"]),
        cause=_conditions(row["cause"]),
        quiet=_conditions(row["quiet"]),
        stages=tuple(_stage(stage) for stage in row["stages"]),
        parameters=tuple(_parameter(p) for p in row["parameters"]),
        cases=(),
    )


def _stage(row: dict[str, Any]) -> Stage:
    outcomes = tuple((Outcome(what), Addressee(who)) for what, who in row["outcomes"])
    return Stage(**{**row, "outcomes": outcomes, "quiet": _conditions(row["quiet"])})


def _parameter(row: dict[str, Any]) -> Parameter:
    return Parameter(**{**row, "since": date.fromisoformat(row["since"]), "until": _day(row["until"])})


def _citation(row: dict[str, Any]) -> Citation:
    days = {name: _day(row[name]) for name in ("until", "checked")}
    fixed = {name: date.fromisoformat(row[name]) for name in ("since", "recheck_by")}
    return Citation(**{**row, **days, **fixed})
