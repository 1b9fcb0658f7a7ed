"""What waits for a second person: asked, decided or taken back, each step in the ledger of its journey.

Persons are compared, never roles: nobody decides what they asked for themselves, nor in the seat of somebody who did.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from domain.errors import InvalidInput, NotFound, Refusal
from domain.ids import derived_id
from domain.permissions import Actor, Role
from store import clock
from store.database import Store
from store.opening import write_down
from store.people import office as office_of
from store.tables import JourneyRow, OfficeRow, PersonRow
from store.tables_turns import ApprovalRow

REASON_MAX = 200
_AAD = b"approval/"


@dataclass(frozen=True)
class Request:
    """A command that one person asks for: its fields, and a word for the second person, never shown by `repr`."""

    command_id: str
    kind: str
    body: dict[str, Any]
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class Opened:
    """What a request asks for, read with the journey's key; `role` is the one in which it was asked."""

    command_id: str
    body: dict[str, Any]
    role: str
    note: str = field(default="", repr=False)


def file(session: Session, store: Store, actor: Actor, journey: JourneyRow, request: Request) -> ApprovalRow:
    """Ask for a second person; the same form sent again is the same request.

    Raises:
        Refusal: the same kind of request waits already.
    """
    approval = derived_id("approval", journey.id, request.command_id)
    known = session.get(ApprovalRow, approval)
    if known is not None:
        return known
    waiting = [row for row in of_journey(session, journey.id) if row.state == "requested"]
    if any(row.kind == request.kind for row in waiting):
        raise Refusal("approval_waits")
    content = {
        "command_id": request.command_id,
        "body": request.body,
        "role": str(actor.role),
        "note": request.note,
    }
    row = ApprovalRow(
        id=approval,
        journey_id=journey.id,
        office_id=journey.office_id,
        kind=request.kind,
        command=_seal(session, store, journey.id, approval, json.dumps(content)),
        requested_by=actor.id,
        requested_at=clock.now(session),
    )
    session.add(row)
    session.flush()
    _note(session, actor, row, "approval_requested")
    return row


def content(session: Session, store: Store, row: ApprovalRow) -> Opened:
    """What the request asks for; raises `KeyDestroyed` once the person is erased."""
    plain = store.keys.open(row.journey_id, row.command, aad_extra=_AAD + row.id.encode(), session=session)
    return Opened(**json.loads(plain))


def reason(session: Session, store: Store, row: ApprovalRow) -> str:
    """Why it was rejected; empty where nothing was said."""
    if row.reason is None:
        return ""
    extra = _AAD + row.id.encode() + b"/reason"
    return store.keys.open(row.journey_id, row.reason, aad_extra=extra, session=session).decode()


def get(session: Session, approval: str) -> ApprovalRow:
    """The request with this id, locked where the session writes; `NotFound` otherwise."""
    lock = True if session.info.get("writing") else None
    row = session.get(ApprovalRow, approval, with_for_update=lock, populate_existing=True)
    if row is None:
        raise NotFound("approval")
    return row


def of_journey(session: Session, journey: str) -> Sequence[ApprovalRow]:
    """The requests of a journey, the latest first."""
    query = select(ApprovalRow).where(ApprovalRow.journey_id == journey)
    return session.exec(query.order_by(col(ApprovalRow.requested_at).desc(), col(ApprovalRow.id))).all()


def of_requester(session: Session, person: str, limit: int = 50) -> Sequence[ApprovalRow]:
    """What a person has asked for, the latest first."""
    query = select(ApprovalRow).where(ApprovalRow.requested_by == person)
    order = (col(ApprovalRow.requested_at).desc(), col(ApprovalRow.id))
    return session.exec(query.order_by(*order).limit(limit)).all()


def waiting_for(session: Session, person: str) -> list[ApprovalRow]:
    """What waits for a person to decide, the oldest first."""
    query = select(ApprovalRow).where(ApprovalRow.state == "requested")
    rows = session.exec(query.order_by(col(ApprovalRow.requested_at), col(ApprovalRow.id))).all()
    return [row for row in rows if person in deciders(session, row.office_id, row.requested_by)]


def deciders(session: Session, office: str, requester: str) -> frozenset[str]:
    """Who may decide: lead and head of the office and their deputies, but for the requester and that seat.

    Where nobody is left, as in an office of one, the leads and heads of the district's other offices may.
    """
    row = office_of(session, office)
    own = _with_deputies(session, {row.lead_id, row.head_id} - {requester, None})
    if own - {requester}:
        return own - {requester}
    seats = session.exec(select(OfficeRow)).all()
    named = {seat for one in seats for seat in (one.lead_id, one.head_id)}
    return _active(session, named - {requester, None})


