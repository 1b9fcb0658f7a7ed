"""Rows of notices: one intent, one row, one Message-ID, whatever happens on the wire."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from domain.codes import WAITING_NOTICE
from domain.errors import InvariantViolation, NotFound
from store.tables import NoticeRow

Settled = Literal["sent", "failed", "unknown", "deferred", "lapsed", "to_print", "printed"]


@dataclass(frozen=True)
class Claim:
    """What a claim found: `granted` says that the caller, and nobody else, hands the notice over now."""

    row: NoticeRow
    granted: bool


def message_id(notice: str) -> str:
    """The one Message-ID of a notice; a second hand-over carries the same."""
    return f"{notice}@pakt.invalid"


def get(session: Session, notice_id: str, *, lock: bool = False) -> NoticeRow:
    """The row of a notice; `NotFound` otherwise."""
    row = session.get(NoticeRow, notice_id, with_for_update=lock or None)
    if row is None:
        raise NotFound("notice", id=notice_id)
    return row


def claim(session: Session, notice_id: str, now: datetime) -> Claim:
    """Take a notice for handing over; commit before the wire is touched.

    A notice that an earlier attempt took and never settled may have left already: it is granted again and
    marked as a possible duplicate. What is settled for good is not granted; the caller answers from its row.
    """
    row = get(session, notice_id, lock=True)
    if row.state not in (*WAITING_NOTICE, "handing_over"):
        return Claim(row, granted=False)
    row.possible_duplicate = row.possible_duplicate or row.state == "handing_over"
    row.state, row.claimed_at = "handing_over", now
    row.attempts += 1
    session.add(row)
    session.flush()
    return Claim(row, granted=True)


def settle(
    session: Session,
    notice_id: str,
    outcome: Settled,
    *,
    now: datetime,
    reason: str = "ok",
    text_version: str | None = None,
) -> NoticeRow:
    """Write down what became of a notice; a `sent` one is never unsent.

    An attempt that surely left nothing on the wire says `deferred`: the next claim is then no duplicate.
    """
    row = get(session, notice_id, lock=True)
    if row.state == outcome == "sent":
        return row
    if row.state == "sent":
        raise InvariantViolation("notice_unsent", id=notice_id, outcome=outcome)
    row.state, row.reason, row.settled_at = outcome, reason, now
    row.text_version = text_version or row.text_version
    session.add(row)
    session.flush()
    return row


def to_print(session: Session, *, office: str) -> Sequence[NoticeRow]:
    """The letters of an office that wait for a printer, oldest first."""
    waiting = select(NoticeRow).where(NoticeRow.office_id == office, NoticeRow.state == "to_print")
    return session.exec(waiting.order_by(col(NoticeRow.send_at), col(NoticeRow.id))).all()


def overdue(session: Session, before: datetime, limit: int = 100) -> Sequence[NoticeRow]:
    """Notices that should have left before an instant and are neither settled nor lapsed: for the sweeper."""
    late = select(NoticeRow).where(
        col(NoticeRow.state).in_((*WAITING_NOTICE, "handing_over")), col(NoticeRow.send_at) < before
    )
    return session.exec(late.order_by(col(NoticeRow.send_at), col(NoticeRow.id)).limit(limit)).all()
