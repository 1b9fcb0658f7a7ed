"""The append-only ledger: chained entries whose bodies are sealed, so that the chain outlives an erasure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any, Protocol

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from domain.errors import InvariantViolation, Permanent
from store.canonical import canonical, digest, instant_text, sha256
from store.keys import KeyDestroyed, KeyRing
from store.tables import LedgerRow, StreamHeadRow

NO_HASH = "0" * 64
SALT_BYTES = 16


class Chained(Protocol):
    """What the chain is computed from: a row of the table, or the same fields read from a bundle."""

    stream: str
    seq: int
    office_id: str
    at: datetime
    recorded_at: datetime
    actor: str
    type: str
    rule: str | None
    book: str | None
    link: str | None
    body_hash: str
    prev: str
    hash: str


@dataclass(frozen=True)
class Entry:
    """An entry with its opened body; `body` and `salt` are None once the key is destroyed."""

    stream: str
    seq: int
    office_id: str
    at: datetime
    recorded_at: datetime
    actor: str
    type: str
    rule: str | None
    book: str | None
    link: str | None
    body_hash: str
    prev: str
    hash: str
    body: dict[str, Any] | None = None
    salt: str | None = None


@dataclass(frozen=True)
class Bad:
    """The first entry that is not as it was written: where, and what is wrong with it."""

    stream: str
    seq: int
    reason: str


def owner_of(stream: str) -> str:
    """Whose key seals the bodies of a stream: the journey's, or the house's own."""
    kind, _, rest = stream.partition("/")
    if kind not in ("journey", "desk", "house") or not rest:
        raise InvariantViolation("unknown_stream", stream=stream)
    return stream if kind == "house" else rest


def append(
    session: Session,
    stream: str,
    *,
    office: str,
    at: datetime,
    actor: str,
    type: str,  # noqa: A002 - the row's own word, fixed by the contract
    body: dict[str, Any],
    rule: str | None = None,
    book: str | None = None,
    link: str | None = None,
    seq: int | None = None,
) -> LedgerRow:
    """Write the next entry in the caller's transaction; a given `seq` must be exactly the next one."""
    head = _locked_head(session, stream)
    if seq is not None and seq != head.seq + 1:
        raise InvariantViolation("ledger_gap", stream=stream, expected=str(head.seq + 1), found=str(seq))
    salt, content = token_bytes(SALT_BYTES), canonical(body)
    row = LedgerRow(
        stream=stream,
        seq=head.seq + 1,
        office_id=office,
        at=at.astimezone(UTC),
        recorded_at=datetime.now(UTC),
        actor=actor,
        type=type,
        rule=rule,
        book=book,
        link=link,
        body=_sealed(session, stream, head.seq + 1, salt=salt, content=content),
        body_hash=sha256(salt + content),
        prev=head.hash,
        hash=NO_HASH,
    )
    row.hash = row_hash(row)
    head.seq, head.hash = row.seq, row.hash
    session.add_all((row, head))
    return row


def body_hash(salt: bytes, body: dict[str, Any]) -> str:
    """The hash that stands for a body; the salt keeps a code from being guessed once the body is erased."""
    return sha256(salt + canonical(body))


def row_hash(row: Chained) -> str:
    """The hash of an entry: over everything but itself and the ciphertext."""
    return digest(
        {
            "stream": row.stream,
            "seq": row.seq,
            "office": row.office_id,
            "at": instant_text(row.at),
            "recorded_at": instant_text(row.recorded_at),
            "actor": row.actor,
            "type": row.type,
            "rule": row.rule,
            "book": row.book,
            "link": row.link,
            "body_hash": row.body_hash,
            "prev": row.prev,
        }
    )


def verify_stream(rows: Iterable[Chained]) -> Bad | None:
    """The first entry that breaks the chain of a whole stream in order, or None; needs no key."""
    prev = NO_HASH
    for position, row in enumerate(rows, start=1):
        if (reason := _fault(row, position, prev)) is not None:
            return Bad(row.stream, position, reason)
        prev = row.hash
    return None


def verify(session: Session, stream: str) -> Bad | None:
    """The first bad entry of a stored stream: chain, bodies (where a key still exists) and head, or None."""
    stored = rows(session, stream)
    if (bad := verify_stream(stored)) is not None:
        return bad
    for row in stored:
        if not _body_is_true(session, row):
            return Bad(stream, row.seq, "body")
    head = session.get(StreamHeadRow, stream)
    last = (stored[-1].seq, stored[-1].hash) if stored else (0, NO_HASH)
    if head is not None and (head.seq, head.hash) != last:
        return Bad(stream, last[0] + 1, "missing")
    return None


