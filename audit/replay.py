"""Strict replay: Temporal's replayer with today's code, every command compared, every decision made again."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.worker import Replayer, WorkflowRunner

from audit.comparing import Difference, differences
from audit.histories import run_id
from audit.judging import Judge, judge_again
from audit.steps import recorded, watched
from audit.watching import Watch, WatchingRunner
from domain.ids import workflow_id
from domain.model import Wire
from workflows import sandbox

SHOWN = 50
LONGEST = 300


class ReplayReport(Wire):
    """What came of replaying all runs of a journey; `ok` means that nothing differs."""

    ok: bool
    runs: int
    commands_compared: int
    decisions_reevaluated: int
    differences: tuple[Difference, ...] = ()


@dataclass
class _Tally:
    runs: int = 0
    compared: int = 0
    unequal: list[Difference] = field(default_factory=list)


async def replay(
    journey: str,
    histories: Sequence[History],
    *,
    workflow: type,
    judge: Judge,
    runner: Callable[[], WorkflowRunner] = sandbox.runner,
) -> ReplayReport:
    """Replay all runs of a journey in order with this workflow code and make every acting decision again."""
    tally = await _replay_runs(journey, histories, workflow=workflow, runner=WatchingRunner(runner()))
    judged, unequal = judge_again(histories, judge)
    every = [*tally.unequal, *unequal]
    return ReplayReport(
        ok=not every,
        runs=tally.runs,
        commands_compared=tally.compared,
        decisions_reevaluated=judged,
        differences=tuple(every[:SHOWN]),
    )


async def _replay_runs(
    journey: str, histories: Sequence[History], *, workflow: type, runner: WatchingRunner
) -> _Tally:
    tally = _Tally()
    replayer = Replayer(
        workflows=[workflow],
        workflow_runner=runner,
        data_converter=pydantic_data_converter,
        runtime=_quiet(),
    )

    async def one_by_one() -> AsyncIterator[WorkflowHistory]:
        for history in histories:
            runner.watch = Watch()
            yield WorkflowHistory(workflow_id(journey), history.events)

    async with replayer.workflow_replay_iterator(one_by_one()) as results:
        async for result in results:
            history = histories[tally.runs]
            tally.runs += 1
            _compare(history, runner.watch, result.replay_failure, tally)
    return tally


def _compare(history: History, watch: Watch, failure: Exception | None, tally: _Tally) -> None:
    run = run_id(history)
    met, unequal = differences(run, recorded(history), watched(watch.activations, history))
    tally.compared += met
    if failure is not None:
        # The replayer stops code at its first impossible command: what it did not get to is no difference.
        unequal = [entry for entry in unequal if not _not_reached(entry)]
        reached = watch.activations[-1].history_length if watch.activations else 0
        unequal.append(_impossible(run, str(failure), reached))
    tally.unequal += unequal


def _impossible(run: str, failure: str, reached: int) -> Difference:
    """What the replayer itself objected to, at the event that it names or else where the code had got to."""
    said = re.search(r'message: "((?:[^"\\]|\\.)*)"', failure)
    event = re.search(r"HistoryEvent\(id: (\d+), (\w+)\)", failure)
    return Difference(
        run=run,
        event=int(event[1]) if event else reached,
        what="replay",
        path="command",
        expected=event[2] if event else None,
        found=said[1] if said else failure[:LONGEST],
    )


@cache
def _quiet() -> Runtime:
    """A runtime that does not log what the report says anyway."""
    errors = TelemetryFilter(core_level="ERROR", other_level="ERROR")
    return Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(filter=errors)))


def _not_reached(entry: Difference) -> bool:
    return entry.path == "step" and entry.event > 0
