"""Tells journeys to plan anew: a few at a time, each once, and after any crash from where it was.

What is under way stands in the database and not here: a relay that is killed, and one that runs beside it, ask the
same rows. The update id is the order's, so that telling a journey twice is telling it once.
"""

import asyncio
from collections.abc import Sequence

import structlog
from temporalio.client import Client, WorkflowUpdateRPCTimeoutOrCancelledError, WorkflowUpdateStage
from temporalio.service import RPCError, RPCStatusCode

from domain.calls import ReplanOrder
from domain.commands import REPLAN_UPDATE
from domain.errors import Transient
from domain.ids import workflow_id
from store import outbox, replans
from store.database import Store
from store.tables import OutboxRow

AT_ONCE = 24
"""So many journeys may be planning anew at one time: commands of people find free workers beside them."""

ACCEPT_S = 10.0
_GONE = RPCStatusCode.NOT_FOUND

log = structlog.get_logger("relay")


class Unheard(Transient):
    """Nobody took the order in good time: no worker listens. It stays and is told again."""


async def replan_some(store: Store, client: Client, *, at_once: int = AT_ONCE) -> int:
    """Tell as many journeys as have room; returns how many did not hear."""
    orders = await asyncio.to_thread(_next, store, at_once)
    return sum(await asyncio.gather(*(_tell(store, client, order) for order in orders)))


def _next(store: Store, at_once: int) -> Sequence[OutboxRow]:
    """The next orders; the call that each journey has stored by now is noted before it is told."""
    with store.read() as session:
        rows = replans.next_told(session, at_once)
    if rows:
        with store.write() as session:
            for row in rows:
                replans.note_call(session, row.id or 0)
    return rows


async def _tell(store: Store, client: Client, order: OutboxRow) -> int:
    code: str | None = None
    try:
        await tell_replan(client, workflow_id(order.journey_id), order)
    except RPCError as error:
        # A journey that has ended meanwhile has nothing left to plan.
        code = None if error.status == _GONE else error.status.name.lower()
    except Unheard as error:
        code = error.code
    await asyncio.to_thread(note, store, order, code)
    if code is not None:
        log.warning("order_failed", journey=order.journey_id, code=code)
        return 1
    log.info("order_done", journey=order.journey_id, kind=order.kind)
    return 0


async def tell_replan(
    client: Client, workflow: str, order: OutboxRow, *, clock_shift_s: int | None = None
) -> None:
    """Have a workflow take a replan order; the same order again changes nothing.

    Raises:
        RPCError: Temporal is away, or the workflow has ended.
        Unheard: no worker took it in good time.
    """
    reason = ReplanOrder(reason=str(order.body.get("reason", "unknown")), clock_shift_s=clock_shift_s)
    try:
        async with asyncio.timeout(ACCEPT_S):
            await client.get_workflow_handle(workflow).start_update(
                REPLAN_UPDATE,
                reason,
                id=f"replan-{order.id}",
                wait_for_stage=WorkflowUpdateStage.ACCEPTED,
            )
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
        raise Unheard("no_answer", order=str(order.id)) from None


def note(store: Store, order: OutboxRow, code: str | None) -> None:
    """Write down that an order was told, or why it could not be."""
    if order.id is None:
        return
    with store.write() as session:
        if code is None:
            outbox.done(session, order.id)
        else:
            outbox.failed(session, order.id, code)
