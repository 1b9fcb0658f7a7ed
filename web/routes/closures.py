"""The closure days of offices: who is closed when, and the form for those who may say so."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Response
from sqlmodel import Session

from domain.calendar import ClosureReason
from domain.errors import InvalidInput, NotFound, PaktError
from domain.permissions import Permission
from store import closures, editions, people
from store.books import By
from store.closures import Changed, Span
from web.access import Requires, Visit
from web.dates import read_day, today
from web.pages import go, page
from web.sentences import sentence
from web.words import choices

router = APIRouter()
Reading = Annotated[Visit, Depends(Requires(Permission.OFFICE_CLOSURE_READ))]
Editing = Annotated[Visit, Depends(Requires(Permission.OFFICE_CLOSURE_EDIT))]
Short = Annotated[str, Form(max_length=44)]
PLACE = "/schliesstage"
_NEXT_HOLIDAYS = 5


@router.get(PLACE)
def shown(visit: Reading) -> Response:
    """The closure days to come of the offices inside one's walls, and the next public holidays."""
    return _page(visit)


@router.post(PLACE)
def close(visit: Editing, amt: Short = "", von: Short = "", bis: Short = "", grund: Short = "") -> Response:
    """Close an office on a day or through a span; its open journeys are planned again."""
    typed = {"amt": amt, "von": von, "bis": bis, "grund": grund}
    office = _office(visit, amt)
    try:
        first, last = _span(von, bis)
        reason = _reason(grund)
        with visit.services.store.write() as session:
            done = closures.close(session, office, first, last, reason, by=_by(visit))
    except PaktError as refused:
        return _page(visit, typed=typed, error=sentence(refused.code, refused.params, visit.lang))
    return _done(done, "closures_added")


@router.post(PLACE + "/aufheben")
def reopen(visit: Editing, amt: Short = "", von: Short = "", bis: Short = "") -> Response:
    """Take closure days back that are still to come."""
    office = _office(visit, amt)
    try:
        first, last = _span(von, bis)
        with visit.services.store.write() as session:
            done = closures.reopen(session, office, first, last, by=_by(visit))
    except PaktError as refused:
        return _page(visit, error=sentence(refused.code, refused.params, visit.lang))
    return _done(done, "closures_removed")


def _done(done: Changed, said: str) -> Response:
    return go(PLACE, said=said if done.days else "closures_unchanged")


def _page(visit: Visit, *, typed: dict[str, str] | None = None, error: str = "") -> Response:
    day, calendar = today(visit.services.now()), editions.calendar()[0]
    with visit.services.store.read() as session:
        offices = [_shown(visit, session, office, day) for office in sorted(visit.offices)]
    holidays = [(on, calendar.names.get(on, "")) for on in calendar.holidays if on >= day]
    return page(
        visit,
        "closures.html",
        status=422 if error else 200,
        offices=offices,
        holidays=holidays[:_NEXT_HOLIDAYS],
        typed=typed or {},
        reasons=choices("closure", visit.lang),
        error=error,
    )


def _shown(visit: Visit, session: Session, office: str, day: date) -> dict[str, Any]:
    """An office with its closure days from today on; a span that has begun can be taken back from tomorrow on."""
    may_edit = visit.allowed(Permission.OFFICE_CLOSURE_EDIT, office)
    found = closures.spans(session, office, since=day)
    return {
        "id": office,
        "name": people.office(session, office).name,
        "may_edit": may_edit,
        "spans": [(span, may_edit and _to_come(span, day)) for span in found],
    }


def _to_come(span: Span, day: date) -> bool:
    return span.first > day


def _office(visit: Visit, office: str) -> str:
    """The office, if the person may close it; a foreign one answers like one that does not exist."""
    if not visit.allowed(Permission.OFFICE_CLOSURE_EDIT, office or visit.actor.office):
        raise NotFound("office")
    return office or visit.actor.office


def _span(first: str, last: str) -> tuple[date, date]:
    begins = read_day(first, "von")
    return begins, read_day(last, "bis") if last.strip() else begins


def _reason(code: str) -> ClosureReason:
    try:
        return ClosureReason(code)
    except ValueError:
        raise InvalidInput("closure_reason", field="grund") from None


def _by(visit: Visit) -> By:
    return By(visit.actor.id, visit.services.now())
