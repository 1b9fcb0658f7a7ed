"""No demand holds with the gate shut, whatever the facts: every flag either way, every number around its marks."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from domain.codes import Addressee
from rules.compiled import CAUSE, Compiled, compile_rule
from rules.plain import stages_of
from rules.shape import GATE_OPEN, HELP, Rule, asks_participant
from rules.subjects import FIELDS
from tests.support.facts import BOOK

Values = dict[str, int]
ASKING = [compiled for compiled in BOOK.compiled if asks_participant(compiled.rule)]


def _values_of(compiled: Compiled, name: str) -> list[int]:
    """Both states of a flag; of a number its limits and each bound with its neighbours."""
    field = FIELDS[compiled.rule.subject][name]
    bounds = {bound for row in compiled.rows for at, _, bound in row if at == name}
    near = {bound + step for bound in bounds for step in (-1, 0, 1)} | {field.low, field.high}
    return sorted(value for value in near if field.low <= value <= field.high)


def _states(compiled: Compiled, *, gate_open: int) -> Iterator[Values]:
    """Every combination of these values."""
    names = [name for name in FIELDS[compiled.rule.subject] if name != "gate_open"]
    for chosen in product(*(_values_of(compiled, name) for name in names)):
        yield {**dict(zip(names, chosen, strict=True)), "gate_open": gate_open}


def _speaking(compiled: Compiled, *, gate_open: int) -> set[int]:
    """The stages that hold in at least one state; the cause is none."""
    stages = stages_of(compiled)
    found = {stage for values in _states(compiled, gate_open=gate_open) for stage in stages(values)}
    return found - {CAUSE}


@pytest.mark.parametrize("compiled", ASKING, ids=lambda one: f"{one.rule.id}/{one.rule.version}")
def test_with_the_gate_shut_no_stage_that_asks_holds_in_any_state(compiled: Compiled) -> None:
    every = {stage.no for stage in compiled.rule.stages}
    help_ = set(HELP.get(compiled.rule.id, ()))

    assert _speaking(compiled, gate_open=1) == every
    assert _speaking(compiled, gate_open=0) == help_


def test_every_rule_that_asks_something_of_the_participant_is_among_them() -> None:
    asked = {c.rule.id for c in ASKING}

    assert asked == {f"MIT-{number:02}" for number in range(1, 13)} - {"MIT-11"}
    assert all(
        who != Addressee.PARTICIPANT
        for rule in BOOK.rules
        if rule.side == "fordern" and rule.id not in asked
        for stage in rule.stages
        for _, who in stage.outcomes
    )


@pytest.mark.parametrize("rule", [c.rule for c in ASKING], ids=lambda rule: f"{rule.id}/{rule.version}")
def test_a_rule_whose_gate_was_forgotten_is_found_speaking(rule: Rule) -> None:
    compiled = compile_rule(rule, 0, BOOK.parameters)
    forgot = tuple(tuple(c for c in row if c[0] != GATE_OPEN.field) for row in compiled.rows)
    help_ = set(HELP.get(rule.id, ()))

    found = _speaking(replace(compiled, rows=forgot), gate_open=0)

    assert (found != help_) == (len(help_) < len(rule.stages))
