"""A book in the form in which it is evaluated: comparisons of fields with numbers, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from domain.gate import Ask
from rules.shape import Condition, Op, Parameter, Rule, Stage, ask_of, held_back_by
from rules.subjects import FIELDS

Comparison = tuple[str, Op, int]
Named = Mapping[str, Parameter]
CAUSE = 0


@dataclass(frozen=True, slots=True)
class Compiled:
    """One rule ready to be evaluated: `rows[0]` is its cause alone, `rows[n]` all that stage n needs.

    `marks[n]` is the comparison by which stage n is reached, the last of its row, or None where it needs none.
    `distances[n - 1]` is how long after the stage before it stage n may act, on the clock of the subject.
    `ask` is what the gate is asked for it.
    """

    rule: Rule
    number: int
    rows: tuple[tuple[Comparison, ...], ...]
    marks: tuple[Comparison | None, ...]
    distances: tuple[int, ...]
    gated: bool
    ask: Ask

    def held_back(self, stage: int) -> tuple[Comparison, ...]:
        """What a stage needs beside its mark."""
        row = self.rows[stage]
        return row[:-1] if self.marks[stage] is not None else row


def compile_rule(rule: Rule, number: int, parameters: Named) -> Compiled:
    """The rule with its parameters filled in; the gate is added here and nowhere else."""
    cause = tuple(_filled(rule, c, parameters) for c in rule.cause)
    marks = (None, *(_mark(rule, stage, parameters) for stage in rule.stages))
    rows = [cause]
    gated = False
    for stage, mark in zip(rule.stages, marks[1:], strict=True):
        held = held_back_by(rule, stage)
        gated = gated or any(c.field == "gate_open" for c in held)
        filled = tuple(_filled(rule, c, parameters) for c in held)
        rows.append((*cause, *filled, *((mark,) if mark else ())))
    distances = _distances(rule, marks, parameters)
    return Compiled(rule, number, tuple(rows), marks, distances, gated, ask_of(rule))


def _filled(rule: Rule, condition: Condition, parameters: Named) -> Comparison:
    bound = condition.bound
    unit = FIELDS[rule.subject][condition.field].unit
    number = parameters[bound].bound(unit) if isinstance(bound, str) else bound
    return condition.field, condition.op, number


def _mark(rule: Rule, stage: Stage, parameters: Named) -> Comparison | None:
    """The comparison that reaches the stage; `>` becomes `>=` of the next number, which the engine knows."""
    if not stage.field:
        return None
    bound = parameters[stage.after].bound(FIELDS[rule.subject][stage.field].unit)
    if stage.op == ">":
        return stage.field, ">=", bound + 1
    return stage.field, stage.op, bound


def _distances(rule: Rule, marks: tuple[Comparison | None, ...], parameters: Named) -> tuple[int, ...]:
    """How far each stage lies behind the one before; from one field to another the whole mark (A-06)."""
    found = [0]
    for (_, before), (stage, mark) in pairwise(zip(rule.stages, marks[1:], strict=True)):
        found.append(_distance(stage, before, mark, parameters))
    return tuple(found)


def _distance(stage: Stage, before: Comparison | None, mark: Comparison | None, parameters: Named) -> int:
    if stage.alone:
        return 0
    if stage.gap:
        return parameters[stage.gap].bound("")
    if mark is None:
        return 0
    if before is None or mark[0] != before[0]:
        return mark[2]
    return abs(mark[2] - before[2])
