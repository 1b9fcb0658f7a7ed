"""Checks of the boxes: bounds that never occur, rows that no values fulfil, rules that say the same."""

from collections.abc import Iterator, Sequence

from rules.compiled import Comparison, Compiled
from rules.finding import Finding, file_of
from rules.subjects import FIELDS

Box = dict[str, tuple[int, int]]


def box_of(compiled: Compiled, row: Sequence[Comparison]) -> Box:
    """The values that fulfil a row: for each field of the subject the lowest and the highest."""
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


def box_findings(compiled: Compiled) -> Iterator[Finding]:
    """A bound that the field never has, and conditions that no values fulfil together."""
    fields = FIELDS[compiled.rule.subject]
    file = file_of(compiled.rule.id)
    for stage, row in enumerate(compiled.rows):
        for name, op, bound in row:
            known = fields[name]
            if not known.low <= bound <= known.high:
                reason = f"stage {stage}: {op} {bound} is outside {known.low} to {known.high} {known.unit}"
                yield Finding(file, name, f"value_out_of_range: {reason}", "compare with a value that occurs")
        box = box_of(compiled, row)
        empty = next((name for name, _, _ in row if box[name][0] > box[name][1]), None)
        if empty is not None:
            remedy = "drop one of the conditions on this field"
            yield Finding(file, empty, f"unsatisfiable: stage {stage} can never hold", remedy)


def subsumed(every: Sequence[Compiled]) -> Iterator[Finding]:
    """Two rules on one subject, in force together, of which one says all that the other says."""
    for one in every:
        for other in every:
            if one.number != other.number and _comparable(one, other) and _says_all(one, other):
                reason = f"subsumed: {one.rule.id} already says it"
                yield Finding(file_of(other.rule.id), "conditions", reason, "drop one of the two rules")


def _comparable(one: Compiled, other: Compiled) -> bool:
    """True for two rules on one kind of subject whose first stages do the same, at the same time in force."""
    a, b = one.rule, other.rule
    together = not ((a.until and a.until < b.since) or (b.until and b.until < a.since))
    return together and a.subject == b.subject and a.stages[0].outcomes == b.stages[0].outcomes


def _says_all(one: Compiled, other: Compiled) -> bool:
    wide, narrow = box_of(one, one.rows[1]), box_of(other, other.rows[1])
    return all(wide[n][0] <= narrow[n][0] and narrow[n][1] <= wide[n][1] for n in wide)
