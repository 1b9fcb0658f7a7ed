"""Drives one journey through virtual time: to the next act, the act through the gateway, and on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from domain.calendar import berlin_day
from domain.commands import Command, Receipt
from domain.errors import NotFound, Refusal, Unconfirmed
from domain.ids import workflow_id
from ops.simulate.agenda import Deed, Scene
from ops.simulate.arrivals import Arrival, start
from ops.simulate.parts import Parts
from ops.simulate.story import Story
from store import queries

MOST_SKIPS = 5000
ATTEMPTS = 5
WAIT_S = 30.0
_GONE = (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION)


@dataclass
class Travelled:
    """What became of one life, as seen from outside of the house."""

    journey: str
    life: str
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)
    ended: bool = False


class Traveller:
    """One journey on its way."""

    def __init__(self, parts: Parts, arrival: Arrival) -> None:
        """Nothing has begun yet."""
        self._parts = parts
        self._arrival = arrival
        self._story = Story(arrival.play)
        config = TimeSkippingConfig(max_session_skip_count=MOST_SKIPS)
        self._skipper = TimeSkipper(parts.client, config=config)
        self._handle = parts.client.get_workflow_handle(workflow_id(arrival.play.journey))
        self._shift = timedelta(0)
        self.travelled = Travelled(arrival.play.journey, arrival.play.life.name)

    async def live(self, end: datetime) -> Travelled:
        """Live until `end`: everything that people do and everything that happens by itself until then."""
        self._shift = timedelta(seconds=await start(self._parts, self._arrival))
        self._story.begin()
        agenda = self._arrival.play.agenda
        while (at := agenda.next_at()) is not None and at < end and not self.travelled.ended:
            await self._until(at)
            await self._act()
        await self._until(end)
        return self.travelled

    async def _until(self, target: datetime) -> None:
        """Let time pass; it passes only while nothing is under way, so all before `target` has happened."""
        if self.travelled.ended:
            return
        try:
            now = await self._skipper.get_current_time(self._handle) + self._shift
            arrived = target <= now or await self._skipper.fast_forward(self._handle, target - now)
        except RPCError as error:
            if error.status not in _GONE:
                raise
            arrived = False
        if not arrived:
            described = await self._handle.describe()
            self.travelled.ended = described.status is not WorkflowExecutionStatus.RUNNING

    async def _act(self) -> None:
        agenda = self._arrival.play.agenda
        act = agenda.pop()
        if self.travelled.ended:
            return
        view = await asyncio.to_thread(queries.journey_view, self._parts.store, self.travelled.journey)
        scene = Scene(agenda.now, berlin_day(agenda.now), view)
        self._story.react(scene)
        deed = act(scene)
        if deed is not None:
            await self._do(deed)

    async def _do(self, deed: Deed) -> None:
        people = self._arrival.office.people
        command = Command(
            command_id=self._arrival.play.new_id("command"),
            actor=people[deed.role],
            role=deed.role,
            approvals=(people[deed.approved_by],) if deed.approved_by else (),
            body=deed.body,
        )
        send = self._parts.gateway.execute
        await self._sent_until_answered(lambda: send(self.travelled.journey, command, wait_s=WAIT_S), command)

    async def _sent_until_answered(self, send: Callable[[], Awaitable[Receipt]], command: Command) -> None:
        for _ in range(ATTEMPTS):
            try:
                receipt = await send()
            except Refusal as refusal:
                self.travelled.refused.append(f"{command.body.kind}: {refusal}")
                return
            except NotFound:
                self.travelled.ended = True
                return
            except Unconfirmed:
                continue
            if receipt.stored:
                self.travelled.acknowledged.append(command.command_id)
                return
        self.travelled.unconfirmed.append(command.command_id)
