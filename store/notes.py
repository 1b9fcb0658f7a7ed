"""Free text about a journey: sealed, and never part of a workflow."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from store import clock, ids
from store.database import Store
from store.keys import KeyDestroyed
from store.tables import JourneyRow, NoteRow


@dataclass(frozen=True)
class Note:
    """An opened note; the text is never shown by `repr`."""

    id: str
    subject: str
    kind: str
    author: str
    created_at: datetime
    text: str

    def __repr__(self) -> str:
        """Show the id only."""
        return f"Note({self.id})"


def add(session: Session, store: Store, journey: JourneyRow, *, text: str, author: str, about: str) -> str:
    """Keep a note about a subject of a journey and give its id; `about` is `subject` or `subject#kind`."""
    subject, _, kind = about.partition("#")
    row = NoteRow(
        id=(note := ids.new("note")),
        journey_id=journey.id,
        office_id=journey.office_id,
        subject=subject,
        kind=kind or "note",
        body=store.keys.seal(journey.id, text.encode(), aad_extra=note.encode(), session=session),
        author_id=author,
        created_at=clock.now(session),
    )
    session.add(row)
    session.flush()
    return note


def of(session: Session, store: Store, journey: str) -> list[Note]:
    """The notes of a journey, oldest first; none once the person is erased."""
    found = session.exec(
        select(NoteRow)
        .where(NoteRow.journey_id == journey)
        .order_by(col(NoteRow.created_at), col(NoteRow.id))
    )
    try:
        return [_opened(session, store, row) for row in found]
    except KeyDestroyed:
        return []


def _opened(session: Session, store: Store, row: NoteRow) -> Note:
    text = store.keys.open(row.journey_id, row.body, aad_extra=row.id.encode(), session=session).decode()
    return Note(row.id, row.subject, row.kind, row.author_id, row.created_at, text)
