"""Has one companion run for each office, and lets it hear when clock, book or calendar changed."""

import asyncio

from sqlmodel import select
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from domain.calls import OfficeInput
from domain.ids import JOURNEY_QUEUE, office_workflow_id
from gateway.replanning import tell_replan
from store import clock
from store.database import Store
from store.tables import OfficeRow, OutboxRow


class Offices:
    """Remembers which offices it has seen running; after a restart it makes sure once more."""

    def __init__(self, store: Store, client: Client) -> None:
        """Keep both; nothing is asked yet."""
        self._store = store
        self._client = client
        self._seen: set[str] = set()

    async def start_new(self) -> int:
        """Start the workflow of each office that has none; returns how many could not be started now."""
        offices, shift_s, moving = await asyncio.to_thread(self._open)
        failed = 0
        for office in offices if not moving else ():
            if await start_office(self._client, OfficeInput(office=office, clock_shift_s=shift_s)):
                self._seen.add(office)
            else:
                failed += 1
        return failed

    def _open(self) -> tuple[list[str], int, bool]:
        with self._store.read() as session:
            state = clock.state(session)
            found = [one for one in session.exec(select(OfficeRow.id)) if one not in self._seen]
        return sorted(found), state.offset_s, state.moving_to is not None


async def start_office(client: Client, order: OfficeInput) -> bool:
    """Start the workflow of an office, or find that it runs; False while Temporal is away."""
    try:
        await client.start_workflow(
            "Office",
            order,
            id=office_workflow_id(order.office),
            task_queue=JOURNEY_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
    except WorkflowAlreadyStartedError:
        return True
    except RPCError:
        return False
    return True


async def nudge_office(client: Client, order: OutboxRow, shift_s: int) -> None:
    """Let an office find its next look anew, by the clock as it stands now.

    Raises:
        RPCError: Temporal is away, or the office has no workflow yet.
        Unheard: no worker took it in good time.
    """
    await tell_replan(client, office_workflow_id(order.office_id), order, clock_shift_s=shift_s)
