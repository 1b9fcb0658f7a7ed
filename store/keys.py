"""Keys: one per journey and per house, wrapped by the master key; destroying one erases one person."""

import hashlib
import hmac
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_bytes
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from domain.errors import InvalidInput, Permanent, Transient
from store import ids
from store.tables import KeyRow

KEY_BYTES = 32
CACHE_S = 30.0
BEGIN_OPTION = "pakt_begin"
_NONCE = 12
_KID = 36
_FORMAT = b"\x01"


class KeyDestroyed(Permanent):
    """The key was destroyed on purpose; what it sealed is gone for good."""

    def __init__(self, owner: str) -> None:
        super().__init__("key_destroyed", owner=owner)


class KeyUnknown(Transient):
    """There is no such key here yet; the row may still be on its way."""

    def __init__(self, owner: str) -> None:
        super().__init__("key_unknown", owner=owner)


@dataclass(frozen=True)
class Key:
    """An unwrapped key; its bytes are never shown."""

    kid: str
    owner: str
    secret: bytes

    def __repr__(self) -> str:
        """Show the id only."""
        return f"Key({self.kid})"


def aad(owner: str, kid: str, extra: bytes = b"") -> bytes:
    """The bytes that bind a ciphertext to its owner and key."""
    return b"\x1f".join((owner.encode(), kid.encode(), extra))


