"""Closure days of offices: who closes which days, what becomes of open journeys, and the calendar with them.

A closed office does not work: what it must do itself waits. Periods of the law and dates of participants never move
for it (docs/decisions/012-closure-days.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from domain.calendar import Calendar, ClosureReason, berlin_day
from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound
from domain.ids import house_stream
from store import calendars, ledger, replans
from store.books import By
from store.calendars import Document
from store.database import Store
from store.tables import OfficeRow
from store.tables_closures import CalendarRow, ClosureRow

CHANGED = "calendar_changed"
LONGEST_SPAN_DAYS = 92
_ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Closure days in a row with one reason: the first, the last, and how many working days they are."""

    first: date
    last: date
    days: int
    reason: str


class Changed(NamedTuple):
    """What a change did: the days that are closed or open now and were not before, and the replans ordered."""

    days: tuple[date, ...]
    replans: int


@dataclass(frozen=True)
class Calendars:
    """The calendars of an installation as those see them who decide."""

    store: Store

    def of(self, office: str, pinned: str | None = None) -> tuple[Calendar, Edition]:
        """The calendar of an office with its closure days, kept under its hash; or the pinned one."""
        with self.store.read() as session:
            if pinned is not None:
                return _pinned(session, pinned)
            found = current(session, office)
            row = session.get(CalendarRow, found.edition.sha256)
        if row is None and found.calendar.closures:
            # A newer release made it from another published calendar, and nobody has changed a day since.
            self._keep(office, found)
        return found.calendar, found.edition

    def _keep(self, office: str, found: Document) -> None:
        try:
            with self.store.write() as session:
                keep(session, office, found)
        except IntegrityError:  # kept by another worker at the same moment
            return


def current(session: Session, office: str) -> Document:
    """The calendar of an office as it stands now: the published one, with its closure days if it has any."""
    days = closed_days(session, office)
    if not days:
        return calendars.published(calendars.IN_FORCE)
    return calendars.with_closures(calendars.IN_FORCE, office, days)


def keep(session: Session, office: str, found: Document) -> None:
    """Keep a calendar with closure days for ever, so that whatever it decided can be decided again."""
    edition = found.edition
    if session.get(CalendarRow, edition.sha256) is None:
        row = CalendarRow(sha256=edition.sha256, id=edition.id, office_id=office, document=found.text)
        session.add(row)
        session.flush()


def document(session: Session, edition: Edition) -> str | None:
    """The text of a kept calendar with closure days, or None where this installation has none of this hash."""
    row = session.get(CalendarRow, edition.sha256)
    return row.document if row is not None and row.id == edition.id else None


def _pinned(session: Session, id_: str) -> tuple[Calendar, Edition]:
    row = session.exec(select(CalendarRow).where(CalendarRow.id == id_)).first()
    if row is None:
        found = calendars.published(id_)
        return found.calendar, found.edition
    edition = Edition(id=row.id, sha256=row.sha256)
    return calendars.read_as(row.document, edition), edition


def closed_days(session: Session, office: str) -> tuple[date, ...]:
    """Every closure day of an office, past and to come, in order."""
    query = select(col(ClosureRow.day)).where(col(ClosureRow.office_id) == office)
    return tuple(session.exec(query.order_by(col(ClosureRow.day))).all())


def spans(session: Session, office: str, *, since: date = date.min) -> list[Span]:
    """The closure days of an office from a day on, those that follow each other as one span."""
    query = select(ClosureRow).where(ClosureRow.office_id == office, col(ClosureRow.day) >= since)
    return list(_joined(session.exec(query.order_by(col(ClosureRow.day))).all()))


def _joined(rows: Sequence[ClosureRow]) -> Iterator[Span]:
    plain = calendars.published(calendars.IN_FORCE).calendar
    open_: Span | None = None
    for row in rows:
        follows = open_ is not None and plain.working_days_between(open_.last, row.day) == 1
        if open_ is not None and follows and open_.reason == row.reason:
            open_ = open_._replace(last=row.day, days=open_.days + 1)
            continue
        if open_ is not None:
            yield open_
        open_ = Span(row.day, row.day, 1, row.reason)
    if open_ is not None:
        yield open_


def close(
    session: Session, office: str, first: date, last: date, reason: ClosureReason, *, by: By
) -> Changed:
    """Close an office on every working day of a span, and let its open journeys be planned again.

    Days that are closed already stay as they are, so that the same form sent twice changes nothing more.

    Raises:
        NotFound: `office`.
        InvalidInput: `closure_past`, `closure_backwards`, `closure_long`, `closure_no_working_day`,
            `calendar_range`.
    """
    _lock(session, office)
    _expect_span(first, last, berlin_day(by.at))
    closed = set(closed_days(session, office))
    wanted = _working_days(first, last)
    if not wanted:
        raise InvalidInput("closure_no_working_day", field="first", first=first.isoformat())
    fresh = tuple(day for day in wanted if day not in closed)
    for day in fresh:
        row = ClosureRow(
            office_id=office, day=day, reason=str(reason), recorded_by=by.person, recorded_at=by.at
        )
        session.add(row)
    session.flush()
    return _told(session, office, fresh, "closures_added", by=by, reason=str(reason))


def reopen(session: Session, office: str, first: date, last: date, *, by: By) -> Changed:
    """Take closure days of a span back that are still to come; days that are open stay open.

    Raises:
        NotFound: `office`.
        InvalidInput: `closure_past` for a day that has begun, `closure_backwards`, `closure_long`.
    """
    _lock(session, office)
    _expect_span(first, last, berlin_day(by.at) + _ONE_DAY)
    within = (ClosureRow.office_id == office, col(ClosureRow.day) >= first, col(ClosureRow.day) <= last)
    rows = session.exec(select(ClosureRow).where(*within).order_by(col(ClosureRow.day))).all()
    days = tuple(row.day for row in rows)
    for row in rows:
        session.delete(row)
    session.flush()
    return _told(session, office, days, "closures_removed", by=by)


def _lock(session: Session, office: str) -> None:
    """Two changes at once of one office wait for each other."""
    if session.get(OfficeRow, office, with_for_update=True) is None:
        raise NotFound("office", field="office", office=office)


def _expect_span(first: date, last: date, earliest: date) -> None:
    if last < first:
        raise InvalidInput("closure_backwards", field="last", first=first.isoformat(), last=last.isoformat())
    if first < earliest:
        raise InvalidInput("closure_past", field="first", earliest=earliest.isoformat())
    if (last - first).days >= LONGEST_SPAN_DAYS:
        raise InvalidInput("closure_long", field="last", most=str(LONGEST_SPAN_DAYS))


def _working_days(first: date, last: date) -> tuple[date, ...]:
    plain = calendars.published(calendars.IN_FORCE).calendar
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if plain.is_working_day(day))


def _told(
    session: Session, office: str, days: tuple[date, ...], kind: str, *, by: By, reason: str | None = None
) -> Changed:
    """Write a change down and hand it on; where nothing changed, nothing is written."""
    if not days:
        return Changed((), 0)
    found = current(session, office)
    if found.calendar.closures:
        keep(session, office, found)
    orders = replans.order(session, reason=CHANGED, about=found.edition.id, at=by.at, office=office)
    body: dict[str, object] = {
        "days": [day.isoformat() for day in days],
        "reason": reason,
        "calendar": found.edition.model_dump(),
        "replans": orders,
    }
    stream = house_stream(office)
    ledger.append(session, stream, office=office, at=by.at, actor=by.person, type=kind, body=body)
    return Changed(days, orders)
