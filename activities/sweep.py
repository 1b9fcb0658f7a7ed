"""The activity `sweep`: looks for what got lost between two parts, and puts it back on its way."""

from collections import Counter
from datetime import timedelta

from sqlmodel import Session, col, select
from temporalio import activity

from domain.calls import SWEEP, SweepAnswer, SweepRequest
from domain.events import SYSTEM
from domain.ids import house_stream
from domain.model import Instant
from store import clock, ledger, notices, outbox
from store.database import Store
from store.tables import JourneyRow, OutboxRow

REPLAN = "replan"
LATE = timedelta(hours=2)


class Sweeping:
    """Holds the store."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self._store = store

    @activity.defn(name=SWEEP)
    def sweep(self, request: SweepRequest) -> SweepAnswer:
        """One round; what it heals is written down. Idempotent: an order that is under way is not doubled."""
        with self._store.write() as session:
            # Business time, which in the demo runs ahead of the sweeper's own clock.
            now = max(request.now, clock.now(session))
            healed = Counter(
                kind for journey, kind in _lost(session, now) if _order(session, journey, kind, now)
            )
        return SweepAnswer(healed=dict(healed))


def _lost(session: Session, now: Instant) -> list[tuple[JourneyRow, str]]:
    """Journeys with a notice that should have left long ago: their timer was lost, or nobody listened."""
    late = {row.journey_id for row in notices.overdue(session, now - LATE)}
    rows = session.exec(select(JourneyRow).where(col(JourneyRow.id).in_(sorted(late)))).all()
    return [(row, "late_notice") for row in rows]


def _order(session: Session, journey: JourneyRow, kind: str, now: Instant) -> bool:
    waiting = select(OutboxRow).where(
        col(OutboxRow.journey_id) == journey.id,
        col(OutboxRow.kind) == REPLAN,
        col(OutboxRow.done_at).is_(None),
    )
    if session.exec(waiting).first() is not None:
        return False
    outbox.add(session, REPLAN, journey=journey.id, office=journey.office_id, body={"reason": kind})
    ledger.append(
        session,
        house_stream(journey.office_id),
        office=journey.office_id,
        at=now,
        actor=SYSTEM,
        type="sweep_healed",
        body={"journey": journey.id, "found": kind},
    )
    return True
