"""Old records meet today's models: a field that the record did not know must equal its default, and no other."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from audit.format import parse
from audit.histories import parsed
from audit.replay import ReplayReport, replay
from tests.audit.conftest import Lived
from tests.audit.living import small_book
from workflows.journey import Journey

Json = dict[str, Any]


async def replayed(raw: bytes, change: Callable[[Json], None]) -> ReplayReport:
    content = json.loads(raw)
    for run in content["runs"]:
        for payload in payloads(run["history"]):
            change(payload)
    bundle = parse(json.dumps(content).encode())
    histories = [parsed(run.history) for run in bundle.runs]
    return await replay(bundle.journey, histories, workflow=Journey, judge=small_book)


def payloads(node: Any) -> list[Json]:
    """The values of all payloads in a shown history."""
    if isinstance(node, list):
        return [found for item in node for found in payloads(item)]
    if not isinstance(node, dict):
        return []
    if node.keys() == {"encoding", "json"}:
        return [node["json"]] if isinstance(node["json"], dict) else []
    return [found for value in node.values() for found in payloads(value)]


def without(field: str, *, where: str) -> Callable[[Json], None]:
    """Forget a field in every payload that has `where`: a record of a version that did not know it."""

    def forget(value: Any) -> None:
        if isinstance(value, dict):
            if where in value:
                value.pop(field, None)
            for inner in value.values():
                forget(inner)
        elif isinstance(value, list):
            for inner in value:
                forget(inner)

    return forget


@pytest.mark.parametrize(
    ("field", "where"),
    [("supersedes", "recorded_at"), ("stored", "first_seq"), ("schema_version", "rollover_events")],
)
async def test_a_field_at_its_default_may_be_missing_from_the_record(
    lived: Lived, field: str, where: str
) -> None:
    known = [value for run in parse(lived.bundle).runs for value in payloads(run.history)]
    assert any(f'"{field}"' in json.dumps(value) for value in known), "the record must know the field"
    assert (await replayed(lived.bundle, without(field, where=where))).differences == ()


async def test_a_field_that_is_not_at_its_default_may_not(lived: Lived) -> None:
    def forget_in_the_next_run(value: Json) -> None:
        if value.get("state") and "rollover_events" in value and value.get("wake_at"):
            value.pop("wake_at")

    report = await replayed(lived.bundle, forget_in_the_next_run)

    assert not report.ok
    assert ("continue_as_new Journey", "wake_at") in {(d.what, d.path) for d in report.differences}


async def test_a_field_of_a_later_version_disturbs_nobody(lived: Lived) -> None:
    def add(value: Json) -> None:
        value["of_a_later_version"] = 1

    def add_where_it_is_allowed(value: Json) -> None:
        if "facts" in value or "next_wake" in value:
            add(value)

    assert (await replayed(lived.bundle, add_where_it_is_allowed)).differences == ()


async def test_a_recorded_argument_that_was_altered_is_named(lived: Lived) -> None:
    def alter(value: Json) -> None:
        if "facts" in value and value.get("call") == 2:
            value["facts"]["term_months"] = 36

    report = await replayed(lived.bundle, alter)

    first = report.differences[0]
    assert (first.what, first.path) == ("activity decide", "facts.term_months")
    assert (first.expected, first.found) == (36, 24)
    assert first.event > 0


async def test_a_recorded_decision_that_was_altered_is_named(lived: Lived) -> None:
    def alter(value: Json) -> None:
        for event in value.get("events", ()):
            if "next_wake" in value and event["body"]["type"] == "decision_made":
                event["body"]["values"] = {"contacts": 9}

    report = await replayed(lived.bundle, alter)

    assert "decision made again" in {entry.what for entry in report.differences}
