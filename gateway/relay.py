"""Carries what the database promised to Temporal: each registered journey gets exactly one workflow."""

import asyncio
from collections.abc import Sequence

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.calls import JourneyInput, SweeperInput
from domain.errors import InvariantViolation
from domain.events import Event
from domain.ids import JOURNEY_QUEUE, workflow_id
from gateway.hand_overs import Finishing
from gateway.offices import Offices, nudge_office
from gateway.replanning import Unheard, note, replan_some
from store import clock, outbox
from store.database import Store
from store.participants import START
from store.replans import NUDGE, REPLAN
from store.tables import OutboxRow

PAUSE_S = 0.3
PAUSE_AFTER_FAILURE_S = 2.0
BATCH = 50

SWEEPER = "sweeper/main"

log = structlog.get_logger("relay")


async def relay_forever(store: Store, client: Client, stop: asyncio.Event) -> None:
    """Look for open orders until told to stop; an order that fails stays and is tried again."""
    sweeping, offices = False, Offices(store, client)
    finishing = Finishing(store)
    while not stop.is_set():
        await finishing.all()
        sweeping = sweeping or await start_sweeper(client)
        failed = await relay_once(store, client) + await offices.start_new()
        pause = PAUSE_AFTER_FAILURE_S if failed else PAUSE_S
        try:
            await asyncio.wait_for(stop.wait(), timeout=pause)
        except TimeoutError:
            continue


async def relay_once(store: Store, client: Client) -> int:
    """Hand open orders on; returns how many could not be told now. Safe to run twice at once.

    Starts come first: a case that was just registered does not wait until a thousand others are planned anew.
    """
    orders, shift_s, moving = await asyncio.to_thread(_open_orders, store)
    if moving:
        return 0
    failed = 0
    for order in orders:
        failed += await _hand_on(store, client, order, shift_s)
    return failed + await replan_some(store, client)


def _open_orders(store: Store) -> tuple[Sequence[OutboxRow], int, bool]:
    with store.read() as session:
        state = clock.state(session)
        rows = outbox.pending(session, BATCH, but=REPLAN)
        for row in rows:
            session.expunge(row)
        return rows, state.offset_s, state.moving_to is not None


async def _hand_on(store: Store, client: Client, order: OutboxRow, shift_s: int) -> int:
    try:
        await _tell(client, order, shift_s)
    except (RPCError, Unheard) as error:
        if order.kind == NUDGE and getattr(error, "status", None) == RPCStatusCode.NOT_FOUND:
            # The office is not looked after yet; it begins with the clock and the book of that moment.
            await asyncio.to_thread(note, store, order, None)
            return 0
        code = error.status.name.lower() if isinstance(error, RPCError) else error.code
        await asyncio.to_thread(note, store, order, code)
        log.warning("order_failed", journey=order.journey_id, code=code)
        return 1
    await asyncio.to_thread(note, store, order, None)
    log.info("order_done", journey=order.journey_id, kind=order.kind)
    return 0


async def _tell(client: Client, order: OutboxRow, shift_s: int) -> None:
    if order.kind == START:
        await start_journey(client, _input(order, shift_s))
    elif order.kind == NUDGE:
        await nudge_office(client, order, shift_s)
    else:
        raise InvariantViolation("unknown_order", kind=order.kind)


def _input(order: OutboxRow, shift_s: int) -> JourneyInput:
    started = Event.model_validate(order.body["started"])
    return JourneyInput(
        journey=order.journey_id, office=order.office_id, clock_shift_s=shift_s, started=started
    )


async def start_journey(client: Client, order: JourneyInput) -> None:
    """Start the workflow of a journey, or find that it exists: the id is the journey's, so there is one."""
    try:
        await client.start_workflow(
            "Journey",
            order,
            id=workflow_id(order.journey),
            task_queue=JOURNEY_QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
    except WorkflowAlreadyStartedError:
        return


async def start_sweeper(client: Client) -> bool:
    """Have the one sweeper of this installation run; False while Temporal is away."""
    try:
        await client.start_workflow(
            "Sweeper",
            SweeperInput(),
            id=SWEEPER,
            task_queue=JOURNEY_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
    except WorkflowAlreadyStartedError:
        return True
    except RPCError:
        return False
    return True
