"""Approvals: what waits for me as the second person, and what became of my own requests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session

from domain.errors import InvalidInput, NotFound, PaktError, Refusal, Unconfirmed
from domain.permissions import Permission
from gateway.approvals import approve
from store import approvals, participants, people
from store.keys import KeyDestroyed
from store.tables_turns import ApprovalRow
from web.access import Requires, Visit
from web.dates import day_text
from web.errors import status_of
from web.form_fields import first
from web.forms_office import FORMS
from web.naming import reference
from web.pages import go, page
from web.posted import form_of
from web.sentences import sentence
from web.words import word

router = APIRouter()
Deciding = Annotated[Visit, Depends(Requires(Permission.OFFICE_APPROVAL_DECIDE))]
_REASONS = {"extend_term": "extension", "close": "close"}


@dataclass(frozen=True)
class Card:
    """One request as the page shows it; `name` and `note` only inside the reader's walls, and never by `repr`."""

    row: ApprovalRow
    title: str
    details: tuple[tuple[str, str], ...]
    office: str
    requester: str
    decider: str
    at: datetime
    refused: str
    within: bool
    name: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


@router.get("/freigaben")
def approvals_page(visit: Deciding) -> Response:
    """What waits for this person, and what this person has asked for."""
    return _shown(visit)


@router.post("/freigaben/{approval}/freigeben")
async def agree(visit: Deciding, approval: str) -> Response:
    """Agree: the command goes to its journey; where that says no, its sentence is shown and the request stays."""
    services = visit.services
    try:
        receipt = await approve(services.store, services.gateway, visit.actor, approval)
    except NotFound as absent:
        if absent.code == "approval":
            raise
        return await run_in_threadpool(_shown, visit, error=Refusal("journey_over"))
    except Unconfirmed:
        return await run_in_threadpool(_shown, visit, error=Unconfirmed("unconfirmed"))
    except Refusal as refused:
        return await run_in_threadpool(_shown, visit, error=refused)
    return go("/freigaben", said="approval_given" if receipt.stored else "approval_given+pending")


@router.post("/freigaben/{approval}/ablehnen")
async def refuse(visit: Deciding, approval: str) -> Response:
    """Say no, with a reason for the requester."""
    why = first(await form_of(visit.request), "reason")

    def act(session: Session) -> None:
        approvals.reject(session, visit.services.store, visit.actor, approval, why=why)

    return await run_in_threadpool(_settle, visit, act, "approval_rejected", about=approval)


@router.post("/freigaben/{approval}/zurueckziehen")
def take_back(visit: Deciding, approval: str) -> Response:
    """Take one's own request back."""

    def act(session: Session) -> None:
        approvals.withdraw(session, visit.actor, approval)

    return _settle(visit, act, "approval_withdrawn", about=approval)


def _settle(visit: Visit, act: Callable[[Session], None], said: str, *, about: str) -> Response:
    try:
        with visit.services.store.write() as session:
            act(session)
    except (Refusal, InvalidInput) as wrong:
        return _shown(visit, error=wrong, about=about)
    return go("/freigaben", said=said)


def _shown(visit: Visit, *, error: PaktError | None = None, about: str = "") -> Response:
    with visit.services.store.read() as session:
        waiting = [_card(visit, session, row) for row in approvals.waiting_for(session, visit.actor.id)]
        own = [_card(visit, session, row) for row in approvals.of_requester(session, visit.actor.id)]
    status = status_of(error)[0] if error else 200
    text = sentence(error.code, error.params, visit.lang) if error else ""
    return page(
        visit,
        "approvals.html",
        status=status,
        waiting=waiting,
        own=own,
        error="" if isinstance(error, InvalidInput) else text,
        errors={about: text} if isinstance(error, InvalidInput) else {},
    )


def card_of(visit: Visit, session: Session, row: ApprovalRow) -> Card:
    """One request as a page shows it."""
    return _card(visit, session, row)


def _card(visit: Visit, session: Session, row: ApprovalRow) -> Card:
    store, form = visit.services.store, FORMS.get(row.kind)
    within = visit.allowed(Permission.OFFICE_JOURNEY_OPEN, row.office_id)
    try:
        opened, why = approvals.content(session, store, row), approvals.reason(session, store, row)
    except KeyDestroyed:
        opened, why = None, ""
    return Card(
        row=row,
        title=form.title[visit.english] if form else row.kind,
        details=tuple(_details(visit, row, opened.body)) if opened else (),
        office=people.office(session, row.office_id).name,
        requester=people.person(session, row.requested_by).name,
        decider=people.person(session, row.decided_by).name if row.decided_by else "",
        at=row.requested_at,
        refused=sentence(row.refused_code, {}, visit.lang) if row.refused_code else "",
        within=within,
        name=(participants.names_of(session, store, [row.journey_id]).get(row.journey_id) or "")
        if within
        else "",
        note=opened.note if opened else "",
        reason=why,
    )


def _details(visit: Visit, row: ApprovalRow, body: dict[str, object]) -> Iterator[tuple[str, str]]:
    """What is asked for, field by field, as its form calls it."""
    form = FORMS[row.kind]
    for entry in form.fields:
        value = body.get(entry.name)
        if value is not None:
            yield entry.label[visit.english], _said(visit, row.kind, entry.name, str(value))


def _said(visit: Visit, kind: str, name: str, value: str) -> str:
    match name:
        case "on":
            return day_text(datetime.fromisoformat(value).date())
        case "reason":
            return word(_REASONS.get(kind, "close"), value, visit.lang)
        case "into" | "duplicate":
            return reference(value)
        case _:
            return value
