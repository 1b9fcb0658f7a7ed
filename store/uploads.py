"""A list between its preview and its confirmation: sealed with a key of its own, and gone within a day."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, col, select

from domain.errors import NotFound
from domain.list_cells import Table
from store import clock, ids, reading_lists
from store.database import Store
from store.keys import KeyDestroyed
from store.tables_take_over import UploadRow

KEPT = timedelta(hours=12)
_PLACE = b"upload"


@dataclass(frozen=True)
class Upload:
    """A kept list: what it is for, and its table; after the confirmation only the lines that were not taken."""

    id: str
    kind: str
    office: str
    sha256: str
    taken: int | None
    table: Table = field(repr=False)


def keep(
    session: Session, store: Store, table: Table, *, kind: str, sha256: str, whose: tuple[str, str]
) -> str:
    """Keep a list for a person of an office; whatever is older than half a day goes."""
    purge(session, store)
    person, office = whose
    id_ = ids.new("upload")
    store.keys.create(session, id_)
    session.add(
        UploadRow(
            id=id_,
            kind=kind,
            office_id=office,
            person_id=person,
            sha256=sha256,
            content=_seal(session, store, id_, table),
            created_at=clock.now(session),
        )
    )
    session.flush()
    return id_


def find(session: Session, store: Store, upload: str, *, kind: str, person: str) -> Upload:
    """The list that this person has uploaded; `NotFound` for anybody else, and once it is gone."""
    row = session.get(UploadRow, upload)
    if row is None or row.person_id != person or row.kind != kind:
        raise NotFound("upload")
    try:
        plain = store.keys.open(row.id, row.content, aad_extra=_PLACE, session=session)
    except KeyDestroyed:
        raise NotFound("upload") from None
    table = reading_lists.from_bytes(plain)
    return Upload(row.id, row.kind, row.office_id, row.sha256, row.taken, table)


def keep_rest(session: Session, store: Store, upload: Upload, *, lines: frozenset[int], taken: int) -> None:
    """Keep only the lines that were not taken, so that they can be corrected; without any, keep nothing."""
    row = session.get(UploadRow, upload.id, with_for_update=True)
    if row is None:
        return
    rest = Table(upload.table.heading, tuple(r for r in upload.table.rows if r[0] in lines))
    row.content, row.taken = _seal(session, store, row.id, rest), (row.taken or 0) + taken
    session.add(row)
    session.flush()


def discard(session: Session, store: Store, upload: str) -> None:
    """Forget a list at once."""
    row = session.get(UploadRow, upload)
    if row is not None:
        store.keys.destroy(session, row.id)
        session.delete(row)
        session.flush()


def purge(session: Session, store: Store) -> None:
    """Forget every list that has waited longer than half a day."""
    old = select(UploadRow.id).where(col(UploadRow.created_at) < clock.now(session) - KEPT)
    for upload in session.exec(old).all():
        discard(session, store, upload)


def _seal(session: Session, store: Store, upload: str, table: Table) -> bytes:
    plain = reading_lists.to_bytes(table)
    return store.keys.seal(upload, plain, aad_extra=_PLACE, session=session)
