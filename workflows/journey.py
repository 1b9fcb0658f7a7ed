"""The workflow `Journey`: one person's way through the programme, as a fold of events over two years.

    started -> [ decide(stored) -> asleep until the next wake -> decide(acting) -> notices handed over ] ...
            -> closed -> after-care (90 days, or until the follow-up call) -> ended

It computes nothing that law, calendar or programme can change: due dates, working days, sending windows and the
next wake come back from `decide`. Commands are updates; each returns once its events are stored.
"""

import asyncio
from datetime import UTC, datetime, time, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from domain.calls import (
        DECIDE,
        SEND_NOTICE,
        DecideAnswer,
        DecideRequest,
        JourneyEnded,
        JourneyInput,
        NoticeOrder,
        Pins,
        ReplanOrder,
        SendAnswer,
        SendRequest,
    )
    from domain.commands import COMMAND_UPDATE, REPLAN_UPDATE, STATE_QUERY, Command, Receipt
    from domain.errors import InvariantViolation, Refusal
    from domain.events import Event, NoticeSettled
    from domain.handling import handle
    from domain.journey import (
        AFTER_CARE_DAYS,
        JourneyState,
        begin,
        evolve,
        evolve_all,
        office_day,
        remember,
        with_plan,
    )

from workflows.calling import call_activity