def claim(session: Session, actor: Actor, approval: str) -> ApprovalRow:
    """Note that a request is on its way to the journey; then nobody can reject or withdraw it.

    Raises:
        NotFound: there is none that this person may decide.
        Refusal: it is decided already.
    """
    row = _open_for(session, actor, approval)
    row.claimed_by, row.refused_code = actor.id, None
    session.add(row)
    return row


def release(session: Session, actor: Actor, approval: str, *, code: str) -> None:
    """The journey said no: the request stays, and says why."""
    row = get(session, approval)
    if row.state != "requested":
        return
    row.claimed_by, row.refused_code = None, code
    session.add(row)
    _note(session, actor, row, "approval_refused", code=code)


def carried_out(session: Session, actor: Actor, approval: str) -> None:
    """The journey has done it; noted once."""
    row = get(session, approval)
    if row.state != "requested":
        return
    row.state, row.claimed_by, row.refused_code = "approved", None, None
    row.decided_by, row.decided_at = actor.id, clock.now(session)
    session.add(row)
    _note(session, actor, row, "approval_given")


def reject(session: Session, store: Store, actor: Actor, approval: str, *, why: str) -> ApprovalRow:
    """Say no, with a reason that the requester reads.

    Raises:
        NotFound: there is none that this person may decide.
        InvalidInput: no reason was given, or a very long one.
        Refusal: it is decided already, or on its way.
    """
    row = _open_for(session, actor, approval)
    if not why.strip():
        raise InvalidInput("required", field="reason")
    if len(why) > REASON_MAX:
        raise InvalidInput("too_long", field="reason", max=str(REASON_MAX))
    _expect_here(row)
    extra = _AAD + row.id.encode() + b"/reason"
    row.reason = store.keys.seal(row.journey_id, why.strip().encode(), aad_extra=extra, session=session)
    return _end(session, actor, row, "rejected")


def withdraw(session: Session, actor: Actor, approval: str) -> ApprovalRow:
    """Take one's own request back.

    Raises:
        NotFound: there is none of this person.
        Refusal: it is decided already, or on its way.
    """
    row = get(session, approval)
    if row.requested_by != actor.id:
        raise NotFound("approval")
    _expect_undecided(row)
    _expect_here(row)
    return _end(session, actor, row, "withdrawn")


def _end(session: Session, actor: Actor, row: ApprovalRow, state: str) -> ApprovalRow:
    row.state, row.decided_by, row.decided_at = state, actor.id, clock.now(session)
    session.add(row)
    _note(session, actor, row, f"approval_{state}")
    return row


def _open_for(session: Session, actor: Actor, approval: str) -> ApprovalRow:
    row = get(session, approval)
    if actor.id not in deciders(session, row.office_id, row.requested_by):
        raise NotFound("approval")
    _expect_undecided(row)
    return row


def _expect_undecided(row: ApprovalRow) -> None:
    if row.state != "requested":
        raise Refusal("approval_decided", decided=row.state)


def _expect_here(row: ApprovalRow) -> None:
    if row.claimed_by is not None:
        raise Refusal("approval_under_way")


def _with_deputies(session: Session, seats: set[str | None]) -> frozenset[str]:
    """Those who hold a seat, and those who stand in for them; only people who are still here."""
    holders = session.exec(select(PersonRow).where(col(PersonRow.id).in_(seats))).all()
    return _active(session, {*seats, *(row.deputy_id for row in holders)})


def _active(session: Session, wanted: set[str | None]) -> frozenset[str]:
    query = select(PersonRow).where(col(PersonRow.id).in_(wanted), col(PersonRow.active).is_(True))
    decide = (Role.CASE_WORKER, Role.LEAD, Role.HEAD)
    return frozenset(row.id for row in session.exec(query) if Role(row.role) in decide)


def _seal(session: Session, store: Store, journey: str, approval: str, text: str) -> bytes:
    return store.keys.seal(journey, text.encode(), aad_extra=_AAD + approval.encode(), session=session)


def _note(session: Session, actor: Actor, row: ApprovalRow, type_: str, **more: str) -> None:
    journey = session.get(JourneyRow, row.journey_id)
    if journey is not None:
        body: dict[str, object] = {"approval": row.id, "kind": row.kind, **more}
        write_down(session, actor, journey, type_=type_, body=body)
