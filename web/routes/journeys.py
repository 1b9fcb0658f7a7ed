"""My cases: the list with its tiles and search, and starting a journey."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlmodel import col, select

from domain.codes import LANGUAGES
from domain.errors import InvalidInput
from domain.permissions import Permission, Role
from store import editions, participants, people, queries
from store.queries import OPEN_STATES, JourneyLine
from store.tables import JourneyRow
from web.access import Requires, Visit
from web.band import month_of
from web.dates import today
from web.form_fields import FormErrors, Posted
from web.house_matters import stood_in_for
from web.lights import Light, light
from web.naming import Naming, digits_of_reference
from web.pages import go, page
from web.posted import form_of
from web.programmes import programme_of
from web.registration import (
    FIELDS,
    expect_same_person,
    fresh_form_id,
    is_form_id,
    journey_of_form,
    read_registration,
    sentences_of,
)
from web.waiting import waits_of
from web.words import language_name

router = APIRouter()
Listing = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_LIST))]
Starting = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_START))]
WEEK = timedelta(days=7)
TILES = (
    ("all", "laufende Vorgänge", ""),
    ("overdue", "überfällig", "danger"),
    ("soon", "fällig in 7 Tagen", "warning"),
    ("escalated", "eskaliert", "violet"),
)


@dataclass(frozen=True)
class Shown:
    """One line of the list as the page shows it."""

    row: JourneyRow
    name: str | None
    worker: str | None
    step: str
    light: Light
    municipality: str
    month: int
    unreadable: bool


@router.get("/faelle")
def my_cases(visit: Listing, q: str = "", wer: str = "", nur: str = "all") -> Response:
    """The list, the most urgent first; tiles, search and selection work without scripts too."""
    whose = wer if wer in ("ich", "alle") else ("ich" if visit.actor.role == Role.CASE_WORKER else "alle")
    every = [_shown(visit, line) for line in _found(visit, q, whose, ended=nur == "ended")]
    running = [line for line in every if line.row.state in OPEN_STATES]
    tiles = [
        {"code": code, "title": title, "tone": tone, "count": sum(_fits(line, code) for line in running)}
        for code, title, tone in TILES
    ]
    lines = every if nur == "ended" else [line for line in running if _fits(line, nur)]
    lines.sort(key=lambda line: (line.light.days is None, line.light.days or 0, -line.row.level, line.row.id))
    return page(
        visit,
        "journeys.html",
        tiles=tiles,
        lines=lines,
        text=q,
        absent=stood_in_for(visit),
        whose=whose,
        only=nur,
        may_start=visit.allowed(Permission.OFFICE_JOURNEY_START),
        waits=waits_of(visit),
        may_take_over=visit.allowed(Permission.OFFICE_JOURNEY_TAKE_OVER),
    )


def _found(visit: Visit, text: str, whose: str, *, ended: bool) -> list[JourneyLine]:
    store, mine = visit.services.store, (visit.actor.id, *stood_in_for(visit)) if whose == "ich" else None
    states = ("closed", "ended") if ended else (*OPEN_STATES, "closed")
    digits = digits_of_reference(text)
    with store.read() as session:
        lines = queries.journey_list(
            session,
            store,
            offices=visit.offices,
            case_worker=mine,
            states=states,
            text="" if digits else text,
            limit=1000,
        )
    return [line for line in lines if digits is None or line.row.id.startswith(f"jrn_{digits}")]


def _fits(line: Shown, code: str) -> bool:
    days = line.light.days
    if code == "overdue":
        return days is not None and days < 0
    if code == "soon":
        return days is not None and 0 <= days <= WEEK.days
    return line.row.level > 0 if code == "escalated" else True


def _shown(visit: Visit, line: JourneyLine) -> Shown:
    row, day = line.row, today(visit.services.now())
    programme = programme_of(row.programme)
    names = Naming(visit.lang, programme)
    return Shown(
        row=row,
        name=line.name,
        worker=line.case_worker,
        step=names.step(row.next_step) if row.next_step else "",
        light=light(row.next_due, day, visit.lang),
        municipality=municipality_name(row.ags),
        month=month_of(row.t0, day, row.term_months),
        unreadable=programme is None,
    )


def municipality_name(ags: str) -> str:
    """The name of a municipality; its key where the list has none."""
    found = editions.municipalities().get(ags)
    return found.name if found else ags


@router.get("/faelle/neu")
def start_page(visit: Starting, form: str = "") -> Response:
    """The empty form. Its id stands in its address: a step back in the browser finds the same form again."""
    if not is_form_id(form):
        return go(f"/faelle/neu?form={fresh_form_id()}")
    with visit.services.store.read() as session:
        started = journey_of_form(session, form)
    if started is not None:
        return go(f"/faelle/{started}", said="started_before")
    with visit.services.store.read() as session:
        deputy = people.deputy_of(session, visit.actor.id) or ""
    known = {"interpreter": ["needed"], "reading": ["reads"], "substitute": [deputy]}
    return start_form(visit, {"form_id": [form], **known})


@router.post("/faelle/neu")
async def start(visit: Starting) -> Response:
    """Register the participant and order the start, in one transaction; or the form with what is wrong."""
    posted = await form_of(visit.request)
    return _register(visit, posted)


def _register(visit: Visit, posted: Posted) -> Response:
    store = visit.services.store
    try:
        registration = read_registration(posted, visit.actor, today(visit.services.now()))
        with store.write() as session:
            before = journey_of_form(session, registration.form_id)
            _, journey = participants.register(session, store, registration)
        expect_same_person(store, before, registration)
    except FormErrors as wrong:
        return start_form(visit, posted, errors=sentences_of(wrong.errors, visit.lang))
    except InvalidInput as wrong:
        return start_form(
            visit, posted, errors=sentences_of({wrong.params.get("field", ""): wrong}, visit.lang)
        )
    return go(f"/faelle/{journey}", said="started")


def start_form(
    visit: Visit, posted: Posted, *, errors: dict[str, str] | None = None, **more: object
) -> Response:
    """The form with what was typed and what is wrong; `more` is what an allocation adds to it."""
    with visit.services.store.read() as session:
        found = people.stand_ins(session, visit.actor.office)
    stand_ins = [(p.id, p.name) for p in found if p.id != visit.actor.id]
    typed = {name: (posted.get(name) or [""])[0] for name in FIELDS}
    return page(
        visit,
        "start.html",
        status=422 if errors else 200,
        v=typed,
        form_id=(posted.get("form_id") or [""])[0],
        errors=errors or {},
        stand_ins=stand_ins,
        municipalities=list(editions.municipalities().values()),
        language_options=[(tag, language_name(tag, visit.lang)) for tag in LANGUAGES],
        **{"action": "/faelle/neu", "allocated": None, "likely": None, **more},
    )


def rows_of(visit: Visit) -> list[JourneyRow]:
    """The journeys inside the person's walls, for the interface."""
    with visit.services.store.read() as session:
        found = (
            select(JourneyRow)
            .where(col(JourneyRow.office_id).in_(visit.offices))
            .order_by(col(JourneyRow.id))
        )
        return list(session.exec(found))