@workflow.defn(name="Journey")
class Journey:
    """One per journey, id `journey/<opaque id>`; no execution timeout; the state is the input of the next run."""

    @workflow.init
    def __init__(self, order: JourneyInput) -> None:
        """Begin with the first event, or with the state that the run before handed over."""
        self._order = order
        self._pending: list[Event] = []
        self._state = order.state if order.state is not None else self._first_state(order)
        self._stored_seq = self._state.seq if order.state is not None else 0
        self._wake_at: datetime | None = order.wake_at
        self._replan = False
        self._sending = 0
        self._deciding = asyncio.Lock()

    def _first_state(self, order: JourneyInput) -> JourneyState:
        if order.started is None:
            raise InvariantViolation("no_beginning", journey=order.journey)
        self._pending.append(order.started)
        return begin(order.office, order.journey, order.started)

    @workflow.run
    async def run(self, order: JourneyInput) -> JourneyEnded:
        """Live until after-care is over; roll over into a new run where the history has grown long enough."""
        while not self._over():
            if self._pending or self._replan:
                await self._decide(acting=False)
            elif self._wake_at is not None and self._now() >= self._wake_at:
                await self._decide(acting=True)
            elif self._may_roll_over():
                await self._roll_over()
            else:
                await self._sleep()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return JourneyEnded(journey=order.journey, seq=self._state.seq)

    @workflow.update(name=COMMAND_UPDATE)
    async def command(self, command: Command) -> Receipt:
        """Carry a command out; the answer comes when its events are stored. Idempotent by the command id."""
        async with self._deciding:
            receipt = self._state.receipt(command.command_id) or self._carry_out(command)
        await workflow.wait_condition(lambda: self._stored_seq >= receipt.last_seq)
        return receipt

    @command.validator
    def validate_command(self, command: Command) -> None:
        """Refuse what the journey cannot do; a command that is known already is always accepted."""
        if self._state.receipt(command.command_id) is None:
            self._events_of(command)

    @workflow.update(name=REPLAN_UPDATE)
    async def replan(self, order: ReplanOrder) -> None:
        """Plan again, because a book, a programme or a calendar changed."""
        workflow.logger.info("replan_ordered", extra={"reason": order.reason})
        self._replan = True

    @workflow.query(name=STATE_QUERY)
    def state(self) -> JourneyState:
        """The state as this run knows it; for diagnosis only, pages read the read model."""
        return self._state

    def _now(self) -> datetime:
        return workflow.now().astimezone(UTC) + timedelta(seconds=self._order.clock_shift_s)

    def _events_of(self, command: Command) -> tuple[Event, ...]:
        result = handle(self._state, command, self._now())
        if isinstance(result, Refusal):
            raise ApplicationError(result.code, dict(result.params), type="Refusal", non_retryable=True)
        return result

    def _carry_out(self, command: Command) -> Receipt:
        events = self._events_of(command)
        first = self._state.seq + 1
        self._state = evolve_all(self._state, events)
        self._pending.extend(events)
        receipt = Receipt(command_id=command.command_id, first_seq=first, last_seq=self._state.seq)
        self._state = remember(self._state, receipt)
        return receipt

    async def _decide(self, *, acting: bool) -> None:
        """One `decide` at a time: commands that come meanwhile wait for the lock and go with the next call."""
        async with self._deciding:
            new_events, self._pending, self._replan = tuple(self._pending), [], False
            call = self._state.call + 1
            self._state = self._state.model_copy(update={"call": call})
            request = DecideRequest(
                journey=self._order.journey,
                office=self._order.office,
                run=workflow.info().run_id,
                call=call,
                acting=acting,
                now=self._now(),
                seq=self._state.seq,
                new_events=new_events,
                facts=self._state.facts,
                pins=Pins(programme=self._state.facts.programme, book=self._state.facts.pinned_book),
            )
            answer = await call_activity(DECIDE, request, DecideAnswer)
            state = evolve_all(self._state, answer.events)
            self._state = with_plan(state, tuple(planned.step for planned in answer.plan))
            self._stored_seq = self._state.seq
            self._wake_at = answer.next_wake
        workflow.logger.info("call_decided", extra={"journey": self._order.journey, "call": call})
        for order in answer.send:
            self._sending += 1
            asyncio.create_task(self._send(order))  # noqa: RUF006 -- counted in _sending, awaited before a roll-over

    async def _send(self, order: NoticeOrder) -> None:
        """Hand one notice over beside the main loop, so that a sick mail server delays no command."""
        request = SendRequest(journey=self._order.journey, notice=order.notice, now=self._now())
        try:
            answer = await call_activity(SEND_NOTICE, request, SendAnswer)
        except ActivityError:
            answer = SendAnswer(notice=order.notice, outcome="deferred", reason="attempts_used")
        async with self._deciding:
            self._note_settled(answer)
        self._sending -= 1

    def _note_settled(self, answer: SendAnswer) -> None:
        now = self._now()
        body = NoticeSettled(
            notice=answer.notice, outcome=answer.outcome, reason=answer.reason, on=office_day(now)
        )
        event = Event(seq=self._state.seq + 1, recorded_at=now, body=body)
        self._state = evolve(self._state, event)
        self._pending.append(event)

    async def _sleep(self) -> None:
        """Wait for a command, the result of a notice, or the next instant that `decide` gave."""
        until = self._after_care_end() if self._state.closed else self._wake_at
        timeout = None if until is None else max(until - self._now(), timedelta(seconds=1))
        try:
            await workflow.wait_condition(self._something_to_do, timeout=timeout, timeout_summary="next wake")
        except TimeoutError:
            return

    def _something_to_do(self) -> bool:
        return bool(self._pending) or self._replan or self._may_roll_over()

    def _after_care_end(self) -> datetime | None:
        closed_on = self._state.facts.closed_on
        if closed_on is None:
            return None
        return datetime.combine(closed_on + timedelta(days=AFTER_CARE_DAYS + 1), time(8), tzinfo=UTC)

    def _over(self) -> bool:
        quiet = not self._pending and self._sending == 0
        return quiet and self._state.after_care_over(self._now())

    def _may_roll_over(self) -> bool:
        """True between two waits once the history is long enough, or once after-care begins."""
        if self._sending or not workflow.all_handlers_finished():
            return False
        length = workflow.info().get_current_history_length()
        long_enough = length > self._order.rollover_events or workflow.info().is_continue_as_new_suggested()
        return long_enough or (self._state.closed and not self._order.after_care)

    async def _roll_over(self) -> None:
        # A turn of the loop lies between the last answered update and the end of the run: an update that
        # completes in the same task as continue-as-new may not be delivered (server issue 6375).
        await workflow.sleep(timedelta(seconds=1), summary="before roll-over")
        if self._pending or self._sending or not workflow.all_handlers_finished():
            return
        workflow.continue_as_new(
            JourneyInput(
                journey=self._order.journey,
                office=self._order.office,
                clock_shift_s=self._order.clock_shift_s,
                state=self._state,
                wake_at=self._wake_at,
                after_care=self._state.closed,
                rollover_events=self._order.rollover_events,
            )
        )
