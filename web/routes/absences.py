"""Who of the office is away, who stands in, and the form in which a lead records it; why is never asked."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Response
from sqlmodel import Session

from domain.errors import InvalidInput, NotFound, PaktError
from domain.permissions import Permission
from store import absences, people
from store.office_tables import AbsenceRow
from store.tables import PersonRow
from web.access import Requires, Visit
from web.dates import read_day, today
from web.pages import go, page
from web.sentences import sentence

router = APIRouter()
Editing = Annotated[Visit, Depends(Requires(Permission.OFFICE_ABSENCE_EDIT))]
Short = Annotated[str, Form(max_length=44)]
PLACE = "/abwesenheiten"
SHOWN_FOR = timedelta(days=30)


@router.get(PLACE)
def shown(visit: Editing) -> Response:
    """The absences of the offices inside one's walls: those of the last month, today's, and those to come."""
    return _page(visit)


@router.post(PLACE)
def add(visit: Editing, wer: Short = "", von: Short = "", bis: Short = "") -> Response:
    """Record that somebody is away."""
    try:
        person = _colleague(visit, wer)
        first, last = read_day(von, "von"), read_day(bis, "bis") if bis.strip() else None
        with visit.services.store.write() as session:
            absences.add(
                session,
                person=person.id,
                first=first,
                last=last,
                actor=visit.actor.id,
                at=visit.services.now(),
            )
    except PaktError as refused:
        typed = {"wer": wer, "von": von, "bis": bis}
        return _page(visit, typed=typed, error=sentence(refused.code, refused.params, visit.lang))
    return go(PLACE, said="absence_recorded")


@router.post(PLACE + "/{absence}/ende")
def end(visit: Editing, absence: int, bis: Short = "") -> Response:
    """Record the last day of an absence."""
    row = _seen(visit, absence)
    try:
        last = read_day(bis, "bis")
        with visit.services.store.write() as session:
            absences.end(session, row.id or 0, last=last, actor=visit.actor.id, at=visit.services.now())
    except PaktError as refused:
        return _page(visit, error=sentence(refused.code, refused.params, visit.lang))
    return go(PLACE, said="absence_ended")


def _page(visit: Visit, *, typed: dict[str, str] | None = None, error: str = "") -> Response:
    day = today(visit.services.now())
    with visit.services.store.read() as session:
        offices = [_shown(session, office, day) for office in sorted(visit.offices)]
    return page(
        visit,
        "absences.html",
        status=422 if error else 200,
        offices=offices,
        day=day,
        typed=typed or {},
        error=error,
    )


def _shown(session: Session, office: str, day: date) -> dict[str, Any]:
    rows = absences.of_office(session, office, since=day - SHOWN_FOR)
    return {
        "name": people.office(session, office).name,
        "people": list(people.colleagues(session, office)),
        "absences": [_line(session, row, day) for row in rows if row.last is None or row.last >= row.first],
    }


def _line(session: Session, row: AbsenceRow, day: date) -> dict[str, Any]:
    person = session.get_one(PersonRow, row.person_id)
    today_away = row.first <= day and (row.last is None or day <= row.last)
    deputy = absences.in_place_of(session, person.id, day) if today_away else None
    return {
        "row": row,
        "name": person.name,
        "today": today_away,
        "deputy": deputy.name if deputy is not None else None,
        "open": row.last is None or row.last >= day,
    }


def _colleague(visit: Visit, person: str) -> PersonRow:
    """Somebody of an office inside one's walls; anybody else answers like nobody."""
    with visit.services.store.read() as session:
        row = session.get(PersonRow, person)
    if row is None or not visit.allowed(Permission.OFFICE_ABSENCE_EDIT, row.office_id):
        raise InvalidInput("not_of_the_office", field="wer")
    return row


def _seen(visit: Visit, absence: int) -> AbsenceRow:
    with visit.services.store.read() as session:
        row = absences.get(session, absence)
    if not visit.allowed(Permission.OFFICE_ABSENCE_EDIT, row.office_id):
        raise NotFound("absence")
    return row
