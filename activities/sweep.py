"""The activity `sweep`: looks for what got lost between two parts, and puts it back on its way."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select
from temporalio import activity

from activities.lost import lost
from domain.calendar import berlin_day
from domain.calls import SWEEP, SweepAnswer, SweepRequest
from store import clock, findings, outbox, replans
from store.database import Store
from store.findings import Found
from store.participants import START
from store.replans import REPLAN
from store.tables import OutboxRow


class Sweeping:
    """Holds the store."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self._store = store

    @activity.defn(name=SWEEP)
    def sweep(self, request: SweepRequest) -> SweepAnswer:
        """One round; what it finds and heals is written down.

        Idempotent: the same thing is healed once a day, and an order that is under way is not doubled. While the
        demo's clock moves nothing is late: each journey is on its own way to the new instant.
        """
        with self._store.write() as session:
            if clock.state(session).moving_to is not None:
                return SweepAnswer(healed={})
            # Business time, which in the demo runs ahead of the sweeper's own clock.
            now = max(request.now, clock.now(session))
            healed = Counter(_round(session, now))
        return SweepAnswer(healed=dict(healed))


def _round(session: Session, now: datetime) -> Iterator[str]:
    for office, found in list(lost(session, now)):
        if findings.note(session, office, found, on=berlin_day(now), at=now):
            _heal(session, office, found)
            yield found.kind


def _heal(session: Session, office: str, found: Found) -> None:
    if found.done == "replan" and found.journey is None:
        replans.nudge(session, found.kind, office=office)
    elif found.done == "replan" and found.journey is not None:
        if not _ordered(session, found.journey):
            outbox.add(session, REPLAN, journey=found.journey, office=office, body={"reason": found.kind})
    elif found.done == "start_again" and found.journey is not None:
        _start_again(session, office, found.journey)


def _ordered(session: Session, journey: str) -> bool:
    waiting = select(OutboxRow).where(
        col(OutboxRow.journey_id) == journey,
        col(OutboxRow.kind) == REPLAN,
        col(OutboxRow.done_at).is_(None),
    )
    return session.exec(waiting).first() is not None


def _start_again(session: Session, office: str, journey: str) -> None:
    """The first order once more: a journey that exists after all is found, not started twice."""
    query = select(OutboxRow).where(OutboxRow.journey_id == journey, OutboxRow.kind == START)
    order = session.exec(query.order_by(col(OutboxRow.id))).first()
    if order is not None:
        outbox.add(session, START, journey=journey, office=office, body=dict(order.body))
