"""A book: catalogue, parameters and citations of one version, immutable and known by its hash."""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound
from rules.catalogue import RULES
from rules.compiled import Compiled, compile_rule
from rules.shape import Citation, Condition, Parameter, Rule
from rules.subjects import FIELDS

_HERE = Path(__file__).parent
FIRST_BOOK = "b2026_1"
_VALID_FROM = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Book:
    """One version of the rule base, ready to be evaluated."""

    id: str
    valid_from: date
    rules: tuple[Rule, ...]
    parameters: dict[str, Parameter]
    citations: dict[str, Citation]
    sha256: str
    compiled: tuple[Compiled, ...]
    bounds: dict[str, int]

    @property
    def edition(self) -> Edition:
        """Its id and hash, as they stand in a history."""
        return Edition(id=self.id, sha256=self.sha256)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id; an unknown one is named in the error."""
        found = next((rule for rule in self.rules if rule.id == rule_id), None)
        if found is None:
            raise NotFound("unknown_rule", rule=rule_id, remedy="see `pakt rules list`")
        return found


def assemble(
    book_id: str,
    valid_from: date,
    *,
    rules: Sequence[Rule],
    parameters: Sequence[Parameter],
    citations: Sequence[Citation],
) -> Book:
    """A book of these parts; a rule that names an unknown field, parameter or source is refused."""
    named = {p.name: p for p in parameters}
    cited = {c.key: c for c in citations}
    for rule in rules:
        _refuse_unknown(rule, named, cited)
    compiled = tuple(compile_rule(rule, number, named) for number, rule in enumerate(rules))
    return Book(
        id=book_id,
        valid_from=valid_from,
        rules=tuple(rules),
        parameters=named,
        citations=cited,
        sha256=hashlib.sha256(_canonical(book_id, rules, parameters, citations)).hexdigest(),
        compiled=compiled,
        bounds={p.name: p.bound for p in parameters},
    )


def _refuse_unknown(rule: Rule, parameters: dict[str, Parameter], citations: dict[str, Citation]) -> None:
    fields = FIELDS.get(rule.subject)
    if fields is None:
        known = ", ".join(sorted(FIELDS))
        raise InvalidInput("unknown_subject", rule=rule.id, field=rule.subject, remedy=f"one of: {known}")
    quiet = (*rule.quiet, *(condition for stage in rule.stages for condition in stage.quiet))
    for condition in (*rule.cause, *quiet, *_thresholds(rule)):
        if condition.field not in fields:
            known = ", ".join(sorted(fields))
            raise InvalidInput(
                "unknown_field", rule=rule.id, field=condition.field, remedy=f"one of: {known}"
            )
        if isinstance(condition.bound, str) and condition.bound not in parameters:
            remedy = "add it to rules/parameters.toml"
            raise InvalidInput("unknown_parameter", rule=rule.id, field=condition.bound, remedy=remedy)
    for key in rule.basis:
        if key not in citations:
            remedy = "add it to rules/citations.toml"
            raise InvalidInput("unknown_citation", rule=rule.id, field=key, remedy=remedy)


def _thresholds(rule: Rule) -> tuple[Condition, ...]:
    return tuple(Condition(stage.field, ">=", stage.after) for stage in rule.stages)


def _canonical(
    book_id: str, rules: Sequence[Rule], parameters: Sequence[Parameter], citations: Sequence[Citation]
) -> bytes:
    """The bytes that are hashed: everything that decides or explains; the cases are tests and stay out."""
    document = {
        "book": book_id,
        "rules": [_plain(rule) for rule in rules],
        "parameters": [_plain(p) for p in parameters],
        "citations": [_plain(c) for c in citations],
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        names = (name for name in value.__dataclass_fields__ if name != "cases")
        return {name: _plain(getattr(value, name)) for name in names}
    return value


def read_parameters(text: str) -> tuple[Parameter, ...]:
    """The parameters of a TOML document; each needs every key."""
    return tuple(
        Parameter(
            name=row["name"],
            value=row["value"],
            unit=row["unit"],
            counted_from=row["from"],
            low=row["min"],
            high=row["max"],
            source=row["source"],
            since=row["since"],
            until=row.get("until"),
        )
        for row in tomllib.loads(text)["parameter"]
    )


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
        )
        for row in tomllib.loads(text)["citation"]
    )


@cache
def books() -> tuple[Book, ...]:
    """Every book that was ever in force, oldest first; an old one stays loadable for ever."""
    parameters = read_parameters((_HERE / "parameters.toml").read_text(encoding="utf-8"))
    citations = read_citations((_HERE / "citations.toml").read_text(encoding="utf-8"))
    first = assemble(FIRST_BOOK, _VALID_FROM, rules=RULES, parameters=parameters, citations=citations)
    return (first,)


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
    """Every rule of a book in the form of `pakt rules list --json`."""
    return [_listed(rule, of) for rule in of.rules]


def _listed(rule: Rule, of: Book) -> dict[str, Any]:
    stages = [
        {
            "no": stage.no,
            "after": _after(of.parameters[stage.after]),
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
    }


def _after(parameter: Parameter) -> dict[str, Any]:
    return {"n": parameter.value, "unit": parameter.unit, "from": parameter.counted_from}
