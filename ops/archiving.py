"""Keeps what Temporal would forget: a run is archived once its successor or its end is known."""

import asyncio
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError

from audit.fetch import archive_missing
from domain.errors import PaktError
from domain.ids import workflow_id
from ops.logging import logger
from store import clock, projection
from store.database import Store
from store.tables import JourneyRow

EVERY_S = 60.0
BREATH_S = 0.1
log = logger("archive")


class Archiving:
    """Remembers which run of each journey it has looked behind; after a restart it looks once more."""

    def __init__(self, store: Store, client: Client) -> None:
        """Keep both; nothing is read yet."""
        self._store = store
        self._client = client
        self._seen: dict[str, str | None] = {}

    async def for_ever(self) -> None:
        """A round every minute; a journey that fails is tried again in the next."""
        while True:
            try:
                await self.round()
            except SQLAlchemyError as away:
                log.warning("archive_waits", exc_info=away)
            await asyncio.sleep(EVERY_S)

    async def round(self) -> int:
        """Archive the closed runs of journeys that rolled over or ended since; how many runs that were."""
        kept = 0
        for row in await asyncio.to_thread(self._living):
            if self._seen.get(row.id, "") == row.run_id and row.state != "closed":
                continue
            try:
                kept += await self._look(row)
            except (PaktError, RPCError) as away:
                log.warning("archive_failed", journey=row.id, exc_info=away)
            await asyncio.sleep(BREATH_S)
        return kept

    def _living(self) -> Sequence[JourneyRow]:
        with self._store.read() as session:
            query = select(JourneyRow).where(col(JourneyRow.state).not_in(("waiting", "ended")))
            return session.exec(query.order_by(col(JourneyRow.id))).all()

    async def _look(self, row: JourneyRow) -> int:
        kept = await archive_missing(self._store, self._client, row.id)
        self._seen[row.id] = row.run_id
        if row.state == "closed" and await self._has_ended(row.id):
            await asyncio.to_thread(self._mark, row.id)
        return kept

    async def _has_ended(self, journey: str) -> bool:
        described = await self._client.get_workflow_handle(workflow_id(journey)).describe()
        return described.status == WorkflowExecutionStatus.COMPLETED

    def _mark(self, journey: str) -> None:
        with self._store.write() as session:
            projection.mark_ended(session, journey, clock.now(session))
