"""Checks of the ladder and of the gate: no second step before the first, no demand past a shut gate."""

from collections.abc import Iterator

from domain.codes import Addressee, Outcome
from rules.book import Book
from rules.check_boxes import box_of
from rules.compiled import Compiled
from rules.finding import Finding, file_of
from rules.shape import HELP, Rule, Stage, asks_participant
from rules.subjects import CLOCKS, FIELDS

_UNITS = {"d": ("d",), "W": ("d",), "AT": ("AT",), "M": ("M", "hM"), "n": ("n",), "%": ("%",)}
_HEIGHT = {Addressee.LEAD: 1, Addressee.HEAD: 2}


def gate_findings(compiled: Compiled) -> Iterator[Finding]:
    """A stage that asks the participant, or escalates about the participant, and holds while the gate is shut.

    Decided by the box of each stage, not by the mark that the compiler set: a compiler that forgot the gate is
    found as well.
    """
    rule, file = compiled.rule, file_of(compiled.rule.id)
    if not asks_participant(rule):
        return
    helps = HELP.get(rule.id, ())
    for number, row in enumerate(compiled.rows[1:], start=1):
        if number not in helps and box_of(compiled, row)["gate_open"][0] == 0:
            reason = f"demand_past_shut_gate: stage {number} holds while the gate is shut"
            yield Finding(file, "gate_open", reason, "let the compiler add the gate")
    if not rule.twin and len(helps) < len(rule.stages):
        yield Finding(file, "twin", "demand_without_twin", "name the duty of the office that comes first")


def ladder_findings(compiled: Compiled, book: Book) -> Iterator[Finding]:
    """Stages out of order, levels skipped, units mixed."""
    rule, file = compiled.rule, file_of(compiled.rule.id)
    yield from _order(compiled, file)
    yield from _levels(rule, file)
    for stage in rule.stages:
        yield from _units(stage, rule, book, file)


def _order(compiled: Compiled, file: str) -> Iterator[Finding]:
    stages = compiled.rule.stages
    for before, stage, distance in zip(stages, stages[1:], compiled.distances[1:], strict=False):
        if stage.alone:
            continue
        mark, earlier = compiled.marks[stage.no], compiled.marks[before.no]
        backwards = False
        if mark and earlier and mark[0] == earlier[0]:
            backwards = mark[2] > earlier[2] if mark[1] == "<=" else mark[2] < earlier[2]
        if distance <= 0 or backwards:
            reason = f"ladder_order: stage {stage.no} can come with or before the one before it"
            yield Finding(file, stage.after or stage.gap, reason, "give the later stage the later threshold")


def _levels(rule: Rule, file: str) -> Iterator[Finding]:
    heights = [
        max(_HEIGHT.get(who, 0) if what == Outcome.ESCALATE else 0 for what, who in s.outcomes)
        for s in rule.stages
    ]
    for stage, before, height in zip(rule.stages[1:], heights, heights[1:], strict=False):
        if not stage.alone and (height > before + 1):
            yield Finding(file, f"stage {stage.no}", "level_skipped", "ask the lead before the head")
    if rule.side == "fordern" and heights[0] > 0:
        yield Finding(file, "stage 1", "escalates_first", "remind the person or give a task first")


def _units(stage: Stage, rule: Rule, book: Book, file: str) -> Iterator[Finding]:
    if stage.field:
        unit, counts = book.parameters[stage.after].unit, FIELDS[rule.subject][stage.field].unit
        if counts not in _UNITS[unit]:
            reason = f"unit_mismatch: {stage.field} counts {counts}, {stage.after} {unit}"
            yield Finding(file, stage.field, reason, "compare a field with a parameter of its unit")
    if stage.gap:
        unit, counts = book.parameters[stage.gap].unit, CLOCKS[rule.subject]
        if counts not in _UNITS[unit]:
            reason = f"unit_mismatch: the clock counts {counts}, {stage.gap} {unit}"
            yield Finding(file, stage.gap, reason, "give the gap in the unit of the clock")
    if not stage.field and not stage.gap:
        yield Finding(file, f"stage {stage.no}", "stage_without_mark", "give it a field and a parameter")
