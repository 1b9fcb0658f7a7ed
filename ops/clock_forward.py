"""The demo's clock: every open journey is carried to one target instant, then the clock itself.

A journey's business time is its own workflow time plus a shift fixed at its start, so all journeys gain
the same number of seconds. What each had skipped before stands in a file: an interrupted move knows how
much is missing. A journey that stands still is left behind after a while, noted in another file, and makes
up for it by itself once it goes on, or at the next move.
"""

import asyncio
import json
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.common.v1 import TimeSkippingConfig, TimeSkippingInfo, WorkflowExecution
from temporalio.api.enums.v1.time_skipping_pb2 import FastForwardPollingResult
from temporalio.api.workflow.v1 import WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import (
    PollWorkflowExecutionTimeSkippingRequest,
    UpdateWorkflowExecutionOptionsRequest,
)
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from domain.calendar import add_months, at_berlin, berlin_day
from domain.errors import InvalidInput
from ops import logging
from store import clock, replans
from store.database import Store

AT_MOST = 16
SKIPS_AT_MOST = 50_000
MOVED_TYPES = ("Journey",)
"""Offices are not carried: one look at the new day is right, and it is ordered when the journeys have arrived."""

NEAR_ENOUGH_S = 1.5
PATIENCE_S = 60.0
_ASK_S = 0.5
_PASSES = 4
_PLAN = "clock_move.json"
_LEFT = "clock_left.json"
_STEP = re.compile(r"(\d{1,4})([hdwmy])")
_ARRIVED = FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED
_FAILED = FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED
_GONE = (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION)

Progress = Callable[[int, int], None]
log = logging.logger("clock")


def parse_target(words: list[str], now: datetime) -> datetime:
    """The instant meant by `30d`, `12h`, `2w`, `6m`, `2y` or `to 2027-03-01`; months are calendar months."""
    text = " ".join(words).strip().lower()
    if text.startswith("to "):
        return _day_at_eight(text.removeprefix("to ").strip())
    match = _STEP.fullmatch(text)
    if match is None:
        raise InvalidInput(
            "clock_step_unknown", field="duration", remedy="30d, 12h, 2w, 6m, 2y, to YYYY-MM-DD"
        )
    amount, unit = int(match[1]), match[2]
    if unit in "my":
        months = amount * (12 if unit == "y" else 1)
        return now + (add_months(berlin_day(now), months) - berlin_day(now))
    return now + amount * {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}[unit]


def _day_at_eight(text: str) -> datetime:
    try:
        return at_berlin(date.fromisoformat(text), time(8))
    except ValueError:
        raise InvalidInput("date_malformed", field="to", remedy="YYYY-MM-DD") from None


async def forward(
    client: Client,
    store: Store,
    target: datetime,
    *,
    home: Path,
    progress: Progress,
    at_most: int = AT_MOST,
) -> datetime:
    """Move to a target instant, or finish the move to it; returns the business instant afterwards."""
    await asyncio.to_thread(_begin, store, target)
    return await finish(client, store, home=home, progress=progress, at_most=at_most)


async def finish(
    client: Client,
    store: Store,
    *,
    home: Path,
    progress: Progress,
    at_most: int = AT_MOST,
    patience_s: float = PATIENCE_S,
) -> datetime:
    """Carry the move under way to its end; without one, nothing happens. Safe to repeat after any crash.

    A journey that makes no progress for `patience_s` is left behind, so that the clock arrives in any case.
    """
    state = await asyncio.to_thread(clock.state, store)
    if state.moving_to is None:
        return await asyncio.to_thread(clock.now, store)
    move = _Move(
        client, store, gain_s=state.offset_after_s - state.offset_s, home=home, patience_s=patience_s
    )
    await move.carry_all(progress, at_most)
    move.note_left()
    await asyncio.to_thread(_end, store)
    move.plan.unlink(missing_ok=True)
    log.info("clock_moved", count=len(move.before), duration_ms=move.duration_ms)
    return await asyncio.to_thread(clock.now, store)


def left_behind(home: Path) -> list[str]:
    """The journeys that the last move went on without."""
    return sorted(workflow.rpartition("/")[2] for workflow in _read(home / _LEFT))


def _read(path: Path) -> dict[str, float]:
    found: dict[str, float] = json.loads(path.read_text()) if path.is_file() else {}
    return found


def _begin(store: Store, target: datetime) -> None:
    with store.write() as session:
        clock.begin_move(session, target)


def _end(store: Store) -> None:
    with store.write() as session:
        clock.finish_move(session)
        replans.nudge(session, "clock_moved")


