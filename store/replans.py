"""Orders to plan journeys anew, because a book or a calendar changed: who is told, how many at once, how far it is.

How far an order is follows from the outbox and from the journeys themselves, so a relay that was killed in the
middle loses nothing: a journey is planned anew once it has stored a later call than the one it had when it was told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from store import clock, outbox
from store.office_tables import ReplanRow
from store.tables import JourneyRow, OfficeRow, OutboxRow

REPLAN = "replan"
NUDGE = "nudge"
DISTRICT = "off_district"
RUNNING = ("waiting", "open", "paused")
PATIENCE = timedelta(seconds=60)
"""How long a journey that was told may take before others need not wait for it any more."""


@dataclass(frozen=True)
class Progress:
    """How far one order is: `planned` of `journeys` have stored a decision since they were told."""

    id: int
    reason: str
    about: str
    ordered_at: datetime
    journeys: int
    told: int
    planned: int

    @property
    def done(self) -> bool:
        """True once every journey was planned anew, or has ended meanwhile."""
        return self.planned >= self.journeys


def order(
    session: Session,
    *,
    reason: str,
    about: str,
    at: datetime,
    office: str | None = None,
) -> int:
    """Order every open journey, of one office or of all, to plan anew; returns how many those are.

    The offices' own companions are nudged too, so that they look on the right day.
    """
    query = select(JourneyRow.id, JourneyRow.office_id).where(col(JourneyRow.state).in_(RUNNING))
    if office is not None:
        query = query.where(JourneyRow.office_id == office)
    found = session.exec(query.order_by(col(JourneyRow.id))).all()
    row = ReplanRow(
        office_id=office or DISTRICT, reason=reason, about=about, journeys=len(found), ordered_at=at
    )
    session.add(row)
    session.flush()
    for journey, of in found:
        told = outbox.add(session, REPLAN, journey=journey, office=of, body={"reason": reason})
        told.replan_id = row.id
        session.add(told)
    nudge(session, reason, office=office)
    session.flush()
    return len(found)


def nudge(session: Session, reason: str, *, office: str | None = None) -> None:
    """Have the workflow of an office, or of every office, find its next look anew."""
    query = select(OfficeRow.id).order_by(col(OfficeRow.id))
    for one in session.exec(query if office is None else query.where(OfficeRow.id == office)).all():
        outbox.add(session, NUDGE, journey="", office=one, body={"reason": reason})


def next_told(session: Session, at_most: int) -> Sequence[OutboxRow]:
    """The journeys to tell next, oldest order first: no more than may be under way at once."""
    places = at_most - under_way(session)
    if places <= 0:
        return ()
    query = select(OutboxRow).where(col(OutboxRow.done_at).is_(None), OutboxRow.kind == REPLAN)
    return session.exec(query.order_by(col(OutboxRow.id)).limit(places)).all()


def under_way(session: Session) -> int:
    """How many journeys were told a moment ago and have not stored a decision since."""
    since = clock.real() - PATIENCE
    query = (
        select(func.count())
        .select_from(OutboxRow)
        .where(
            OutboxRow.kind == REPLAN,
            col(OutboxRow.done_at) >= since,
            OutboxRow.journey_id == JourneyRow.id,
            col(OutboxRow.told_call) >= col(JourneyRow.call),
            col(JourneyRow.state).in_(RUNNING),
        )
    )
    return session.exec(query).one()


def note_call(session: Session, order_id: int) -> None:
    """Remember which call the journey had stored when it was about to be told; the first telling counts."""
    row = session.get(OutboxRow, order_id, with_for_update=True)
    if row is not None and row.told_call is None:
        journey = session.get(JourneyRow, row.journey_id)
        row.told_call = journey.call if journey is not None else -1
        session.add(row)


def progress(session: Session, *, about: str | None = None, limit: int = 10) -> list[Progress]:
    """The latest orders with how far they are, the newest first; `about` names a book or a calendar."""
    query = select(ReplanRow)
    if about is not None:
        query = query.where(ReplanRow.about == about)
    rows = session.exec(query.order_by(col(ReplanRow.id).desc()).limit(limit)).all()
    return [_progress(session, row) for row in rows]


def _progress(session: Session, row: ReplanRow) -> Progress:
    told = select(func.count()).where(OutboxRow.replan_id == row.id, col(OutboxRow.done_at).is_not(None))
    planned = (
        select(func.count())
        .select_from(OutboxRow)
        .where(
            OutboxRow.replan_id == row.id,
            OutboxRow.journey_id == JourneyRow.id,
            col(OutboxRow.done_at).is_not(None),
            or_(
                col(JourneyRow.call) > col(OutboxRow.told_call),
                col(JourneyRow.state).not_in(RUNNING),
            ),
        )
    )
    return Progress(
        id=row.id or 0,
        reason=row.reason,
        about=row.about,
        ordered_at=row.ordered_at,
        journeys=row.journeys,
        told=session.exec(told).one(),
        planned=session.exec(planned).one(),
    )
