"""The other ways to evaluate the same rows: generated Python, zen-engine, and durable-rules as its papers say.

Each begins where the product begins, with the weighed rows, and ends where it ends, with the set of what holds:
what it costs to write the rows as an engine wants them, and to read its answer, is part of what is measured.
Everything that can be done once for a book is done beforehand. Only the fields that the rules read are handed over.
"""

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from typing import Any

from rules.plain import Holds, Numbered, holds, stages_asked
from rules.to_engine import Compilation, Row, fields_of

Evaluate = Callable[[], Holds]
Given = dict[str, list[dict[str, int]]]
Places = dict[str, list[int]]


def straight_python(rows: Sequence[Row]) -> Evaluate:
    """The generated functions of `rules.plain` alone: an `if` for each stage that is asked for, found by rule.

    A single function with a branch for each rule was tried as well and takes longer.
    """
    return lambda: holds(rows)


def zen_is_there() -> bool:
    """True if the bench's own requirements are installed."""
    return find_spec("zen") is not None


def _zen_input(names: Sequence[str], rows: Sequence[Row]) -> tuple[Given, Places]:
    """The rows by rule as values for JSON, `d0` and so on for the stages asked for; and where each row stood."""
    given: Given = {name: [] for name in names}
    places: Places = {name: [] for name in names}
    for position, (rule, values) in enumerate(rows):
        name = f"r{rule.number}"
        given[name].append(_fact_of(rule, values))
        places[name].append(position)
    return given, places


_templates: dict[int, tuple[Numbered, tuple[str, ...], dict[str, int]]] = {}


def _fact_of(rule: Numbered, values: dict[str, int]) -> dict[str, int]:
    """The fields and stages of one row; which they are is looked up once for a rule."""
    kept = _templates.get(id(rule))
    if kept is None:
        stages = {f"d{stage}": 1 for stage in stages_asked(rule)}
        kept = _templates[id(rule)] = (rule, fields_of(rule), stages)
    return {field: values[field] for field in kept[1]} | kept[2]


def _graph(nodes: Sequence[dict[str, Any]]) -> str:
    """A decision graph: every node between the request and the response."""
    ends = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]
    pairs = [pair for node in nodes for pair in (("in", node["id"]), (node["id"], "out"))]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairs]
    return json.dumps({"nodes": [*ends, *nodes], "edges": edges})


def _table(rule: Numbered) -> dict[str, Any]:
    """A decision table as the documentation draws it: a line for each stage, a column for each thing compared."""
    columns: dict[tuple[str, int], str] = {}
    lines = []
    for stage, comparisons in enumerate(rule.rows):
        cells = {f"d{stage}": "1"}
        columns.setdefault((f"d{stage}", 0), f"d{stage}")
        seen: dict[str, int] = {}
        for field, op, bound in comparisons:
            turn = seen[field] = seen.get(field, -1) + 1
            column = columns.setdefault((field, turn), f"{field}_{turn}")
            cells[column] = str(bound) if op == "==" else f"{op} {bound}"
        lines.append((stage, cells))
    inputs = [{"id": column, "name": column, "field": field} for (field, _), column in columns.items()]
    rules = [
        {"_id": str(stage), **{c: cells.get(c, "") for c in columns.values()}, "stage": str(stage)}
        for stage, cells in lines
    ]
    outputs = [{"id": "stage", "name": "stage", "field": "stage"}]
    name = f"r{rule.number}"
    looped = {"executionMode": "loop", "inputField": name, "outputPath": name, "passThrough": False}
    content = {"hitPolicy": "collect", "inputs": inputs, "outputs": outputs, "rules": rules, **looped}
    return {"id": name, "type": "decisionTableNode", "name": name, "content": content}


def zen_graph(book: Compilation, rows: Sequence[Row]) -> Evaluate:
    """A precompiled decision graph with a decision table for each rule, looped over its rows, all that match."""
    zen = import_module("zen")
    names = [f"r{rule.number}" for rule in book.compiled]
    text = _graph([_table(rule) for rule in book.compiled])
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(text))

    def evaluate() -> Holds:
        given, places = _zen_input(names, rows)
        result = decision.evaluate(given)["result"]
        return frozenset(
            (position, hit["stage"])
            for name, positions in places.items()
            for position, hits in zip(positions, result[name], strict=True)
            for hit in hits
        )

    return evaluate


def _zen_text(rule: Numbered) -> str:
    """One rule over its rows: a list of booleans for each, stage by stage."""
    stages = (
        " and ".join([f"#.d{stage} == 1", *(f"#.{field} {op} {bound}" for field, op, bound in comparisons)])
        for stage, comparisons in enumerate(rule.rows)
    )
    return f"map(r{rule.number}, [{', '.join(stages)}])"


def _zen_holds(answers: Sequence[Sequence[Sequence[bool]]], places: Places) -> Holds:
    return frozenset(
        (position, stage)
        for answer, positions in zip(answers, places.values(), strict=True)
        for position, stages in zip(positions, answer, strict=True)
        for stage, held in enumerate(stages)
        if held
    )


def zen_lines(book: Compilation, rows: Sequence[Row]) -> Evaluate:
    """A precompiled decision graph with one expression node, a line for each rule: its graph at its fastest."""
    zen = import_module("zen")
    names = [f"r{rule.number}" for rule in book.compiled]
    lines = [{"id": f"r{r.number}", "key": f"r{r.number}", "value": _zen_text(r)} for r in book.compiled]
    node = {"id": "x", "type": "expressionNode", "name": "x", "content": {"expressions": lines}}
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(_graph([node])))

    def evaluate() -> Holds:
        given, places = _zen_input(names, rows)
        result = decision.evaluate(given)["result"]
        return _zen_holds([result[name] for name in names], places)

    return evaluate


def zen_expression(book: Compilation, rows: Sequence[Row]) -> Evaluate:
    """The same as a single compiled expression, which is not how it is meant to be used."""
    zen = import_module("zen")
    names = [f"r{rule.number}" for rule in book.compiled]
    compiled = zen.compile_expression("[" + ", ".join(_zen_text(rule) for rule in book.compiled) + "]")

    def evaluate() -> Holds:
        given, places = _zen_input(names, rows)
        return _zen_holds(compiled.evaluate(given), places)

    return evaluate


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

    def evaluate() -> Holds:
        found.clear()
        session = str(next(sessions))
        for position, (rule, values) in enumerate(rows):
            fact = {"t": rule.number, "position": position, "id": str(position), "sid": session}
            try:
                running.assert_fact("bench", _fact_of(rule, values) | fact)
            except documented.MessageNotHandledException:
                continue
        return frozenset(found)

    return evaluate


def _host_rules(book: Compilation, found: list[tuple[int, int]]) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    names = {">=": "$gte", "<=": "$lte"}
    for rule in book.compiled:
        for stage, comparisons in enumerate(rule.rows):
            terms: list[dict[str, Any]] = [{"t": rule.number}, {f"d{stage}": 1}]
            terms += [{f: b} if op == "==" else {names[op]: {f: b}} for f, op, b in comparisons]
            match = {"$and": terms}
            rules[f"r{rule.number}_{stage}"] = {"all": [{"m": match}], "run": _action(found, stage)}
    return rules


def _action(found: list[tuple[int, int]], stage: int) -> Callable[[Any], None]:
    """An action of one parameter: with a second one, even with a default, it would be taken for asynchronous."""
    return lambda closure: found.append((closure.m.position, stage))
