"""Offices, the people who work there, and their sign-ins."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from sqlalchemy import or_
from sqlmodel import Session, col, delete, select

from domain.errors import InvalidInput, NotFound
from domain.permissions import Role
from store import ids
from store.tables import OfficeRow, PersonRow, SessionRow

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
SHORTEST_PASSWORD = 12
_CASEWORK = (Role.CASE_WORKER, Role.LEAD)
_HASHER = PasswordHasher()


def add_person(
    session: Session, *, login: str, name: str, password: str, role: str, office: str
) -> PersonRow:
    """Somebody new who may sign in; the password is kept as an argon2id hash."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput("password_short", field="password")
    row = PersonRow(
        id=ids.new("person"),
        login=login.strip().casefold(),
        name=name,
        password_hash=_HASHER.hash(password),
        role=role,
        office_id=office,
    )
    session.add(row)
    session.flush()
    return row


def person(session: Session, person_id: str) -> PersonRow:
    """The person with this id; `NotFound` otherwise."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise NotFound("person", id=person_id)
    return row


def by_login(session: Session, login: str) -> PersonRow | None:
    """The person with this sign-in name, or None."""
    return session.exec(select(PersonRow).where(PersonRow.login == login.strip().casefold())).one_or_none()


def verify_password(session: Session, login: str, password: str) -> PersonRow | None:
    """The person, if name and password are right; an unknown name takes as long as a wrong password."""
    row = by_login(session, login)
    stored = row.password_hash if row and row.active else _nobody()
    right = _matches(stored, password)
    return row if row and row.active and right else None


def open_session(session: Session, person_id: str, *, now: datetime | None = None) -> str:
    """Sign a person in and give the secret for the cookie; only its hash is kept. `now` is real time."""
    at, secret = now or datetime.now(UTC), token_urlsafe(32)
    session.add(
        SessionRow(
            id_hash=_hash(secret), person_id=person_id, created_at=at, seen_at=at, expires_at=at + LONGEST
        )
    )
    session.flush()
    return secret


def session_person(session: Session, secret: str, *, now: datetime | None = None) -> PersonRow | None:
    """Who is signed in with this secret: not after 30 idle minutes, 10 hours, or being made inactive."""
    row, at = session.get(SessionRow, _hash(secret)), now or datetime.now(UTC)
    if row is None or at >= row.expires_at or at - row.seen_at > IDLE:
        return None
    found = session.get(PersonRow, row.person_id)
    return found if found is not None and found.active else None


def touch_session(session: Session, secret: str, *, now: datetime | None = None) -> None:
    """The person did something: the idle time begins anew."""
    row = session.get(SessionRow, _hash(secret))
    if row is not None:
        row.seen_at = now or datetime.now(UTC)
        session.add(row)


def close_session(session: Session, secret: str) -> None:
    """Sign out; a secret that is unknown is no error."""
    session.exec(delete(SessionRow).where(col(SessionRow.id_hash) == _hash(secret)))


def offices(session: Session) -> Sequence[OfficeRow]:
    """All offices, by name."""
    return session.exec(select(OfficeRow).order_by(col(OfficeRow.name))).all()


def office(session: Session, office_id: str) -> OfficeRow:
    """The office with this id; `NotFound` otherwise."""
    row = session.get(OfficeRow, office_id)
    if row is None:
        raise NotFound("office", id=office_id)
    return row


def chain_of(session: Session, person_id: str) -> frozenset[str]:
    """The offices that name this person, or somebody this person stands in for, as lead or head."""
    stands_for = session.exec(select(PersonRow.id).where(PersonRow.deputy_id == person_id)).all()
    names = [person_id, *stands_for]
    named = or_(col(OfficeRow.lead_id).in_(names), col(OfficeRow.head_id).in_(names))
    return frozenset(session.exec(select(OfficeRow.id).where(named)))


def holder(session: Session, office_id: str, level: int) -> PersonRow | None:
    """Who holds a level of an office's chain: 1 the lead, above it the head; their deputy if inactive."""
    row = office(session, office_id)
    wanted, seen = (row.lead_id if level <= 1 else row.head_id), set[str]()
    while wanted is not None and wanted not in seen:
        seen.add(wanted)
        found = session.get(PersonRow, wanted)
        if found is None or found.active:
            return found
        wanted = found.deputy_id
    return None


def case_workers(session: Session, office_id: str) -> Sequence[PersonRow]:
    """The active case workers of an office, by name."""
    return colleagues(session, office_id, role="case_worker")


def stand_ins(session: Session, office_id: str) -> Sequence[PersonRow]:
    """The active people of an office who may step in for a case worker, by name: those who may do casework."""
    return [row for row in colleagues(session, office_id) if Role(row.role) in _CASEWORK]


def expect_case_worker(session: Session, office_id: str, person_id: str) -> None:
    """Refuse a case worker who may not do casework in the office.

    Raises:
        InvalidInput: `case_worker_unknown`, naming the field.
    """
    if person_id not in {row.id for row in stand_ins(session, office_id)}:
        remedy = "name an active case worker or lead of this office by id"
        raise InvalidInput("case_worker_unknown", field="case_worker", remedy=remedy)


def expect_stand_in(session: Session, office_id: str, *, case_worker: str, substitute: str | None) -> None:
    """Refuse a substitute who is the case worker, or who may not do casework in the office.

    Raises:
        InvalidInput: `own_substitute` or `substitute_unknown`, naming the field.
    """
    if substitute is None:
        return
    if substitute == case_worker:
        raise InvalidInput("own_substitute", field="substitute", remedy="name somebody else")
    if substitute not in {row.id for row in stand_ins(session, office_id)}:
        remedy = "name an active case worker or lead of this office by id, or leave the field out"
        raise InvalidInput("substitute_unknown", field="substitute", remedy=remedy)


def deputy_of(session: Session, case_worker: str) -> str | None:
    """Who stands in for a case worker unless somebody else is named: the deputy, if there is one at work."""
    row = session.get(PersonRow, case_worker)
    if row is None or row.deputy_id is None or row.deputy_id == row.id:
        return None
    there = {found.id for found in stand_ins(session, row.office_id)}
    return row.deputy_id if row.deputy_id in there else None


def colleagues(session: Session, office_id: str, *, role: str | None = None) -> Sequence[PersonRow]:
    """The active people of an office, all or in one role, by name."""
    query = select(PersonRow).where(PersonRow.office_id == office_id, col(PersonRow.active).is_(True))
    if role is not None:
        query = query.where(PersonRow.role == role)
    return session.exec(query.order_by(col(PersonRow.name))).all()


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash(token_urlsafe(16))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
