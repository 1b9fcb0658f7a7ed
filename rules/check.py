"""`pakt rules check`: what a reader would miss, decided exactly: conditions are boxes over integers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.calendar import Calendar
from domain.errors import InvalidInput
from rules.book import Book, assemble
from rules.check_boxes import box_findings, subsumed
from rules.check_cases import case_findings
from rules.check_ladder import gate_findings, ladder_findings
from rules.compiled import Compiled
from rules.finding import Finding, file_of
from rules.shape import FIRST_DAY, Citation, Parameter, Rule

CITATIONS_FILE = "rules/citations.toml"


@dataclass(frozen=True)
class Draft:
    """The parts of a book before anybody has vouched for them."""

    rules: Sequence[Rule]
    citations: Sequence[Citation]
    valid_from: date = field(default=FIRST_DAY)


def draft_of(book: Book) -> Draft:
    """The parts of a book that is in force."""
    return Draft(book.rules, list(book.citations.values()), book.valid_from)


def check(draft: Draft, on: date, *, calendar: Calendar) -> tuple[Finding, ...]:
    """Every fault of a draft on a day, each with file, field, reason and remedy."""
    found = [*_duplicates(draft), *_parameters(draft), *_citations(draft, on)]
    if found and any(f.reason.startswith(("duplicate_id", "overlapping_versions")) for f in found):
        return tuple(found)
    sound = []
    for rule in draft.rules:
        refused = _refusal(rule, draft)
        if refused is not None:
            found.append(refused)
        else:
            sound.append(rule)
    if sound:
        book = assemble("draft", draft.valid_from, rules=sound, citations=draft.citations)
        for compiled in book.compiled:
            found += _of_rule(compiled, book, calendar)
        found += subsumed(book.compiled)
    return tuple(found)


def _of_rule(compiled: Compiled, book: Book, calendar: Calendar) -> Iterator[Finding]:
    yield from box_findings(compiled)
    yield from gate_findings(compiled)
    yield from ladder_findings(compiled, book)
    yield from case_findings(compiled, book, calendar)


def _refusal(rule: Rule, draft: Draft) -> Finding | None:
    """What loading the rule would refuse: an unknown field, subject, parameter or source."""
    lends = [r for r in draft.rules if r is not rule]
    try:
        assemble("draft", draft.valid_from, rules=[rule, *_lent(rule, lends)], citations=draft.citations)
    except InvalidInput as refused:
        params = refused.params
        if params.get("rule") == rule.id:
            return Finding(file_of(rule.id), params["field"], refused.code, params["remedy"])
    return None


def _lent(rule: Rule, others: Sequence[Rule]) -> list[Rule]:
    """The other versions of a rule, from which it may take its parameters."""
    return [other for other in others if other.id == rule.id]


def _duplicates(draft: Draft) -> Iterator[Finding]:
    spans = [(r.id, r.since, r.until, file_of(r.id)) for r in draft.rules]
    parameters = {(p.name, p.since, p.until, file_of(r.id)) for r in draft.rules for p in r.parameters}
    spans += sorted(parameters, key=str)
    spans += [(c.key, date.min, None, CITATIONS_FILE) for c in draft.citations]
    for number, (name, since, until, file) in enumerate(spans):
        for other, begins, ends, _ in spans[:number]:
            if other != name or (ends or date.max) < since or (until or date.max) < begins:
                continue
            if (begins, ends) == (since, until):
                yield Finding(file, name, "duplicate_id", "give each its own name")
            else:
                reason = f"overlapping_versions: {since} to {until} and {begins} to {ends}"
                yield Finding(file, name, reason, "end one version on the day before the next begins")


def _parameters(draft: Draft) -> Iterator[Finding]:
    for rule in draft.rules:
        names = {p.name for p in rule.parameters if p.since <= draft.valid_from}
        for p in rule.parameters:
            yield from _of_parameter(p, rule, draft, current=p.name in names)


def _of_parameter(p: Parameter, rule: Rule, draft: Draft, *, current: bool) -> Iterator[Finding]:
    file = file_of(rule.id)
    if not p.low <= p.value <= p.high:
        reason = f"value_out_of_range: {p.value} is not within {p.low} to {p.high} {p.unit}"
        yield Finding(file, p.name, reason, "set a value within its limits")
    if not p.name.startswith(f"{rule.id}."):
        yield Finding(file, p.name, "foreign_parameter", f"name it {rule.id}.…")
    if not p.source:
        yield Finding(file, p.name, "parameter_without_source", "say where the number comes from")
    if not current and rule.in_force(draft.valid_from):
        yield Finding(file, p.name, "not_in_force", f"date it to cover {draft.valid_from}")


def _citations(draft: Draft, on: date) -> Iterator[Finding]:
    used = {key for rule in draft.rules if rule.until is None or rule.until >= on for key in rule.basis}
    for cited in (c for c in draft.citations if c.key in used):
        if cited.until is not None and cited.until < on:
            remedy = "cite the provision that follows it, or end the rule"
            yield Finding(CITATIONS_FILE, cited.key, f"expired on {cited.until}", remedy)
        if cited.recheck_by < on:
            remedy = "read the source again and set checked and recheck_by"
            yield Finding(CITATIONS_FILE, cited.key, f"source_check_overdue since {cited.recheck_by}", remedy)
    starts = {c.key: c.since for c in draft.citations}
    for rule in draft.rules:
        if not rule.basis:
            yield Finding(file_of(rule.id), "basis", "missing_citation", f"name a source of {CITATIONS_FILE}")
        for key in rule.basis:
            if key in starts and starts[key] > rule.since:
                yield Finding(file_of(rule.id), key, "cited_before_in_force", f"begin with {starts[key]}")
