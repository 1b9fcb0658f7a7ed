"""Archived runs: the full history of each workflow run, sealed, kept by our own retention."""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from domain.errors import InvariantViolation, NotFound
from store.canonical import sha256
from store.database import Store
from store.tables import ArchivedRunRow, JourneyRow


def put(
    session: Session, store: Store, run_id: str, *, journey: str, history: bytes, successor: str | None = None
) -> ArchivedRunRow:
    """Keep the history of a run; the same run again must be the same bytes and may learn its successor."""
    row, digest = session.get(ArchivedRunRow, run_id, with_for_update=True), sha256(history)
    if row is None:
        row = ArchivedRunRow(
            run_id=run_id,
            journey_id=journey,
            office_id=_office(session, journey),
            sha256=digest,
            history=store.keys.seal(
                journey, zlib.compress(history), aad_extra=run_id.encode(), session=session
            ),
            archived_at=datetime.now(UTC),
        )
    if row.sha256 != digest:
        raise InvariantViolation("archived_run_differs", run=run_id)
    row.successor = successor or row.successor
    session.add(row)
    session.flush()
    return row


def history(session: Session, store: Store, run_id: str) -> bytes:
    """The history of a run, as it was handed in; its hash is checked."""
    row = session.get(ArchivedRunRow, run_id)
    if row is None:
        raise NotFound("run", id=run_id)
    sealed = store.keys.open(row.journey_id, row.history, aad_extra=run_id.encode(), session=session)
    plain = zlib.decompress(sealed)
    if sha256(plain) != row.sha256:
        raise InvariantViolation("archived_run_differs", run=run_id)
    return plain


def runs_of(session: Session, journey: str) -> Sequence[ArchivedRunRow]:
    """The archived runs of a journey, in the order in which they were archived."""
    found = select(ArchivedRunRow).where(ArchivedRunRow.journey_id == journey)
    return session.exec(found.order_by(col(ArchivedRunRow.archived_at), col(ArchivedRunRow.run_id))).all()


def _office(session: Session, journey: str) -> str:
    row = session.get(JourneyRow, journey)
    if row is None:
        raise NotFound("journey", id=journey)
    return row.office_id
