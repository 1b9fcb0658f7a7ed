"""The other ways to evaluate the same rows: generated Python, zen-engine, and durable-rules as its papers say.

What they read is prepared beforehand and holds only the fields that the rules read: none of them pays for
a translation that is ours.
"""

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from typing import Any

from rules.plain import Holds, Numbered
from rules.to_engine import Compilation, Row, fields_of

Evaluate = Callable[[], Holds]


def straight_python(book: Compilation, rows: Sequence[Row]) -> Evaluate:
    """One generated function: a branch for each rule, an `if` for each stage."""
    made: dict[str, Callable[[Sequence[Row]], Holds]] = {}
    exec(straight_text(book), {}, made)  # noqa: S102  our own text
    return lambda: made["evaluate"](rows)


def straight_text(book: Compilation) -> str:
    """The text of that function."""
    lines = ["def evaluate(rows):", " found = []", " for position, (rule, values) in enumerate(rows):"]
    lines.append("  number = rule.number")
    for turn, rule in enumerate(book.compiled):
        lines.append(f"  {'elif' if turn else 'if'} number == {rule.number}:")
        for stage, comparisons in enumerate(rule.rows):
            test = " and ".join(f"values[{field!r}] {op} {bound}" for field, op, bound in comparisons)
            lines.append(f"   if {test or 'True'}: found.append((position, {stage}))")
        lines.append("   continue")
    return "\n".join([*lines, " return frozenset(found)"])


def zen_is_there() -> bool:
    """True if the bench's own requirements are installed."""
    return find_spec("zen") is not None


def _zen_input(book: Compilation, rows: Sequence[Row]) -> tuple[dict[str, Any], dict[int, list[int]]]:
    """The rows grouped by rule, as JSON-like values, and where each of them stood."""
    given: dict[str, Any] = {f"r{rule.number}": [] for rule in book.compiled}
    places: dict[int, list[int]] = {rule.number: [] for rule in book.compiled}
    for position, (rule, values) in enumerate(rows):
        given[f"r{rule.number}"].append({field: values[field] for field in fields_of(rule)} | {"n": 1})
        places[rule.number].append(position)
    return given, places


def _zen_text(rule: Numbered) -> str:
    """One rule over its rows: a list of booleans for each, stage by stage."""
    stages = (
        " and ".join(f"#.{field} {op} {bound}" for field, op, bound in comparisons) or "#.n == 1"
        for comparisons in rule.rows
    )
    return f"map(r{rule.number}, [{', '.join(stages)}])"


def _zen_holds(answers: Sequence[Sequence[Sequence[bool]]], places: Sequence[list[int]]) -> Holds:
    return frozenset(
        (position, stage)
        for answer, positions in zip(answers, places, strict=True)
        for position, stages in zip(positions, answer, strict=True)
        for stage, holds in enumerate(stages)
        if holds
    )


def zen_graph(book: Compilation, rows: Sequence[Row]) -> Evaluate:
    """A precompiled decision graph: one expression node with a line for each rule."""
    zen = import_module("zen")
    given, places = _zen_input(book, rows)
    nodes: list[dict[str, Any]] = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]
    lines = [{"id": f"e{r.number}", "key": f"o{r.number}", "value": _zen_text(r)} for r in book.compiled]
    nodes.append({"id": "x", "type": "expressionNode", "name": "x", "content": {"expressions": lines}})
    edges = [
        {"id": f"{a}{b}", "sourceId": a, "targetId": b, "type": "edge"}
        for a, b in (("in", "x"), ("x", "out"))
    ]
    content = zen.ZenDecisionContent(json.dumps({"nodes": nodes, "edges": edges}))
    decision = zen.ZenEngine().create_decision(content)
    keys = [f"o{rule.number}" for rule in book.compiled]

    def evaluate() -> Holds:
        result = decision.evaluate(given)["result"]
        return _zen_holds([result[key] for key in keys], list(places.values()))

    return evaluate


def zen_expression(book: Compilation, rows: Sequence[Row]) -> Evaluate:
    """The same as a single compiled expression, which is not how it is meant to be used."""
    zen = import_module("zen")
    given, places = _zen_input(book, rows)
    compiled = zen.compile_expression("[" + ", ".join(_zen_text(rule) for rule in book.compiled) + "]")
    return lambda: _zen_holds(compiled.evaluate(given), list(places.values()))


def host(book: Compilation, rows: Sequence[Row]) -> Evaluate:
    """durable-rules as documented: a Host, an action for each rule, a session for each case, fact by fact."""
    documented = import_module("durable.engine")
    found: list[tuple[int, int]] = []
    running = documented.Host()
    running.set_rulesets({"bench": _host_rules(book, found)})
    # Its two background threads would touch these very sessions; without them it is faster and does not crash.
    running._d_timer.cancel()  # noqa: SLF001
    running._t_timer.cancel()  # noqa: SLF001
    sessions = count()
    given = [
        {f: v[f] for f in fields_of(rule)} | {"t": rule.number, "position": p}
        for p, (rule, v) in enumerate(rows)
    ]

    def evaluate() -> Holds:
        found.clear()
        session = str(next(sessions))
        for position, fact in enumerate(given):
            try:
                running.assert_fact("bench", {**fact, "id": str(position), "sid": session})
            except documented.MessageNotHandledException:
                continue
        return frozenset(found)

    return evaluate


def _host_rules(book: Compilation, found: list[tuple[int, int]]) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    names = {">=": "$gte", "<=": "$lte"}
    for rule in book.compiled:
        for stage, comparisons in enumerate(rule.rows):
            terms = [{"t": rule.number}]
            terms += [{f: b} if op == "==" else {names[op]: {f: b}} for f, op, b in comparisons]  # type: ignore[dict-item]
            match = {"$and": terms} if len(terms) > 1 else terms[0]
            rules[f"r{rule.number}_{stage}"] = {"all": [{"m": match}], "run": _action(found, stage)}
    return rules


def _action(found: list[tuple[int, int]], stage: int) -> Callable[[Any], None]:
    """An action of one parameter: with a second one, even with a default, it would be taken for asynchronous."""
    return lambda closure: found.append((closure.m.position, stage))