def rows(session: Session, stream: str) -> Sequence[LedgerRow]:
    """The rows of a stream in order, sealed as they are."""
    return session.exec(
        select(LedgerRow).where(LedgerRow.stream == stream).order_by(col(LedgerRow.seq))
    ).all()


def read(session: Session, stream: str) -> list[Entry]:
    """The entries of a stream in order, opened."""
    return [opened(session, row) for row in rows(session, stream)]


def opened(session: Session, row: LedgerRow) -> Entry:
    """One row with its body opened, or without a body where the key is destroyed."""
    fields = {name: getattr(row, name) for name in Chained.__annotations__}
    try:
        salt, body = _open_body(session, row)
    except KeyDestroyed:
        return Entry(**fields)
    return Entry(**fields, body=body, salt=salt.hex())


def heads(session: Session) -> list[StreamHeadRow]:
    """The head of every stream, in the order of their names."""
    return list(session.exec(select(StreamHeadRow).order_by(col(StreamHeadRow.stream))))


def streams(session: Session, prefix: str = "") -> list[str]:
    """The names of all streams that begin with a prefix."""
    found = select(StreamHeadRow).options(load_only(StreamHeadRow.stream))  # type: ignore[arg-type]
    return sorted(row.stream for row in session.exec(found) if row.stream.startswith(prefix))


def content_digest(entries: Iterable[Entry]) -> str:
    """One hash over what entries say, without salts and the time of writing: equal runs, equal hash."""
    said = [
        [e.stream, e.seq, instant_text(e.at), e.actor, e.type, e.rule, e.book, e.body or {}] for e in entries
    ]
    return sha256(canonical(said))


def _fault(row: Chained, position: int, prev: str) -> str | None:
    if row.seq != position:
        return "sequence"
    if row.prev != prev:
        return "chain"
    return None if row_hash(row) == row.hash else "hash"


def _locked_head(session: Session, stream: str) -> StreamHeadRow:
    # Within one transaction a stream is locked once; a savepoint may be undone, so nothing of it is kept.
    locked: dict[str, StreamHeadRow] = session.info.setdefault("locked_heads", {})
    if session.in_nested_transaction():
        return _lock_head(session, stream)
    if stream not in locked:
        locked[stream] = _lock_head(session, stream)
    return locked[stream]


def _lock_head(session: Session, stream: str) -> StreamHeadRow:
    blank = {"stream": stream, "seq": 0, "hash": NO_HASH}
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(StreamHeadRow).values(blank).on_conflict_do_nothing())
    # `populate_existing`: a head seen earlier in this session may have moved on meanwhile.
    head = session.get(StreamHeadRow, stream, with_for_update=True, populate_existing=True)
    if head is None:
        raise InvariantViolation("ledger_head", stream=stream)
    return head


def _sealed(session: Session, stream: str, seq: int, *, salt: bytes, content: bytes) -> bytes:
    keys, owner = _keys(session), owner_of(stream)
    if stream.startswith("house/"):
        keys.ensure(session, owner)
    plain = b'{"body":' + content + b',"salt":"' + salt.hex().encode() + b'"}'
    return keys.seal(owner, plain, aad_extra=_place(stream, seq), session=session)


def _open_body(session: Session, row: LedgerRow) -> tuple[bytes, dict[str, Any]]:
    place = _place(row.stream, row.seq)
    plain = json.loads(_keys(session).open(owner_of(row.stream), row.body, aad_extra=place, session=session))
    return bytes.fromhex(plain["salt"]), plain["body"]


def _body_is_true(session: Session, row: LedgerRow) -> bool:
    try:
        salt, body = _open_body(session, row)
    except KeyDestroyed:
        return True
    except (Permanent, ValueError, KeyError):
        return False
    return body_hash(salt, body) == row.body_hash


def _place(stream: str, seq: int) -> bytes:
    return f"{stream}#{seq}".encode()


def _keys(session: Session) -> KeyRing:
    keys = session.info.get("keys")
    if not isinstance(keys, KeyRing):
        raise InvariantViolation("session_without_keys")
    return keys
