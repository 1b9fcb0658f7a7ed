"""Histories of released versions replay with the workflow of today, command by command.

If this fails after a change of `workflows/`: journeys in the field would stop. Gate the change with
`workflow.patched("…")`, so that old histories keep their old commands. Only what was never released may be
recorded anew: `python -m tests.replay.record`.

If it says `edition_not_here`: a book or calendar was changed under its old id. Once released it must stay loadable,
so make a new book beside it; before the first release, record anew.
"""

from pathlib import Path

import pytest

from audit.format import parse, read
from audit.histories import parsed
from audit.replay import replay
from audit.shipped import judge, replay_bundle
from audit.verify import verify
from workflows.journey import Journey

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


def test_there_is_a_golden_history() -> None:
    assert GOLDEN


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
async def test_a_golden_history_replays_without_a_difference(path: Path) -> None:
    raw = read(path)
    assert verify(raw).ok

    report = await replay_bundle(parse(raw))

    assert report.differences == (), __doc__
    assert report.commands_compared > 50
    assert report.decisions_reevaluated > 10


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
async def test_a_golden_decision_that_comes_out_otherwise_is_named(path: Path) -> None:
    bundle = parse(read(path))
    histories = [parsed(run.history) for run in bundle.runs]

    def forgetful(*asked: object) -> list[object]:
        return [made for made in judge(*asked) if made.rule != "FOE-02"]  # type: ignore[arg-type]

    report = await replay(bundle.journey, histories, workflow=Journey, judge=forgetful)  # type: ignore[arg-type]

    assert not report.ok
    assert {entry.what for entry in report.differences} == {"decision made again"}
    assert all(entry.event > 0 for entry in report.differences)
