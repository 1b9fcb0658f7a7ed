"""What Temporal must still be told: written with its cause, handed on by the relay until it is done."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.errors import NotFound
from store.tables import OutboxRow


def add(session: Session, kind: str, *, journey: str, office: str, body: dict[str, Any]) -> OutboxRow:
    """Leave something to be told, in the caller's transaction."""
    row = OutboxRow(kind=kind, journey_id=journey, office_id=office, body=body, created_at=datetime.now(UTC))
    session.add(row)
    session.flush()
    return row


def pending(session: Session, limit: int = 100, *, but: str | None = None) -> Sequence[OutboxRow]:
    """What is still to be told, oldest first; `but` leaves out one kind."""
    open_rows = select(OutboxRow).where(col(OutboxRow.done_at).is_(None))
    if but is not None:
        open_rows = open_rows.where(OutboxRow.kind != but)
    return session.exec(open_rows.order_by(col(OutboxRow.id)).limit(limit)).all()


def done(session: Session, row_id: int) -> None:
    """It was told; saying so twice is harmless."""
    row = _row(session, row_id)
    row.done_at = row.done_at or datetime.now(UTC)
    row.last_code = None
    session.add(row)


def failed(session: Session, row_id: int, code: str) -> None:
    """It could not be told now; the code says why, and it stays pending."""
    row = _row(session, row_id)
    row.attempts += 1
    row.last_code = code[:60]
    session.add(row)


def _row(session: Session, row_id: int) -> OutboxRow:
    row = session.get(OutboxRow, row_id, with_for_update=True)
    if row is None:
        raise NotFound("outbox_row", id=str(row_id))
    return row
