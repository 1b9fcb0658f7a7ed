"""Putting a book together: rules, parameters and citations of one version, immutable and known by its hash."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.decisions import Edition
from domain.duties import DUTIES
from domain.errors import InvalidInput, NotFound
from rules.compiled import Compiled, compile_rule
from rules.shape import Citation, Condition, Parameter, Rule
from rules.subjects import FIELDS


@dataclass(frozen=True, slots=True)
class Book:
    """One version of the rule base, ready to be evaluated."""

    id: str
    valid_from: date
    rules: tuple[Rule, ...]
    citations: dict[str, Citation]
    sha256: str
    compiled: tuple[Compiled, ...]
    parameters: dict[str, Parameter]
    bounds: dict[str, int]
    versions: dict[str, list[Parameter]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep every version of each number at hand: some subjects ask for one on every day."""
        found: dict[str, list[Parameter]] = {}
        for parameter in (p for rule in self.rules for p in rule.parameters):
            found.setdefault(parameter.name, []).append(parameter)
        object.__setattr__(self, "versions", found)

    @property
    def edition(self) -> Edition:
        """Its id and hash, as they stand in a history."""
        return Edition(id=self.id, sha256=self.sha256)

    def rule(self, rule_id: str, on: date | None = None) -> Rule:
        """The rule with this id, in the version of a day, else in its latest; an unknown one is named."""
        versions = [rule for rule in self.rules if rule.id == rule_id]
        if not versions:
            raise NotFound("unknown_rule", rule=rule_id, remedy="see `pakt rules list`")
        return next((rule for rule in versions if on is not None and rule.in_force(on)), versions[-1])

    def version(self, rule_id: str, version: int) -> Rule:
        """The rule in this version, as a decision names it."""
        found = (rule for rule in self.rules if (rule.id, rule.version) == (rule_id, version))
        return next(found, None) or self.rule(rule_id)

    def dated(self, name: str, day: date) -> int:
        """The number that a parameter had on its connecting day (A-25)."""
        found = next((p for p in self.versions.get(name, ()) if p.in_force(day)), None)
        if found is None:
            raise NotFound("no_parameter", parameter=name, day=str(day), remedy="date a version to cover it")
        return found.bound("")


def assemble(book_id: str, valid_from: date, *, rules: Sequence[Rule], citations: Sequence[Citation]) -> Book:
    """A book of these parts; a rule that names an unknown field, parameter or source is refused."""
    named = _in_force({p: None for rule in rules for p in rule.parameters}, valid_from)
    cited = {c.key: c for c in citations}
    for rule in rules:
        _refuse_unknown(rule, named, cited)
    compiled = tuple(compile_rule(rule, position, named) for position, rule in enumerate(rules))
    return Book(
        id=book_id,
        valid_from=valid_from,
        rules=tuple(rules),
        citations=cited,
        sha256=hashlib.sha256(canonical(book_id, valid_from, rules, citations)).hexdigest(),
        compiled=compiled,
        parameters=named,
        bounds={p.name: p.bound("") for p in named.values()},
    )


def _in_force(every: Iterable[Parameter], on: date) -> dict[str, Parameter]:
    """Each parameter in the version of the book's first day; thresholds change with a new book only."""
    found: dict[str, Parameter] = {}
    for parameter in every:
        if parameter.name not in found or parameter.in_force(on):
            found[parameter.name] = parameter
    return found


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
            remedy = "add it to the parameters of the rule"
            raise InvalidInput("unknown_parameter", rule=rule.id, field=condition.bound, remedy=remedy)
    if [stage.no for stage in rule.stages] != list(range(1, len(rule.stages) + 1)):
        raise InvalidInput("stages_misnumbered", rule=rule.id, field="stages", remedy="number them 1, 2, 3 …")
    for name in rule.twin:
        if name not in DUTIES:
            known = ", ".join(sorted(DUTIES))
            raise InvalidInput("unknown_twin", rule=rule.id, field=name, remedy=f"one of: {known}")
    for key in rule.basis:
        if key not in citations:
            remedy = "add it to rules/citations.toml"
            raise InvalidInput("unknown_citation", rule=rule.id, field=key, remedy=remedy)


def _thresholds(rule: Rule) -> tuple[Condition, ...]:
    marks = [Condition(stage.field, ">=", stage.after) for stage in rule.stages if stage.field]
    gaps = [Condition("running", ">=", stage.gap) for stage in rule.stages if stage.gap]
    return (*marks, *gaps)


def canonical(book_id: str, valid_from: date, rules: Sequence[Rule], citations: Sequence[Citation]) -> bytes:
    """The bytes that are hashed: everything that decides or explains; the cases are tests and stay out."""
    document = {
        "book": book_id,
        "valid_from": valid_from.isoformat(),
        "rules": [_plain(rule) for rule in rules],
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
