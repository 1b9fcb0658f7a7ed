"""`pakt rules check`: what a reader would miss, decided exactly: conditions are boxes over integers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.calendar import Calendar
from domain.codes import Addressee, Outcome
from domain.errors import InvalidInput
from domain.gate import DEMAND_RULES, HELP
from rules.book import Book, assemble
from rules.check_cases import case_findings
from rules.compiled import Comparison, Compiled
from rules.finding import Finding, file_of
from rules.shape import Citation, Parameter, Rule, asks_participant
from rules.subjects import FIELDS

PARAMETERS_FILE = "rules/parameters.toml"
CITATIONS_FILE = "rules/citations.toml"
_UNITS = {"d": "d", "W": "d", "AT": "AT", "M": "M"}
_HEIGHT = {Addressee.PARTICIPANT: 0, Addressee.CASE_WORKER: 0, Addressee.LEAD: 1, Addressee.HEAD: 2}


@dataclass(frozen=True)
class Draft:
    """The parts of a book before anybody has vouched for them."""

    rules: Sequence[Rule]
    parameters: Sequence[Parameter]
    citations: Sequence[Citation]
    valid_from: date = field(default=date(2026, 1, 1))


def draft_of(book: Book) -> Draft:
    """The parts of a book that is in force."""
    parameters, citations = list(book.parameters.values()), list(book.citations.values())
    return Draft(book.rules, parameters, citations, book.valid_from)


def check(draft: Draft, on: date, *, calendar: Calendar) -> tuple[Finding, ...]:
    """Every fault of a draft on a day, each with file, field, reason and remedy."""
    found = [*_duplicates(draft), *_parameters(draft), *_citations(draft, on)]
    sound = []
    for rule in draft.rules:
        refused = _refusal(rule, draft)
        if refused is not None:
            found.append(refused)
        else:
            sound.append(rule)
    if sound and not _names_twice(draft):
        book = assemble(
            "draft", draft.valid_from, rules=sound, parameters=draft.parameters, citations=draft.citations
        )
        for compiled in book.compiled:
            found += _of_rule(compiled, book)
            found += case_findings(compiled, book, calendar)
        found += _subsumed(book.compiled)
    return tuple(found)


def _refusal(rule: Rule, draft: Draft) -> Finding | None:
    """What loading the rule alone would refuse: an unknown field, subject, parameter or source."""
    try:
        assemble(
            "draft", draft.valid_from, rules=[rule], parameters=draft.parameters, citations=draft.citations
        )
    except InvalidInput as refused:
        params = refused.params
        return Finding(file_of(rule.id), params["field"], refused.code, params["remedy"])
    return None


def _names_twice(draft: Draft) -> bool:
    return any(True for _ in _duplicates(draft))


def _duplicates(draft: Draft) -> Iterator[Finding]:
    kinds = (
        ("rules/catalogue", [rule.id for rule in draft.rules]),
        (PARAMETERS_FILE, [p.name for p in draft.parameters]),
        (CITATIONS_FILE, [c.key for c in draft.citations]),
    )
    for file, names in kinds:
        for name in sorted({n for n in names if names.count(n) > 1}):
            yield Finding(file, name, "duplicate_id", "give each its own name")


def _parameters(draft: Draft) -> Iterator[Finding]:
    for p in draft.parameters:
        if not p.low <= p.value <= p.high:
            reason = f"value_out_of_range: {p.value} is not within {p.low} to {p.high} {p.unit}"
            yield Finding(PARAMETERS_FILE, p.name, reason, "set a value within its limits")
        if p.since > draft.valid_from or (p.until is not None and p.until < draft.valid_from):
            yield Finding(PARAMETERS_FILE, p.name, "not_in_force", f"date it to cover {draft.valid_from}")


def _citations(draft: Draft, on: date) -> Iterator[Finding]:
    used = {key for rule in draft.rules for key in rule.basis}
    for cited in (c for c in draft.citations if c.key in used):
        if cited.until is not None and cited.until < on:
            remedy = "cite the provision that follows it, or end the rule"
            yield Finding(CITATIONS_FILE, cited.key, f"expired on {cited.until}", remedy)
        if cited.recheck_by < on:
            remedy = "read the source again and set checked and recheck_by"
            yield Finding(CITATIONS_FILE, cited.key, f"source_check_overdue since {cited.recheck_by}", remedy)
    for rule in draft.rules:
        starts = {c.key: c.since for c in draft.citations}
        for key in rule.basis:
            if key in starts and starts[key] > rule.since:
                yield Finding(file_of(rule.id), key, "cited_before_in_force", f"begin with {starts[key]}")


def _of_rule(compiled: Compiled, book: Book) -> Iterator[Finding]:
    yield from _boxes(compiled)
    yield from _gate(compiled)
    yield from _ladder(compiled, book)


def _boxes(compiled: Compiled) -> Iterator[Finding]:
    """A bound that the field never has, and conditions that no values fulfil together."""
    fields = FIELDS[compiled.rule.subject]
    file = file_of(compiled.rule.id)
    for stage, row in enumerate(compiled.rows):
        for name, op, bound in row:
            known = fields[name]
            if not known.low <= bound <= known.high:
                reason = f"stage {stage}: {op} {bound} is outside {known.low} to {known.high} {known.unit}"
                yield Finding(file, name, f"value_out_of_range: {reason}", "compare with a value that occurs")
        empty = next((name for name in {n for n, _, _ in row} if _is_empty(_box(compiled, row), name)), None)
        if empty is not None:
            remedy = "drop one of the conditions on this field"
            yield Finding(file, empty, f"unsatisfiable: stage {stage} can never hold", remedy)


Box = dict[str, tuple[int, int]]


def _box(compiled: Compiled, row: Sequence[Comparison]) -> Box:
    fields = FIELDS[compiled.rule.subject]
    box = {name: (known.low, known.high) for name, known in fields.items()}
    for name, op, bound in row:
        low, high = box[name]
        if op in (">=", "=="):
            low = max(low, bound)
        if op in ("<=", "=="):
            high = min(high, bound)
        box[name] = (low, high)
    return box


def _is_empty(box: Box, name: str) -> bool:
    low, high = box[name]
    return low > high


def _gate(compiled: Compiled) -> Iterator[Finding]:
    """A demand that could pass a shut gate: by its box, or by calling itself help."""
    rule, file = compiled.rule, file_of(compiled.rule.id)
    reminds = any(o == Outcome.REMIND for stage in rule.stages for o, _ in stage.outcomes)
    if rule.help and (reminds or HELP.get(rule.id) != rule.help):
        remedy = "help reminds nobody of anything and stands with its reason in domain/gate.py"
        yield Finding(file, "help", "demand_called_help", remedy)
    if not asks_participant(rule) or rule.id in HELP:
        return
    if rule.id not in DEMAND_RULES:
        yield Finding(file, "id", "demand_unknown_to_gate", "add it to DEMAND_RULES in domain/gate.py")
    for stage, row in enumerate(compiled.rows[1:], start=1):
        if _box(compiled, row)["gate_open"][0] == 0:
            reason = f"demand_past_shut_gate: stage {stage} holds while the gate is shut"
            yield Finding(file, "gate_open", reason, "a demand is no help; take the mark away")
    if not rule.twin:
        yield Finding(file, "twin", "demand_without_twin", "name the duty of the office that comes first")


def _ladder(compiled: Compiled, book: Book) -> Iterator[Finding]:
    rule, file = compiled.rule, file_of(compiled.rule.id)
    if [stage.no for stage in rule.stages] != list(range(1, len(rule.stages) + 1)):
        yield Finding(file, "stages", "stages_misnumbered", "number them 1, 2, 3 …")
    for stage, distance in list(zip(rule.stages, compiled.distances, strict=True))[1:]:
        if distance <= 0:
            reason = f"ladder_order: stage {stage.no} can come with or before the one before it"
            yield Finding(file, stage.after, reason, "give the later stage the later threshold")
    heights = [max(_HEIGHT[who] for _, who in stage.outcomes) for stage in rule.stages]
    for stage, before, height in zip(rule.stages[1:], heights, heights[1:], strict=False):
        if height > before + 1 or (height == _HEIGHT[Addressee.HEAD] and before == 0):
            yield Finding(file, f"stage {stage.no}", "level_skipped", "ask the lead before the head")
    if rule.side == "fordern" and heights[0] > 0:
        yield Finding(file, "stage 1", "escalates_first", "remind the person or give a task first")
    fields = FIELDS[rule.subject]
    for stage in rule.stages:
        unit = book.parameters[stage.after].unit
        if _UNITS[unit] != fields[stage.field].unit:
            reason = f"unit_mismatch: {stage.field} counts {fields[stage.field].unit}, {stage.after} {unit}"
            yield Finding(file, stage.field, reason, "compare a field with a parameter of its unit")


def _subsumed(every: Sequence[Compiled]) -> Iterator[Finding]:
    """Two rules on one subject of which one says all that the other says."""
    for one in every:
        for other in every:
            if one.number == other.number or one.rule.subject != other.rule.subject:
                continue
            if one.rule.stages[0].outcomes != other.rule.stages[0].outcomes:
                continue
            wide, narrow = _box(one, one.rows[1]), _box(other, other.rows[1])
            if all(wide[n][0] <= narrow[n][0] and narrow[n][1] <= wide[n][1] for n in wide):
                reason = f"subsumed: {one.rule.id} already says it"
                yield Finding(file_of(other.rule.id), "conditions", reason, "drop one of the two rules")
