"""Answers of an asked office: carried to the old journey first, then the continuing one is registered."""

import asyncio

import structlog

from domain.codes import HandOverReason
from domain.commands import Command, Receipt
from domain.errors import PaktError, Refusal
from domain.ids import derived_id
from domain.journey import office_day
from domain.permissions import Actor
from domain.turns import AnswerHandOver
from gateway.commands import ACCEPT_S, Carrier
from store import clock, continuing, hand_overs
from store.database import Store
from store.tables_turns import HandOverRow

log = structlog.get_logger("relay")


async def accept(store: Store, carrier: Carrier, hand_over: str, taking: hand_overs.Taking) -> str | None:
    """Take a journey on, and give the id of the one that continues it; None while that is still being stored.

    Safe to repeat at any point: the command and the new journey have ids that follow from the hand-over.
    """
    _expect_still_clock(store)
    with store.write() as session:
        row = hand_overs.prepare(session, hand_over, taking)
        state, order = row.state, _answer(store, row, taking.actor, accepted=True)
    if state == "open":
        await carrier.execute(order[0], order[1], wait_s=ACCEPT_S)
    with store.write() as session:
        return continuing.finish(session, store, hand_over)


async def give_back(
    store: Store, carrier: Carrier, actor: Actor, hand_over: str, *, reason: HandOverReason
) -> Receipt:
    """Return a journey to the office that asked, with a reason.

    Raises:
        NotFound: this office was not asked.
        Refusal: the question is settled already.
    """
    _expect_still_clock(store)
    with store.read() as session:
        row = hand_overs.get(session, hand_over, {actor.office} | actor.chain)
        if row.state != "open":
            raise Refusal("hand_over_settled", answered=row.state)
        journey, command = _answer(store, row, actor, accepted=False, reason=reason)
    return await carrier.execute(journey, command, wait_s=ACCEPT_S)


class Finishing:
    """Registers continuing journeys that a process which died has left out."""

    def __init__(self, store: Store) -> None:
        """Keep the store; what cannot be done is said once."""
        self._store = store
        self._told: set[str] = set()

    async def all(self) -> None:
        """Register every continuing journey that is still missing and can be registered now."""
        await asyncio.to_thread(self._all)

    def _all(self) -> None:
        with self._store.read() as session:
            waiting = [] if clock.state(session).moving_to else list(hand_overs.unfinished(session))
        for hand_over in waiting:
            try:
                with self._store.write() as session:
                    continuing.finish(session, self._store, hand_over)
            except PaktError as error:
                # The asked office sees that its journey is missing and can name somebody else.
                if hand_over not in self._told:
                    log.warning("hand_over_unfinished", code=error.code)
                self._told.add(hand_over)


def _answer(
    store: Store,
    row: HandOverRow,
    actor: Actor,
    *,
    accepted: bool,
    reason: HandOverReason = HandOverReason.OTHER,
) -> tuple[str, Command]:
    body = AnswerHandOver(
        hand_over=row.id,
        accepted=accepted,
        on=office_day(clock.now(store)),
        reason=reason,
        continued_as=hand_overs.continuing_id(row.id) if accepted else None,
    )
    command = Command(
        command_id=derived_id("command", row.id, "accept" if accepted else "return"),
        actor=actor.id,
        role=str(actor.role),
        body=body,
    )
    return row.journey_id, command


def _expect_still_clock(store: Store) -> None:
    if clock.state(store).moving_to is not None:
        raise Refusal("clock_moving")