class KeyRing:
    """Makes, finds and destroys keys; only keys seen in a committed state are cached, for `CACHE_S` s."""

    def __init__(self, engine: Engine, master_key: bytes) -> None:
        if len(master_key) != KEY_BYTES or len(set(master_key)) < KEY_BYTES // 4:
            raise InvalidInput("weak_master_key", field="master_key")
        self._engine = engine
        self._wrapping = AESGCM(_derive(master_key, b"pakt/wrap/1"))
        self._token_key = _derive(master_key, b"pakt/token/1")
        self._cache: dict[str, tuple[float, Key]] = {}
        self._lock = Lock()

    def create(self, session: Session, owner: str) -> str:
        """Make a key for an owner within the caller's transaction and say its id."""
        kid, secret, nonce = ids.new("key"), token_bytes(KEY_BYTES), token_bytes(_NONCE)
        wrapped = nonce + self._wrapping.encrypt(nonce, secret, aad(owner, kid))
        session.add(KeyRow(kid=kid, owner=owner, wrapped=wrapped, created_at=datetime.now(UTC)))
        session.flush()
        key = Key(kid, owner, secret)
        _fresh(session).update({kid: key, owner: key})
        return kid

    def ensure(self, session: Session, owner: str) -> str:
        """The id of the owner's key, made now if there is none; the caller holds the owner's stream lock."""
        try:
            return self.key_of(owner, session=session).kid
        except KeyUnknown:
            return self.create(session, owner)

    def ensure_committed(self, owner: str) -> Key:
        """The owner's key, made and committed at once if there is none; not for use inside a transaction."""
        try:
            return self.key_of(owner)
        except KeyUnknown:
            writing = self._engine.execution_options(**{BEGIN_OPTION: "IMMEDIATE"})
            with Session(writing) as session:
                self.ensure(session, owner)
                session.commit()
            return self.key_of(owner)

    def cached(self, name: str) -> Key | None:
        """The key of an owner or with an id, if it is at hand without asking the database."""
        return self._cached(name, None)

    def for_owner(self, owner: str, *, session: Session | None = None) -> tuple[str, bytes]:
        """Id and bytes of the key that seals for an owner now."""
        key = self.key_of(owner, session=session)
        return key.kid, key.secret

    def by_kid(self, kid: str, *, session: Session | None = None) -> bytes:
        """The bytes of one key, for opening."""
        return self.key_by_kid(kid, session=session).secret

    def key_of(self, owner: str, *, session: Session | None = None) -> Key:
        """The owner's newest key that was not destroyed."""
        return self._look_up(owner, session, lambda db: self._newest(db, owner))

    def key_by_kid(self, kid: str, *, session: Session | None = None) -> Key:
        """The key with this id, whoever owns it."""
        return self._look_up(kid, session, lambda db: self._unwrap(db.get(KeyRow, kid), kid))

    def warm(self, session: Session, owners: Collection[str]) -> None:
        """Fetch the keys of many owners in one query, for this session."""
        for row in session.exec(select(KeyRow).where(col(KeyRow.owner).in_(owners))):
            if row.destroyed_at is None and row.kid not in _fresh(session):
                key = self._unwrap(row, row.kid)
                _fresh(session).update({row.kid: key, row.owner: key})

    def destroy(self, session: Session, owner: str) -> None:
        """Destroy all keys of an owner: the rows stay, the bytes are gone."""
        for row in session.exec(select(KeyRow).where(KeyRow.owner == owner)):
            row.wrapped, row.destroyed_at = None, row.destroyed_at or datetime.now(UTC)
            session.add(row)
        session.flush()
        _fresh(session).clear()
        self.forget()

    def forget(self) -> None:
        """Empty the cache."""
        with self._lock:
            self._cache.clear()

    def seal(
        self, owner: str, plain: bytes, *, aad_extra: bytes = b"", session: Session | None = None
    ) -> bytes:
        """Seal bytes for an owner; the key id travels inside."""
        key, nonce = self.key_of(owner, session=session), token_bytes(_NONCE)
        sealed = AESGCM(key.secret).encrypt(nonce, plain, aad(owner, key.kid, aad_extra))
        return _FORMAT + key.kid.encode() + nonce + sealed

    def open(
        self, owner: str, blob: bytes, *, aad_extra: bytes = b"", session: Session | None = None
    ) -> bytes:
        """Open what `seal` made for the same owner; anything else is `Permanent("sealed_broken")`."""
        if blob[:1] != _FORMAT or len(blob) < 1 + _KID + _NONCE:
            raise Permanent("sealed_broken", owner=owner)
        kid = blob[1 : 1 + _KID].decode("ascii", "replace")
        nonce, sealed = blob[1 + _KID : 1 + _KID + _NONCE], blob[1 + _KID + _NONCE :]
        key = self.key_by_kid(kid, session=session)
        try:
            return AESGCM(key.secret).decrypt(nonce, sealed, aad(owner, kid, aad_extra))
        except InvalidTag:
            raise Permanent("sealed_broken", owner=owner) from None

    def token(self, owner_text: str) -> str:
        """A search token: equal for equal texts, and useless without the master key."""
        return hmac.new(self._token_key, owner_text.encode(), hashlib.sha256).hexdigest()

    def _look_up(self, name: str, session: Session | None, find: Callable[[Session], Key]) -> Key:
        if (cached := self._cached(name, session)) is not None:
            return cached
        if session is not None:
            key = find(session)
            _fresh(session)[name] = key
            return key
        try:
            with Session(self._engine) as committed:
                key = find(committed)
        except DBAPIError as error:
            raise Transient("key_service_away") from error
        with self._lock:
            self._cache[name] = (time.monotonic() + CACHE_S, key)
        return key

    def _cached(self, name: str, session: Session | None) -> Key | None:
        if session is not None and (key := _fresh(session).get(name)) is not None:
            return key
        with self._lock:
            until, found = self._cache.get(name, (0.0, None))
        return found if until > time.monotonic() else None

    def _newest(self, session: Session, owner: str) -> Key:
        rows = session.exec(
            select(KeyRow).where(KeyRow.owner == owner).order_by(col(KeyRow.created_at), col(KeyRow.kid))
        ).all()
        living = [row for row in rows if row.destroyed_at is None]
        return self._unwrap(next(reversed(living or rows), None), owner)

    def _unwrap(self, row: KeyRow | None, name: str) -> Key:
        if row is None:
            raise KeyUnknown(name)
        if row.destroyed_at is not None or row.wrapped is None:
            raise KeyDestroyed(row.owner)
        try:
            secret = self._wrapping.decrypt(
                row.wrapped[:_NONCE], row.wrapped[_NONCE:], aad(row.owner, row.kid)
            )
        except InvalidTag:
            raise Permanent("wrong_master_key", kid=row.kid) from None
        return Key(row.kid, row.owner, secret)


def _derive(master_key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(master_key)


def _fresh(session: Session) -> dict[str, Key]:
    # Keys seen inside a transaction live as long as its session: a rollback must not leave one in the cache.
    found: dict[str, Key] = session.info.setdefault("fresh_keys", {})
    return found
