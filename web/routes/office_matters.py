"""The office's own tasks and matters: seen by those who are to answer, and answered here."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.concurrency import run_in_threadpool

from domain.commands import Command
from domain.errors import InvalidInput, NotFound, PaktError, Refusal
from domain.ids import house_stream
from domain.permissions import Permission
from store import clock, findings, ids, ledger, office_rows
from web.access import Requires, Visit
from web.commanding import body_of
from web.dates import read_day, today
from web.house_matters import house_matters, house_tasks, may_complete
from web.office_words import DONE, FOUND
from web.pages import go, page
from web.sentences import sentence

router = APIRouter()
Reading = Annotated[Visit, Depends(Requires(Permission.OFFICE_MATTER_READ))]
Answering = Annotated[Visit, Depends(Requires(Permission.OFFICE_ESCALATION_ANSWER))]
Short = Annotated[str, Form(max_length=60)]
PLACE = "/haus"
FOUND_DAYS = timedelta(days=14)
ANSWERS = ("take_over", "extend", "pass_up", "close")


@router.get(PLACE)
def shown(visit: Reading) -> Response:
    """The tasks and matters of the office itself that are for this person, and what was found of late."""
    return _page(visit)


def _page(visit: Visit, *, error: str = "", about: str = "") -> Response:
    day = today(visit.services.now())
    sees = visit.allowed(Permission.OFFICE_ESCALATION_READ)
    return page(
        visit,
        "house.html",
        status=409 if error else 200,
        tasks=house_tasks(visit),
        matters=house_matters(visit),
        found=_found(visit, day) if sees else [],
        answers=ANSWERS,
        fresh=lambda: ids.new("command"),
        day=day,
        error=error,
        about=about,
    )


def _found(visit: Visit, day: date) -> list[dict[str, str | date | None]]:
    english = visit.lang == "en"
    with visit.services.store.read() as session:
        rows = [
            row
            for office in sorted(visit.offices)
            for row in findings.of_office(session, office, first=day - FOUND_DAYS)
        ]
    return [
        {
            "on": row.found_on,
            "what": FOUND.get(row.kind, (row.kind, row.kind))[english],
            "done": DONE.get(row.done, (row.done, row.done))[english],
            "journey": row.journey_id,
        }
        for row in rows
    ]


@router.post(PLACE + "/aufgaben/{task}")
async def complete(visit: Reading, task: str, kennung: Short = "", stand: Short = "") -> Response:
    """A task of the office is done."""
    office = await run_in_threadpool(_office_of_task, visit, task)
    on = today(visit.services.now()).isoformat()
    values: dict[str, object] = {"kind": "complete_task", "task": task, "on": on}
    return await _sent(visit, office, values, kennung=kennung, stand=stand, about=task)


@router.post(PLACE + "/angelegenheiten/{matter}")
async def answer(
    visit: Answering,
    matter: str,
    *,
    kennung: Short = "",
    stand: Short = "",
    antwort: Short = "",
    bis: Short = "",
) -> Response:
    """The answer of lead or head to a matter of the office: with a date, passed up, or closed."""
    office = await run_in_threadpool(_office_of_matter, visit, matter)
    on = today(visit.services.now()).isoformat()
    values: dict[str, object] = {
        "kind": "answer_escalation",
        "escalation": matter,
        "answer": antwort,
        "on": on,
    }
    try:
        if bis.strip():
            values["until"] = read_day(bis, "bis").isoformat()
    except PaktError as refused:
        return await run_in_threadpool(_refused, visit, refused, matter)
    return await _sent(visit, office, values, kennung=kennung, stand=stand, about=matter)


async def _sent(
    visit: Visit, office: str, values: dict[str, object], *, kennung: str, stand: str, about: str
) -> Response:
    try:
        command = Command(
            command_id=kennung or ids.new("command"),
            actor=visit.actor.id,
            role=str(visit.actor.role),
            rev=int(stand) if stand.isdigit() else None,
            body=body_of(values),
        )
        if clock.state(visit.services.store).moving_to is not None:
            raise Refusal("clock_moving")
        receipt = await visit.services.gateway.execute_for_office(office, command)
    except ValueError:
        refused: PaktError = InvalidInput("not_in_list", field="kennung")
        return await run_in_threadpool(_refused, visit, refused, about)
    except PaktError as refused:
        await run_in_threadpool(_write_down, visit, office, refused, str(values["kind"]))
        return await run_in_threadpool(_refused, visit, refused, about)
    said = str(values["kind"])
    return go(PLACE, said=said if receipt.stored else f"{said}+pending")


def _refused(visit: Visit, refused: PaktError, about: str) -> Response:
    return _page(visit, error=sentence(refused.code, refused.params, visit.lang), about=about)


def _write_down(visit: Visit, office: str, refused: PaktError, kind: str) -> None:
    """A refusal leaves no trace in the workflow, so it leaves one here."""
    with visit.services.store.write() as session:
        ledger.append(
            session,
            house_stream(office),
            office=office,
            at=visit.services.now(),
            actor=visit.actor.id,
            type="command_refused",
            body={"code": refused.code, "kind": kind},
        )


def _office_of_task(visit: Visit, task: str) -> str:
    with visit.services.store.read() as session:
        row = office_rows.task(session, task)
        if not may_complete(visit, session, row):
            raise NotFound("task")
        return row.office_id


def _office_of_matter(visit: Visit, matter: str) -> str:
    with visit.services.store.read() as session:
        row = office_rows.matter(session, matter)
    if not visit.allowed(Permission.OFFICE_ESCALATION_ANSWER, row.office_id):
        raise NotFound("escalation")
    return row.office_id
