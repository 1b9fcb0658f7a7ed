"""Hand-overs between offices: what other offices ask of ours, and what ours have asked of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session

from domain.codes import HandOverReason
from domain.errors import InvalidInput, NotFound, PaktError, Refusal, Unconfirmed
from domain.permissions import Permission
from gateway import hand_overs as answering
from store import hand_overs, people
from store.tables_turns import HandOverRow
from web.access import Requires, Visit
from web.dates import today
from web.form_fields import Option, first
from web.lights import Light, light
from web.pages import go, page
from web.posted import form_of
from web.routes.journeys import municipality_name
from web.sentences import sentence
from web.words import choices

router = APIRouter()
Answering = Annotated[Visit, Depends(Requires(Permission.OFFICE_HAND_OVER_ANSWER))]


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it: offices, days and a reference, and nobody's name."""

    row: HandOverRow
    office: str
    to_office: str
    municipality: str
    answer_by: date
    light: Light
    continued: str | None
    within: bool
    stand_ins: tuple[Option, ...] = ()


@router.get("/uebergaben")
def hand_overs_page(visit: Answering) -> Response:
    """What is asked of the offices of this person, and by them."""
    return _shown(visit)


@router.post("/uebergaben/{hand_over}/annehmen")
async def accept(visit: Answering, hand_over: str) -> Response:
    """Take a case on: it goes on in this office under a named case worker."""
    posted = await form_of(visit.request)
    services = visit.services
    taking = hand_overs.Taking(visit.actor, first(posted, "case_worker"), first(posted, "substitute") or None)
    try:
        if not taking.case_worker:
            raise InvalidInput("required", field="case_worker")  # noqa: TRY301 - the same way as the store's own
        continued = await answering.accept(services.store, services.gateway, hand_over, taking)
    except (Refusal, InvalidInput, Unconfirmed, NotFound) as wrong:
        if isinstance(wrong, NotFound) and wrong.code == "hand_over":
            raise
        return await run_in_threadpool(_shown, visit, error=wrong, about=hand_over)
    if continued is None:
        return go("/uebergaben", said="hand_over_accepted+pending")
    return go(f"/faelle/{continued}" if visit.allowed(Permission.OFFICE_JOURNEY_OPEN) else "/uebergaben",
              said="hand_over_accepted")  # fmt: skip


@router.post("/uebergaben/{hand_over}/zurueckgeben")
async def give_back(visit: Answering, hand_over: str) -> Response:
    """Return a case to the office that asked, with a reason."""
    posted = await form_of(visit.request)
    services, reason = visit.services, first(posted, "reason")
    try:
        if reason not in set(HandOverReason):
            raise InvalidInput("not_in_list", field="reason")  # noqa: TRY301 - the same way as the journey's own
        receipt = await answering.give_back(
            services.store, services.gateway, visit.actor, hand_over, reason=HandOverReason(reason)
        )
    except (Refusal, InvalidInput, Unconfirmed, NotFound) as wrong:
        if isinstance(wrong, NotFound) and wrong.code == "hand_over":
            raise
        return await run_in_threadpool(_shown, visit, error=wrong, about=hand_over)
    return go("/uebergaben", said="hand_over_returned" if receipt.stored else "hand_over_returned+pending")


def _shown(visit: Visit, *, error: PaktError | None = None, about: str = "") -> Response:
    with visit.services.store.read() as session:
        offices = {row.id: row.name for row in people.offices(session)}
        incoming = [
            _asked(visit, session, row, offices) for row in hand_overs.asked_of(session, visit.offices)
        ]
        outgoing = [
            _asked(visit, session, row, offices) for row in hand_overs.asked_by(session, visit.offices)
        ]
    return page(
        visit,
        "hand_overs.html",
        status=_status(error),
        incoming=incoming,
        outgoing=outgoing,
        error=_sentence(error, visit),
        about=about,
        reasons=choices("hand_over_reason", visit.lang),
        me=visit.actor.id,
    )


def _status(error: PaktError | None) -> int:
    kinds: tuple[tuple[type[PaktError], int], ...] = (
        (InvalidInput, 422),
        (Unconfirmed, 202),
        (NotFound, 409),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), 409 if error else 200)


def _sentence(error: PaktError | None, visit: Visit) -> str:
    if error is None:
        return ""
    code = {NotFound: "journey_over", Unconfirmed: "unconfirmed"}.get(type(error), error.code)
    text = sentence(code, error.params, visit.lang)
    label = _LABELS.get(error.params.get("field", ""))
    return f"{label[visit.english]}: {text}" if label else text


_LABELS = {
    "case_worker": ("Zuständige Person", "Case worker"),
    "substitute": ("Vertretung", "Substitute"),
    "reason": ("Grund", "Reason"),
}


def _asked(visit: Visit, session: Session, row: HandOverRow, offices: Mapping[str, str]) -> Asked:
    by, mine = hand_overs.answer_by(row), row.to_office in visit.offices
    waiting = row.state == "open" or (row.state == "accepted" and row.registered_on is None)
    staff = people.stand_ins(session, row.to_office) if mine and waiting else ()
    return Asked(
        row=row,
        office=offices.get(row.office_id, row.office_id),
        to_office=offices.get(row.to_office, row.to_office),
        municipality=municipality_name(row.to_ags),
        answer_by=by,
        light=light(by, today(visit.services.now()), visit.lang),
        continued=row.continued_as if mine and row.registered_on else None,
        within=visit.allowed(Permission.OFFICE_JOURNEY_OPEN, row.office_id),
        stand_ins=tuple((person.id, person.name) for person in staff),
    )
