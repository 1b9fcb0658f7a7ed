"""A case worker is gone or leaves: all open cases of one person to another, in parts, each an audited command."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session, col, select

from domain.commands import AssignCaseWorker
from domain.errors import InvalidInput, NotFound, PaktError, Refusal, Unconfirmed
from domain.ids import ID_PATTERN, derived_id
from domain.permissions import Permission
from store import ids, participants, people
from store.queries import OPEN_STATES
from store.tables import JourneyRow, PersonRow
from web.access import Requires, Visit
from web.commanding import Ordered, send
from web.errors import status_of
from web.form_fields import Posted, first
from web.naming import reference
from web.pages import page
from web.posted import form_of
from web.sentences import sentence

router = APIRouter()
Assigning = Annotated[Visit, Depends(Requires(Permission.OFFICE_JOURNEY_ASSIGN))]
PART = 20
AT_ONCE = 4
LABELS = {
    "giver": ("Von", "From"),
    "case_worker": ("An", "To"),
    "substitute": ("Vertretung", "Substitute"),
}


@dataclass(frozen=True)
class Giver:
    """Somebody with open cases: who, in which office, how many, and whether still at work."""

    id: str
    name: str
    office: str
    office_id: str
    count: int
    active: bool


@dataclass(frozen=True)
class Handing:
    """One action as the form carries it from part to part; `batch` makes repeating harmless."""

    batch: str
    giver: str
    office: str
    case_worker: str
    substitute: str | None
    total: int
    done: int
    refused: Mapping[str, str]


@router.get("/zustaendigkeiten")
def reassign_page(visit: Assigning) -> Response:
    """Who has open cases, and to whom they may go."""
    return _shown(visit, {"batch": [ids.new("command")]})


@router.post("/zustaendigkeiten")
async def reassign(visit: Assigning) -> Response:
    """Hand over the next part; the page goes on by itself until all are done, and names what refused."""
    posted = await form_of(visit.request)
    try:
        handing = await run_in_threadpool(_read, visit, posted)
    except (InvalidInput, Refusal) as wrong:
        return await run_in_threadpool(_shown, visit, posted, error=wrong)
    rows = await run_in_threadpool(_part, visit, handing)
    slots = asyncio.Semaphore(AT_ONCE)
    answers = await asyncio.gather(*(_one(visit, handing, row, slots) for row in rows))
    said = dict(zip((row.id for row in rows), answers, strict=True))
    refused = {**handing.refused, **{id_: code for id_, code in said.items() if code}}
    done = handing.done + sum(not code for code in answers)
    return await run_in_threadpool(_result, visit, handing, done, refused)


async def _one(visit: Visit, handing: Handing, row: JourneyRow, slots: asyncio.Semaphore) -> str:
    """The code of the refusal, or nothing where it is done."""
    body = AssignCaseWorker(case_worker=handing.case_worker, substitute=handing.substitute)
    order = Ordered(derived_id("command", handing.batch, row.id), body)
    async with slots:
        try:
            await send(visit, row, order)
        except (Refusal, NotFound, Unconfirmed) as wrong:
            return "unconfirmed" if isinstance(wrong, Unconfirmed) else wrong.code
    return ""


def _read(visit: Visit, posted: Posted) -> Handing:
    giver, taker = first(posted, "giver"), first(posted, "case_worker")
    office, _, giver_id = giver.rpartition(" ")
    if not giver or not visit.allowed(Permission.OFFICE_JOURNEY_ASSIGN, office):
        raise InvalidInput("not_in_list" if giver else "required", field="giver")
    if giver_id == taker:
        raise InvalidInput("same_person", field="case_worker")
    substitute = first(posted, "substitute") or None
    with visit.services.store.read() as session:
        people.expect_case_worker(session, office, taker)
        people.expect_stand_in(session, office, case_worker=taker, substitute=substitute)
        count = len(session.exec(_open_cases(office, giver_id)).all())
    refused = dict(
        entry.split(" ", 1) for entry in posted.get("refused", []) if re.match(ID_PATTERN[:-1], entry)
    )
    done, batch = _number(first(posted, "done")), first(posted, "batch")
    if not re.fullmatch(ID_PATTERN, batch):
        raise InvalidInput("form_id_bad", field="batch")
    if not count and not done:
        raise Refusal("nothing_to_hand_over")
    total = _number(first(posted, "total")) or count
    return Handing(batch, giver_id, office, taker, substitute, total, done, refused)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _open_cases(office: str, giver: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a query of this page alone
    return (
        select(JourneyRow)
        .where(
            JourneyRow.office_id == office,
            JourneyRow.case_worker_id == giver,
            col(JourneyRow.state).in_(OPEN_STATES),
        )
        .order_by(col(JourneyRow.id))
    )


def _part(visit: Visit, handing: Handing) -> list[JourneyRow]:
    with visit.services.store.read() as session:
        rows = session.exec(_open_cases(handing.office, handing.giver)).all()
    return [row for row in rows if row.id not in handing.refused][:PART]


def _result(visit: Visit, handing: Handing, done: int, refused: Mapping[str, str]) -> Response:
    store = visit.services.store
    left = [row for row in _part(visit, handing) if row.id not in refused]
    with store.read() as session:
        names = participants.names_of(session, store, list(refused))
        taker = people.person(session, handing.case_worker).name
        giver = people.person(session, handing.giver).name
    lines = [
        (id_, names.get(id_) or reference(id_), sentence(code, {}, visit.lang))
        for id_, code in refused.items()
    ]
    return page(
        visit,
        "reassigned.html",
        handing=handing,
        giver=giver,
        taker=taker,
        done=done,
        refused=lines,
        codes=refused,
        left=bool(left),
    )


def _shown(visit: Visit, posted: Posted, *, error: PaktError | None = None) -> Response:
    with visit.services.store.read() as session:
        givers = [giver for office in sorted(visit.offices) for giver in _givers(session, office)]
        staff = [
            (person.id, f"{person.name} ({people.office(session, office).name.split(',')[0]})")
            for office in sorted(visit.offices)
            for person in people.stand_ins(session, office)
        ]
    field = error.params.get("field", "") if error else ""
    text = sentence(error.code, error.params, visit.lang) if error else ""
    label = LABELS.get(field)
    said = {field: f"{label[visit.english]}: {text}" if label else text} if error else {}
    return page(
        visit,
        "reassign.html",
        status=status_of(error)[0] if error else 200,
        givers=[(f"{g.office_id} {g.id}", _giver_said(visit, g)) for g in givers],
        staff=staff,
        typed={name: first(posted, name) for name in LABELS},
        batch=first(posted, "batch") or ids.new("command"),
        errors=said,
    )


def _giver_said(visit: Visit, giver: Giver) -> str:
    cases = ("offene Fälle", "open cases")[visit.english]
    gone = "" if giver.active else (", nicht mehr da", ", no longer here")[visit.english]
    return f"{giver.name} ({giver.office}): {giver.count} {cases}{gone}"


def _givers(session: Session, office: str) -> list[Giver]:
    rows = session.exec(
        select(JourneyRow.case_worker_id).where(
            JourneyRow.office_id == office, col(JourneyRow.state).in_(OPEN_STATES)
        )
    ).all()
    name = people.office(session, office).name.split(",")[0]
    found = []
    for person_id in sorted({one for one in rows if one}):
        person = session.get(PersonRow, person_id)
        if person is not None:
            found.append(Giver(person.id, person.name, name, office, rows.count(person_id), person.active))
    return sorted(found, key=lambda giver: (giver.active, giver.name))
