"""The inbox of allocations: who was allocated to this office, and what it answers. Data are typed once."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Response
from fastapi.concurrency import run_in_threadpool

from domain.errors import InvalidInput, Refusal
from domain.permissions import Permission
from store import allocations, participants, people
from store.allocations import Card
from store.likely import Likely
from store.tables_take_over import AllocationRow
from web.access import Requires, Visit
from web.dates import today
from web.form_fields import FormErrors, Posted
from web.list_words import REASONS
from web.pages import go, page
from web.posted import form_of
from web.registration import journey_of_form, read_registration, sentences_of
from web.routes.journeys import municipality_name, start_form
from web.sentences import sentence

router = APIRouter()
Answering = Annotated[Visit, Depends(Requires(Permission.OFFICE_ALLOCATION_ANSWER))]
PLACE = "/zuteilungen"


@router.get(PLACE)
def inbox(visit: Answering) -> Response:
    """Who waits for an answer of this office, the earliest allocation first."""
    store, day = visit.services.store, today(visit.services.now())
    with store.read() as session:
        waiting = allocations.inbox(session, store, visit.actor.office)
    lines = [(one, municipality_name(one.row.ags), (day - one.row.t0).days) for one in waiting]
    return page(visit, "allocations.html", lines=lines)


@router.get(PLACE + "/{allocation}/annehmen")
def accept_form(visit: Answering, allocation: str) -> Response:
    """The start form, filled with what the Landratsamt has typed."""
    store = visit.services.store
    try:
        with store.read() as session:
            row, card = allocations.card(session, store, allocation, visit.actor.office)
            deputy = people.deputy_of(session, visit.actor.id) or ""
    except Refusal:
        return _settled(visit, allocation)
    return _form(visit, row, card, {**_typed(row, card), "substitute": [deputy]})


@router.post(PLACE + "/{allocation}/annehmen")
async def accept(visit: Answering, allocation: str) -> Response:
    """Start the journey from the day of the list, and settle the card, in one transaction."""
    posted = await form_of(visit.request)
    return await run_in_threadpool(_accept, visit, allocation, posted)


def _accept(visit: Visit, allocation: str, posted: Posted) -> Response:
    store = visit.services.store
    try:
        with store.read() as session:
            row, card = allocations.card(session, store, allocation, visit.actor.office)
    except Refusal:
        return _settled(visit, allocation)
    sent = {**posted, **_fixed(row)}
    try:
        registration = read_registration(sent, visit.actor, today(visit.services.now()))
        with store.write() as session:
            _, journey = participants.register(session, store, registration)
            allocations.accepted(session, store, allocation, actor=visit.actor, journey=journey)
    except FormErrors as wrong:
        return _form(visit, row, card, sent, errors=sentences_of(wrong.errors, visit.lang))
    except InvalidInput as wrong:
        errors = sentences_of({wrong.params.get("field", ""): wrong}, visit.lang)
        return _form(visit, row, card, sent, errors=errors)
    return go(f"/faelle/{journey}", said="started")


@router.get(PLACE + "/{allocation}/zurueck")
def decline_form(visit: Answering, allocation: str) -> Response:
    """The question why the card goes back."""
    return _decline_form(visit, allocation)


def _decline_form(visit: Visit, allocation: str, *, error: str = "") -> Response:
    store = visit.services.store
    with store.read() as session:
        row, card = allocations.card(session, store, allocation, visit.actor.office)
    status = 422 if error else 200
    return page(
        visit, "allocation_back.html", status=status, row=row, card=card, reasons=REASONS, error=error
    )


@router.post(PLACE + "/{allocation}/zurueck")
def decline(visit: Answering, allocation: str, grund: Annotated[str, Form(max_length=40)] = "") -> Response:
    """Give the card back to the Landratsamt."""
    try:
        with visit.services.store.write() as session:
            allocations.decline(session, allocation, actor=visit.actor, reason=grund)
    except InvalidInput as wrong:
        return _decline_form(visit, allocation, error=sentence(wrong.code, wrong.params, visit.lang))
    return go(PLACE, said="allocation_declined")


def _typed(row: AllocationRow, card: Card) -> dict[str, list[str]]:
    """The form as the list fills it in."""
    known = {"name": card.name, "birth_date": card.birth_date.isoformat(), "language": row.language}
    ways = {name: getattr(card, name) or "" for name in ("address", "phone", "email")}
    needed = row.language != "de" if card.interpreter is None else card.interpreter
    interpreter = "needed" if needed else "not_needed"
    said = {**known, **ways, "interpreter": interpreter, "reading": "reads"}
    return {**{name: [text] for name, text in said.items()}, **_fixed(row)}


def _fixed(row: AllocationRow) -> dict[str, list[str]]:
    """What the list alone says: the day from which all steps count, and the municipality."""
    form_id = row.id.partition("_")[2]
    return {"t0": [row.t0.isoformat()], "municipality": [row.ags], "form_id": [form_id]}


def _form(
    visit: Visit, row: AllocationRow, card: Card, posted: Posted, *, errors: dict[str, str] | None = None
) -> Response:
    store = visit.services.store
    with store.read() as session:
        likely = Likely(session, store, visit.actor.office).double_of(0, card.name, card.birth_date)
    more: dict[str, Any] = {
        "action": f"{PLACE}/{row.id}/annehmen",
        "allocated": row,
        "where": municipality_name(row.ags),
        "likely": likely.params.get("journey") if likely else None,
    }
    return start_form(visit, posted, errors=errors, **more)


def _settled(visit: Visit, allocation: str) -> Response:
    """A card that was settled already: the journey that came of it, else the inbox."""
    with visit.services.store.read() as session:
        started = journey_of_form(session, allocation.partition("_")[2])
    if started is None:
        raise Refusal("allocation_settled")
    return go(f"/faelle/{started}", said="started_before")
