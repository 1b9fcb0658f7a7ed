"""The workflow `Office`: one per office, id `office/<office id>`; once each working day it looks at its office.

    started -> [ office_day(stored) -> asleep until the next look -> office_day(acting) ] ...  -> rolls over -> ...

It computes nothing that law or calendar can change: when the next look is comes back from `office_day`. Answers of
people are updates; each returns once its events are stored.
"""

import asyncio
from datetime import UTC, datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from domain.calls import OFFICE_DAY, OfficeDayAnswer, OfficeDayRequest, OfficeInput, ReplanOrder
    from domain.commands import COMMAND_UPDATE, REPLAN_UPDATE, STATE_QUERY, Command, Receipt
    from domain.errors import Refusal
    from domain.events import Event
    from domain.offices import OfficeMemory, OfficeState, evolve, handle, tidied

from workflows.calling import call_activity


@workflow.defn(name="Office")
class Office:
    """Runs for ever; the state is the input of the next run, which begins after about a hundred looks."""

    @workflow.init
    def __init__(self, order: OfficeInput) -> None:
        """Begin with an empty memory, or with the state that the run before handed over."""
        self._order = order
        self._shift = timedelta(seconds=order.clock_shift_s)
        self._state = order.state or OfficeState(facts=OfficeMemory(office=order.office))
        self._stored_seq = self._state.seq
        self._pending: list[Event] = []
        self._wake_at: datetime | None = order.wake_at
        self._replan = False
        self._deciding = asyncio.Lock()

    @workflow.run
    async def run(self, order: OfficeInput) -> None:
        """Look at the office each working day, until so many looks that a new run begins."""
        while True:
            if self._pending or self._replan or self._wake_at is None:
                await self._look(acting=False)
            elif self._now() >= self._wake_at:
                await self._look(acting=True)
            elif self._may_roll_over():
                await self._roll_over(order)
            else:
                await self._sleep(self._wake_at)

    @workflow.update(name=COMMAND_UPDATE)
    async def command(self, command: Command) -> Receipt:
        """Carry an answer of a person out; it comes back when its events are stored. Idempotent by the command id."""
        async with self._deciding:
            receipt = self._state.receipt(command.command_id) or self._carry_out(command)
        await workflow.wait_condition(lambda: self._stored_seq >= receipt.last_seq)
        return receipt

    @command.validator
    def validate_command(self, command: Command) -> None:
        """Refuse what an office cannot do; a command that is known already is always accepted."""
        if self._state.receipt(command.command_id) is None:
            self._events_of(command)

    @workflow.update(name=REPLAN_UPDATE)
    async def replan(self, order: ReplanOrder) -> None:
        """Find the next look anew, because the clock, a book or the calendar changed."""
        workflow.logger.info("replan_ordered", extra={"reason": order.reason})
        if order.clock_shift_s is not None:
            self._shift = timedelta(seconds=order.clock_shift_s)
        self._replan = True

    @workflow.query(name=STATE_QUERY)
    def state(self) -> OfficeState:
        """The state as this run knows it; for diagnosis only, pages read the read model."""
        return self._state

    def _now(self) -> datetime:
        return workflow.now().astimezone(UTC) + self._shift

    def _events_of(self, command: Command) -> tuple[Event, ...]:
        result = handle(self._state, command, self._now())
        if isinstance(result, Refusal):
            raise ApplicationError(result.code, dict(result.params), type="Refusal", non_retryable=True)
        return result

    def _carry_out(self, command: Command) -> Receipt:
        events = self._events_of(command)
        first = self._state.seq + 1
        self._state = evolve(self._state, events)
        self._pending.extend(events)
        receipt = Receipt(command_id=command.command_id, first_seq=first, last_seq=self._state.seq)
        self._state = self._state.remembering(receipt)
        return receipt

    async def _look(self, *, acting: bool) -> None:
        """One look at a time: answers that come meanwhile wait for the lock and go with the next call."""
        async with self._deciding:
            new_events, self._pending, self._replan = tuple(self._pending), [], False
            call = self._state.call + 1
            self._state = self._state.model_copy(update={"call": call})
            request = OfficeDayRequest(
                office=self._order.office,
                run=workflow.info().run_id,
                call=call,
                acting=acting,
                now=self._now(),
                seq=self._state.seq,
                new_events=new_events,
                memory=self._state.facts,
                looked_on=self._state.looked_on,
            )
            answer = await call_activity(OFFICE_DAY, request, OfficeDayAnswer)
            looks = self._state.looks + (answer.looked_on != self._state.looked_on)
            update = {"looked_on": answer.looked_on, "looks": looks}
            self._state = evolve(self._state, answer.events).model_copy(update=update)
            self._stored_seq = self._state.seq
            self._wake_at = answer.next_wake

    async def _sleep(self, until: datetime) -> None:
        timeout = max(until - self._now(), timedelta(seconds=1))
        try:
            await workflow.wait_condition(
                lambda: bool(self._pending) or self._replan, timeout=timeout, timeout_summary="next look"
            )
        except TimeoutError:
            return

    def _may_roll_over(self) -> bool:
        """True between two looks once there were enough of them, or the server asks for it."""
        if not workflow.all_handlers_finished():
            return False
        enough = self._state.looks >= self._order.rollover_looks
        return enough or workflow.info().is_continue_as_new_suggested()

    async def _roll_over(self, order: OfficeInput) -> None:
        # A turn of the loop lies between the last answered update and the end of the run (server issue 6375).
        await workflow.sleep(timedelta(seconds=1), summary="before roll-over")
        if self._pending or self._replan or not workflow.all_handlers_finished():
            return
        state = tidied(self._state).model_copy(update={"looks": 0})
        update = {
            "state": state,
            "wake_at": self._wake_at,
            "clock_shift_s": round(self._shift.total_seconds()),
        }
        workflow.continue_as_new(order.model_copy(update=update))
