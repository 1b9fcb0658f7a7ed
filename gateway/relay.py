"""Carries what the database promised to Temporal: each registered journey gets exactly one workflow."""

import asyncio
from collections.abc import Sequence

import structlog
from temporalio.client import Client, WorkflowUpdateStage
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.calls import JourneyInput, ReplanOrder, SweeperInput
from domain.commands import REPLAN_UPDATE
from domain.events import Event
from domain.ids import JOURNEY_QUEUE, workflow_id
from store import clock, outbox
from store.database import Store
from store.participants import START
from store.tables import OutboxRow

PAUSE_S = 0.3
PAUSE_AFTER_FAILURE_S = 2.0
BATCH = 50

SWEEPER = "sweeper/main"

log = structlog.get_logger("relay")


async def relay_forever(store: Store, client: Client, stop: asyncio.Event) -> None:
    """Look for open orders until told to stop; an order that fails stays and is tried again."""
    sweeping = False
    while not stop.is_set():
        sweeping = sweeping or await start_sweeper(client)
        failed = await relay_once(store, client)
        pause = PAUSE_AFTER_FAILURE_S if failed else PAUSE_S
        try:
            await asyncio.wait_for(stop.wait(), timeout=pause)
        except TimeoutError:
            continue


async def relay_once(store: Store, client: Client) -> int:
    """Hand every open order on; returns how many could not be told now. Safe to run twice at once."""
    orders, shift_s, moving = await asyncio.to_thread(_open_orders, store)
    if moving:
        return 0
    failed = 0
    for order in orders:
        failed += await _hand_on(store, client, order, shift_s)
    return failed


def _open_orders(store: Store) -> tuple[Sequence[OutboxRow], int, bool]:
    with store.read() as session:
        state = clock.state(session)
        rows = outbox.pending(session, BATCH)
        for row in rows:
            session.expunge(row)
        return rows, state.offset_s, state.moving_to is not None


async def _hand_on(store: Store, client: Client, order: OutboxRow, shift_s: int) -> int:
    try:
        await _tell(client, order, shift_s)
    except RPCError as error:
        if order.kind != START and error.status == RPCStatusCode.NOT_FOUND:
            # The journey has ended meanwhile; there is nothing left to plan.
            await asyncio.to_thread(_note, store, order, None)
            return 0
        await asyncio.to_thread(_note, store, order, error.status.name.lower())
        log.warning("order_failed", journey=order.journey_id, code=error.status.name.lower())
        return 1
    await asyncio.to_thread(_note, store, order, None)
    log.info("order_done", journey=order.journey_id, kind=order.kind)
    return 0


async def _tell(client: Client, order: OutboxRow, shift_s: int) -> None:
    if order.kind == START:
        await start_journey(client, _input(order, shift_s))
        return
    handle = client.get_workflow_handle(workflow_id(order.journey_id))
    reason = ReplanOrder(reason=str(order.body.get("reason", "unknown")))
    await handle.start_update(
        REPLAN_UPDATE,
        reason,
        id=f"replan-{order.id}",
        wait_for_stage=WorkflowUpdateStage.ACCEPTED,
    )


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


def _note(store: Store, order: OutboxRow, code: str | None) -> None:
    with store.write() as session:
        if order.id is None:
            return
        if code is None:
            outbox.done(session, order.id)
        else:
            outbox.failed(session, order.id, code)
