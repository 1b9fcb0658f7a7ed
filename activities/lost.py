"""What can get lost between two parts: a notice, a timer, a start, an answer to a hand-over, an office's own look."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from domain.calendar import at_berlin, berlin_day
from domain.ids import journey_stream
from store import clock, editions, notices
from store.findings import Found
from store.office_tables import OfficeWatchRow
from store.participants import START
from store.replans import RUNNING
from store.tables import JourneyRow, LedgerRow, OutboxRow

LATE = timedelta(hours=2)
HAND_OVER_DAYS = 10
_OFFERED = "hand_over_offered"
_ENDED = ("hand_over_answered", "hand_over_withdrawn", "hand_over_lapsed")

Lost = tuple[str, Found]


def lost(session: Session, now: datetime) -> Iterator[Lost]:
    """Everything that should have happened by now and did not, each with the office that it belongs to."""
    yield from _late_notices(session, now)
    yield from _lapsed_timers(session, now)
    yield from _not_started(session, now)
    yield from _hand_overs(session, now)
    yield from _offices(session, now)


def _late_notices(session: Session, now: datetime) -> Iterator[Lost]:
    """A notice that should have left long ago: its timer was lost, or nobody listened."""
    late = {row.journey_id for row in notices.overdue(session, now - LATE)}
    rows = session.exec(select(JourneyRow).where(col(JourneyRow.id).in_(sorted(late)))).all()
    yield from (_of(row, "late_notice", "replan") for row in rows)


def _lapsed_timers(session: Session, now: datetime) -> Iterator[Lost]:
    """A journey that should have woken long ago."""
    query = select(JourneyRow).where(
        col(JourneyRow.next_wake) < now - LATE, col(JourneyRow.state).in_(RUNNING)
    )
    yield from (
        _of(row, "lapsed_timer", "replan") for row in session.exec(query.order_by(col(JourneyRow.id)))
    )


def _not_started(session: Session, now: datetime) -> Iterator[Lost]:
    """A journey that was registered and never decided anything; orders are timed by the real clock."""
    query = select(JourneyRow).where(
        JourneyRow.state == "waiting", JourneyRow.call < 0, col(JourneyRow.updated_at) < now - LATE
    )
    for row in session.exec(query.order_by(col(JourneyRow.id))).all():
        starts = select(OutboxRow).where(OutboxRow.journey_id == row.id, OutboxRow.kind == START)
        orders = session.exec(starts.order_by(col(OutboxRow.id))).all()
        if not orders:
            yield _of(row, "not_started", "no_order")
        elif orders[-1].done_at is None:
            yield _of(row, "not_started", "relay_tries")
        elif orders[-1].done_at < clock.real() - LATE:
            yield _of(row, "not_started", "start_again")


def _hand_overs(session: Session, now: datetime) -> Iterator[Lost]:
    """An offer to another office that nobody answered and that did not lapse in time: its timer was lost."""
    last = editions.calendar()[0].add_working_days(berlin_day(now), -HAND_OVER_DAYS)
    query = select(LedgerRow).where(LedgerRow.type == _OFFERED, col(LedgerRow.at) < _begin(last))
    streams = {row.stream: row.seq for row in session.exec(query.order_by(col(LedgerRow.seq)))}
    ended = select(LedgerRow).where(
        col(LedgerRow.stream).in_(sorted(streams)), col(LedgerRow.type).in_((*_ENDED, _OFFERED))
    )
    newest = {row.stream: row.type for row in session.exec(ended.order_by(col(LedgerRow.seq)))}
    still = [stream for stream in sorted(streams) if newest[stream] == _OFFERED]
    rows = select(JourneyRow).where(col(JourneyRow.state).in_(RUNNING)).order_by(col(JourneyRow.id))
    for row in session.exec(rows) if still else ():
        if journey_stream(row.id) in still:
            yield _of(row, "hand_over_open", "replan")


def _offices(session: Session, now: datetime) -> Iterator[Lost]:
    """An office whose look of the day did not happen."""
    query = select(OfficeWatchRow).where(col(OfficeWatchRow.next_wake) < now - LATE)
    for row in session.exec(query.order_by(col(OfficeWatchRow.office_id))):
        yield row.office_id, Found("lapsed_office", f"office/{row.office_id}", "replan")


def _of(row: JourneyRow, kind: str, done: str) -> Lost:
    return row.office_id, Found(kind, f"journey/{row.id}", done, row.id)


def _begin(day: date) -> datetime:
    return at_berlin(day, time(0))
