"""A book in the form in which it is evaluated: comparisons of fields with numbers, nothing else."""

from dataclasses import dataclass
from itertools import pairwise

from rules.shape import Condition, Op, Parameter, Rule, Stage, held_back_by

Comparison = tuple[str, Op, int]
CAUSE = 0


@dataclass(frozen=True, slots=True)
class Compiled:
    """One rule ready to be evaluated: `rows[0]` is its cause alone, `rows[n]` all that stage n needs."""

    rule: Rule
    number: int
    rows: tuple[tuple[Comparison, ...], ...]
    distances: tuple[int, ...]
    gated: bool


def compile_rule(rule: Rule, number: int, parameters: dict[str, Parameter]) -> Compiled:
    """The rule with its parameters filled in; the gate is added here and nowhere else."""
    cause = tuple(_filled(c, parameters) for c in rule.cause)
    held = [tuple(_filled(c, parameters) for c in held_back_by(rule, stage)) for stage in rule.stages]
    stages = tuple(
        (*cause, *quiet, _reached(stage, parameters)) for stage, quiet in zip(rule.stages, held, strict=True)
    )
    return Compiled(
        rule=rule,
        number=number,
        rows=(cause, *stages),
        distances=_distances(rule.stages, parameters),
        gated=any(field == "gate_open" for quiet in held for field, _, _ in quiet),
    )


def _filled(condition: Condition, parameters: dict[str, Parameter]) -> Comparison:
    bound = condition.bound
    number = parameters[bound].bound if isinstance(bound, str) else bound
    return condition.field, condition.op, number


def _reached(stage: Stage, parameters: dict[str, Parameter]) -> Comparison:
    return stage.field, ">=", parameters[stage.after].bound


def _distances(stages: tuple[Stage, ...], parameters: dict[str, Parameter]) -> tuple[int, ...]:
    """How far each stage lies behind the one before; from one field to another the whole mark (A-06)."""
    found = [0]
    for before, stage in pairwise(stages):
        mark = parameters[stage.after].bound
        found.append(mark - parameters[before.after].bound if stage.field == before.field else mark)
    return tuple(found)
