"""Journeys that live in this process: the real fold, the real rules, the real store; only Temporal is outside.

Time is the store's own demo clock. What the workflow does between two waits is done here in one loop.
"""

from datetime import datetime, timedelta

from activities.decide import Decisions
from activities.office_day import OfficeDays
from domain.calls import DecideRequest, NoticeOrder, OfficeDayRequest, Pins
from domain.commands import Command, Receipt
from domain.errors import NotFound, Refusal, Unconfirmed
from domain.events import Event, NoticeSettled
from domain.handling import handle
from domain.ids import OfficeId
from domain.journey import JourneyState, begin, evolve, evolve_all, office_day, remember
from domain.offices import OfficeMemory, OfficeState
from domain.offices import evolve as evolve_office
from domain.offices import handle as handle_for_office
from store import clock, ids, notices, outbox
from store.database import Store


class LivingJourneys:
    """A gateway whose journeys live in memory and are stored by the real `decide`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.decisions = Decisions(store, None)
        self.office_days = OfficeDays(store, None)
        self.houses: dict[str, OfficeState] = {}
        self.states: dict[str, JourneyState] = {}
        self.wakes: dict[str, datetime | None] = {}
        self.offices: dict[str, str] = {}
        self.lost_answers = 0
        self.executed: list[Command] = []

    def begin_all(self) -> None:
        """Do the relay's work: start every registered journey, once."""
        with self.store.read() as session:
            orders = list(outbox.pending(session))
        for order in orders:
            started = Event.model_validate(order.body["started"])
            self.states[order.journey_id] = begin(order.office_id, order.journey_id, started)
            self.offices[order.journey_id] = order.office_id
            self._decide(order.journey_id, (started,), acting=False)
            with self.store.write() as session:
                outbox.done(session, order.id or 0)
        self._wake_due()

    async def execute(self, journey: str, command: Command, *, wait_s: float = 3.0) -> Receipt:
        """As the gateway: once per command id, refused with a reason, or not confirmed."""
        state = self.states.get(journey)
        if state is None:
            raise NotFound("journey_ended_or_not_begun")
        receipt = state.receipt(command.command_id) or self._carry_out(journey, command)
        if self.lost_answers:
            self.lost_answers -= 1
            raise Unconfirmed("no_answer", command=command.command_id)
        return receipt

    async def execute_for_office(self, office: OfficeId, command: Command, *, wait_s: float = 3.0) -> Receipt:
        """As the gateway, to the companion of an office."""
        state = self._house(office)
        if (receipt := state.receipt(command.command_id)) is not None:
            return receipt
        result = handle_for_office(state, command, clock.now(self.store))
        if isinstance(result, Refusal):
            raise result
        state = evolve_office(state, result)
        receipt = Receipt(command_id=command.command_id, first_seq=state.seq, last_seq=state.seq)
        self.houses[office] = state.remembering(receipt)
        self.look(office, result, acting=False)
        return receipt

    def look(self, office: OfficeId, new_events: tuple[Event, ...] = (), *, acting: bool = True) -> None:
        """Look at an office as its workflow does."""
        state = self._house(office)
        call = state.call + 1
        request = OfficeDayRequest(
            office=office,
            run="a-run-in-memory",
            call=call,
            acting=acting,
            now=clock.now(self.store),
            seq=state.seq,
            new_events=new_events,
            memory=state.facts,
            looked_on=state.looked_on,
        )
        answer = self.office_days.office_day(request)
        update = {"call": call, "looked_on": answer.looked_on}
        self.houses[office] = evolve_office(state, answer.events).model_copy(update=update)

    def _house(self, office: OfficeId) -> OfficeState:
        return self.houses.get(office) or OfficeState(facts=OfficeMemory(office=office))

    def _carry_out(self, journey: str, command: Command) -> Receipt:
        state = self.states[journey]
        result = handle(state, command, clock.now(self.store))
        if isinstance(result, Refusal):
            raise result
        self.executed.append(command)
        first = state.seq + 1
        state = evolve_all(state, result)
        receipt = Receipt(command_id=command.command_id, first_seq=first, last_seq=state.seq)
        self.states[journey] = remember(state, receipt)
        self._decide(journey, result, acting=False)
        self._wake_due()
        return receipt

    def pass_days(self, days: int) -> None:
        """Let business time pass; every wake on the way happens at its own instant."""
        target = clock.now(self.store) + timedelta(days=days)
        while True:
            due = [at for at in self.wakes.values() if at is not None and at <= target]
            if not due:
                break
            self._set_clock(max(min(due), clock.now(self.store)))
            self._wake_due()
        self._set_clock(target)

    def _set_clock(self, at: datetime) -> None:
        with self.store.write() as session:
            clock.set_to(session, at)

    def _wake_due(self) -> None:
        now = clock.now(self.store)
        for journey, at in list(self.wakes.items()):
            if at is not None and at <= now:
                self._decide(journey, (), acting=True)

    def _decide(self, journey: str, new_events: tuple[Event, ...], *, acting: bool) -> None:
        state = self.states[journey]
        call = state.call + 1
        request = DecideRequest(
            journey=journey,
            office=self.offices[journey],
            run="a-run-in-memory",
            call=call,
            acting=acting,
            now=clock.now(self.store),
            seq=state.seq,
            new_events=new_events,
            facts=state.facts,
            pins=Pins(programme=state.facts.programme),
        )
        answer = self.decisions.decide(request)
        state = evolve_all(state.model_copy(update={"call": call}), answer.events)
        self.states[journey], self.wakes[journey] = state, answer.next_wake
        settled = tuple(self._send(journey, order) for order in answer.send)
        if settled:
            self._decide(journey, settled, acting=False)

    def _send(self, journey: str, order: NoticeOrder) -> Event:
        now = clock.now(self.store)
        with self.store.write() as session:
            row = notices.claim(session, order.notice, now).row
            outcome = "sent" if row.channel == "email" else "to_print"
            notices.settle(session, order.notice, "sent" if outcome == "sent" else "to_print", now=now)
        state = self.states[journey]
        body = NoticeSettled(notice=order.notice, outcome="sent", reason="ok", on=office_day(now))
        event = Event(seq=state.seq + 1, recorded_at=now, body=body)
        self.states[journey] = evolve(state, event)
        return event


def new_command() -> str:
    """A fresh command id."""
    return ids.new("command")
