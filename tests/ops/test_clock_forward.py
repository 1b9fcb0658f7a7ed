"""The demo's clock: all open journeys gain the same time, also those that start meanwhile or were cut short."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio import activity, workflow
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from domain.errors import InvalidInput, Refusal
from ops import clock_forward
from store import clock
from store.database import Store
from tests.support.server import embedded
from tests.support.stores import sqlite_store

__all__ = ["sqlite_store"]
WAKES = 60
TWO_YEARS = timedelta(days=730)


@activity.defn
async def decide_something(day: int) -> int:
    """Stand for a decision that takes its time."""
    await asyncio.sleep(0.005)
    return day


@activity.defn
async def fail() -> None:
    """Stand for a decision that never succeeds."""
    raise RuntimeError("no")


@workflow.defn(name="Journey")
class Walk:
    """Wakes every twelve days and decides; `last` ends it early."""

    def __init__(self) -> None:
        self._woken = 0
        self._free = False

    @workflow.signal
    def go_on(self) -> None:
        """Stop deciding in vain."""
        self._free = True

    @workflow.run
    async def run(self, last: int) -> None:
        """Wake until the end; less than nothing means: decide in vain, again and again, until told."""
        if last < 0:
            trying = workflow.start_activity(fail, start_to_close_timeout=timedelta(seconds=5))
            await workflow.wait_condition(lambda: self._free)
            trying.cancel()
            last = 400
        for day in range(last):
            await workflow.sleep(timedelta(days=12))
            self._woken += 1
            await workflow.execute_activity(
                decide_something, day, start_to_close_timeout=timedelta(seconds=5)
            )

    @workflow.query
    def seen(self) -> tuple[str, int]:
        """What time it is for this journey, and how often it woke."""
        return workflow.now().isoformat(), self._woken


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    with embedded(tmp_path) as server:
        connected = await Client.connect(server.address, namespace="pakt")
        async with Worker(
            connected,
            task_queue="walks",
            workflows=[Walk],
            activities=[decide_something, fail],
            workflow_runner=UnsandboxedWorkflowRunner(),
        ):
            yield connected


async def begin(client: Client, number: int, last: int = 400) -> WorkflowHandle[Walk, None]:
    return await client.start_workflow(Walk.run, last, id=f"journey/{number}", task_queue="walks")


async def skipped_s(handle: WorkflowHandle[Walk, None]) -> float:
    about = (await handle.describe()).raw_description.workflow_extended_info.time_skipping_info
    return (about.current_time.ToDatetime(tzinfo=UTC) - datetime.now(UTC)).total_seconds()


def nothing(_done: int, _total: int) -> None:
    return


@pytest.mark.timeout(240)
async def test_twelve_journeys_of_two_years_arrive_at_one_instant_in_time(
    client: Client, sqlite_store: Store, tmp_path: Path
) -> None:
    walks = [await begin(client, number) for number in range(12)]
    target = clock.now(sqlite_store) + TWO_YEARS
    told: list[tuple[int, int]] = []
    began = time.monotonic()
    after = await clock_forward.forward(
        client, sqlite_store, target, home=tmp_path, progress=lambda done, total: told.append((done, total))
    )
    took_s = time.monotonic() - began
    gains = [await skipped_s(walk) for walk in walks]
    assert all(abs(gain - clock.offset_s(sqlite_store)) < 3 for gain in gains), gains
    assert timedelta() <= after - target < timedelta(seconds=took_s + 2)
    assert {(await walk.query(Walk.seen))[1] for walk in walks} == {WAKES}
    assert told[-1] == (12, 12)
    assert took_s < 120


async def test_a_journey_that_ends_on_the_way_does_not_hold_up_the_others(
    client: Client, sqlite_store: Store, tmp_path: Path
) -> None:
    short, long = await begin(client, 1, last=2), await begin(client, 2)
    target = clock.now(sqlite_store) + timedelta(days=100)
    await clock_forward.forward(client, sqlite_store, target, home=tmp_path, progress=nothing)
    await short.result()
    assert abs(await skipped_s(long) - clock.offset_s(sqlite_store)) < 3
    assert clock.state(sqlite_store).moving_to is None


async def test_a_journey_that_stands_still_is_left_behind_and_makes_up_for_it_at_the_next_move(
    client: Client, sqlite_store: Store, tmp_path: Path
) -> None:
    steady, still = await begin(client, 1), await begin(client, 2, last=-1)
    for days in (50, 100):
        with sqlite_store.write() as session:
            clock.begin_move(session, clock.now(session) + timedelta(days=days))
        if days == 100:
            await still.signal(Walk.go_on)
        await clock_forward.finish(client, sqlite_store, home=tmp_path, progress=nothing, patience_s=2)
        assert clock.state(sqlite_store).moving_to is None
        assert abs(await skipped_s(steady) - clock.offset_s(sqlite_store)) < 3
        assert clock_forward.left_behind(tmp_path) == (["2"] if days == 50 else [])
    assert abs(await skipped_s(still) - clock.offset_s(sqlite_store)) < 3


async def test_a_move_cut_short_is_finished_and_nobody_is_moved_twice(
    client: Client, sqlite_store: Store, tmp_path: Path
) -> None:
    walks = [await begin(client, number) for number in range(4)]
    target = clock.now(sqlite_store) + timedelta(days=200)
    first = asyncio.Event()
    move = asyncio.create_task(
        clock_forward.forward(
            client, sqlite_store, target, home=tmp_path, progress=lambda *_: first.set(), at_most=1
        )
    )
    await first.wait()
    move.cancel()
    await asyncio.wait({move})
    assert clock.state(sqlite_store).moving_to == target
    assert len(json.loads((tmp_path / "clock_move.json").read_text())) == 4
    await clock_forward.finish(client, sqlite_store, home=tmp_path, progress=nothing)
    gains = [await skipped_s(walk) for walk in walks]
    assert all(abs(gain - clock.offset_s(sqlite_store)) < 3 for gain in gains), gains
    assert not (tmp_path / "clock_move.json").exists()


async def test_while_it_moves_another_target_is_refused(sqlite_store: Store) -> None:
    target = clock.now(sqlite_store) + TWO_YEARS
    with sqlite_store.write() as session:
        clock.begin_move(session, target)
    with sqlite_store.write() as session, pytest.raises(Refusal, match="clock_moving"):
        clock.begin_move(session, target + timedelta(days=1))


async def test_without_a_move_nothing_happens(sqlite_store: Store, tmp_path: Path, client: Client) -> None:
    await begin(client, 1)
    await clock_forward.finish(client, sqlite_store, home=tmp_path, progress=nothing)
    assert clock.offset_s(sqlite_store) == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12h", datetime(2027, 1, 31, 20, tzinfo=UTC)),
        ("30d", datetime(2027, 3, 2, 8, tzinfo=UTC)),
        ("2w", datetime(2027, 2, 14, 8, tzinfo=UTC)),
        ("1m", datetime(2027, 2, 28, 8, tzinfo=UTC)),
        ("2y", datetime(2029, 1, 31, 8, tzinfo=UTC)),
        ("to 2027-07-01", datetime(2027, 7, 1, 6, tzinfo=UTC)),
    ],
)
def test_a_target_is_read_as_people_mean_it(words: str, expected: datetime) -> None:
    assert clock_forward.parse_target(words.split(), datetime(2027, 1, 31, 8, tzinfo=UTC)) == expected


@pytest.mark.parametrize("words", ["", "30", "d", "-3d", "3x", "to tomorrow", "to 2027-02-30", "99999d"])
def test_a_target_that_means_nothing_is_refused_with_examples(words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        clock_forward.parse_target(words.split(), datetime(2027, 1, 31, 8, tzinfo=UTC))
    assert refusal.value.params["remedy"]
