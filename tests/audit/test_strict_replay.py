"""Strict replay passes on the shipped workflow, and names what a changed one would have done otherwise."""

from pathlib import Path

import pytest

from audit.format import parse
from audit.histories import parsed, readable
from audit.replay import ReplayReport, replay
from tests.audit.conftest import Lived
from tests.audit.living import small_book
from tests.audit.mutating import MUTANTS, mutant
from workflows.journey import Journey


async def replayed(raw: bytes, workflow: type = Journey) -> ReplayReport:
    bundle = parse(raw)
    histories = [parsed(run.history) for run in bundle.runs]
    return await replay(bundle.journey, histories, workflow=workflow, judge=small_book)


async def test_the_shipped_workflow_replays_every_run_without_a_difference(lived: Lived) -> None:
    report = await replayed(lived.bundle)
    assert report.differences == ()
    assert report.ok
    assert report.runs == len(parse(lived.bundle).runs) >= 3
    assert report.commands_compared > 25
    assert report.decisions_reevaluated >= 3


async def test_an_open_journey_replays_too(lived: Lived) -> None:
    report = await replayed(lived.open_bundle)
    assert report.differences == ()
    assert report.commands_compared > 10


@pytest.mark.parametrize("name", sorted(MUTANTS))
async def test_a_changed_workflow_is_caught(lived: Lived, tmp_path: Path, name: str) -> None:
    with mutant(tmp_path, name) as changed:
        report = await replayed(lived.bundle, changed)
    assert not report.ok
    first = report.differences[0]
    assert first.expected != first.found
    assert any(entry.event > 0 for entry in report.differences)


def test_reading_and_showing_a_history_loses_nothing(lived: Lived) -> None:
    for run in parse(lived.bundle).runs:
        assert readable(parsed(run.history)) == run.history