class _Move:
    """One move of all open journeys by the same gain."""

    def __init__(self, client: Client, store: Store, *, gain_s: int, home: Path, patience_s: float) -> None:
        self.client, self.store, self.gain_s, self.patience_s = client, store, gain_s, patience_s
        self.plan, self.left_file = home / _PLAN, home / _LEFT
        self.before = _read(self.plan)
        self.owed = _read(self.left_file)
        self.left: dict[str, str] = {}
        self._began = datetime.now(UTC)
        self._done: set[str] = set()
        self._noting = asyncio.Lock()

    @property
    def duration_ms(self) -> int:
        return int((datetime.now(UTC) - self._began).total_seconds() * 1000)

    async def carry_all(self, progress: Progress, at_most: int) -> None:
        """Pass over the open journeys until none is left behind, nor one that started meanwhile."""
        places = asyncio.Semaphore(at_most)
        for _ in range(_PASSES):
            missing = await self._missing()
            if not missing:
                return
            try:
                async with asyncio.TaskGroup() as group:
                    for journey, seconds in missing.items():
                        group.create_task(self._one_of(places, journey, seconds, progress))
            except ExceptionGroup as failed:
                raise failed.exceptions[0] from None
        for journey in await self._missing():
            self._leave(journey, "clock_not_settled")

    def note_left(self) -> None:
        """Say which journeys the move goes on without, and up to where each should have come."""
        if not self.left:
            self.left_file.unlink(missing_ok=True)
            return
        _write(self.left_file, {journey: self.before[journey] + self.gain_s for journey in self.left})
        for code in sorted(set(self.left.values())):
            log.warning("clock_left_behind", count=list(self.left.values()).count(code), code=code)

    def _leave(self, journey: str, code: str) -> None:
        self.left[journey] = code

    async def _one_of(
        self, places: asyncio.Semaphore, journey: str, seconds: float, progress: Progress
    ) -> None:
        async with places:
            await self._carry(journey, seconds)
        self._done.add(journey)
        progress(len(self._done), len(self.before))
        async with self._noting:
            await asyncio.to_thread(self._note)

    async def _missing(self) -> Mapping[str, float]:
        """How many seconds each open journey still lacks; what a newcomer had skipped is noted first."""
        skipped = {journey: await self._skipped(journey) for journey in await self._open()}
        present = {journey: value for journey, value in skipped.items() if value is not None}
        # What an earlier move left behind begins where it should have come by then.
        news = {j: self.owed.get(j, value) for j, value in present.items() if j not in self.before}
        if news:
            self.before |= news
            _write(self.plan, self.before)
        lacking = {
            journey: self.gain_s - (value - self.before[journey])
            for journey, value in present.items()
            if journey not in self.left
        }
        return {journey: seconds for journey, seconds in lacking.items() if seconds > NEAR_ENOUGH_S}

    async def _open(self) -> list[str]:
        query = "ExecutionStatus = 'Running'"
        running = [found async for found in self.client.list_workflows(query)]
        return sorted(found.id for found in running if found.workflow_type in MOVED_TYPES)

    async def _skipped(self, journey: str) -> float | None:
        """By how many seconds a journey's time is ahead of the server's, None if it has ended."""
        described = await self.client.get_workflow_handle(journey).describe()
        if described.status is not WorkflowExecutionStatus.RUNNING:
            return None
        about = described.raw_description.workflow_extended_info
        if not about.HasField("time_skipping_info"):
            return 0.0
        return (_time_of(about.time_skipping_info) - datetime.now(UTC)).total_seconds()

    async def _carry(self, journey: str, seconds: float) -> None:
        """Order the journey's way and wait for its arrival; a journey that ends on the way has arrived."""
        name = uuid.uuid4().hex
        try:
            await self._order(journey, name, timedelta(seconds=seconds))
            await self._wait(journey, name)
        except RPCError as error:
            if error.status not in _GONE:
                raise

    async def _wait(self, journey: str, name: str) -> None:
        """Until it has arrived, or has stood still for too long: one journey must not stop the clock."""
        seconds = asyncio.get_running_loop().time
        seen, since = await self._place(journey), seconds()
        while not await self._arrived(journey, name):
            place = await self._place(journey)
            if place.skips >= SKIPS_AT_MOST:
                # The server turns skipping off in silence after too many skips; waiting would last years.
                return self._leave(journey, "clock_stuck")
            if place != seen:
                seen, since = place, seconds()
            elif seconds() - since >= self.patience_s:
                return self._leave(journey, "clock_still")
        return None

    async def _arrived(self, journey: str, name: str) -> bool:
        """The server's answer, which it gives late; without one in good time the journey is on its way."""
        try:
            async with asyncio.timeout(max(self.patience_s / 4, _ASK_S)):
                return await self._poll(journey, name)
        except TimeoutError:
            return False

    async def _order(self, journey: str, name: str, way: timedelta) -> None:
        config = TimeSkippingConfig(enabled=True, max_session_skip_count=SKIPS_AT_MOST)
        config.fast_forward_config.id = name
        config.fast_forward_config.duration.FromTimedelta(way)
        await self.client.workflow_service.update_workflow_execution_options(
            UpdateWorkflowExecutionOptionsRequest(
                namespace=self.client.namespace,
                workflow_execution=WorkflowExecution(workflow_id=journey),
                workflow_execution_options=WorkflowExecutionOptions(time_skipping_config=config),
                update_mask=FieldMask(paths=["time_skipping_config"]),
            ),
            retry=True,
        )

    async def _poll(self, journey: str, name: str) -> bool:
        answer = await self.client.workflow_service.poll_workflow_execution_time_skipping(
            PollWorkflowExecutionTimeSkippingRequest(
                namespace=self.client.namespace,
                workflow_execution=WorkflowExecution(workflow_id=journey),
                fast_forward_id=name,
            ),
            retry=True,
        )
        return answer.fast_forward_polling_result in (_ARRIVED, _FAILED)

    async def _place(self, journey: str) -> "_Place":
        described = await self.client.get_workflow_handle(journey).describe()
        about = described.raw_description.workflow_extended_info.time_skipping_info
        return _Place(described.run_id, described.history_length, about.current_session_skip_count)

    def _note(self) -> None:
        with self.store.write() as session:
            clock.note_progress(session, len(self._done))


class _Place(NamedTuple):
    """How far a journey has come on its way; the same twice means that it stands still."""

    run: str | None
    events: int
    skips: int


def _write(path: Path, content: dict[str, float]) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(content))
    draft.replace(path)


def _time_of(about: TimeSkippingInfo) -> datetime:
    return about.current_time.ToDatetime(tzinfo=UTC)
