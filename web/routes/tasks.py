"""Tasks, escalations and letters: what waits for a person of the office."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, Response
from pydantic import ValidationError

from domain.errors import NotFound, PaktError, Refusal
from domain.facts import CaseFacts
from domain.permissions import Permission, Role
from store import ids, notes, notices, queries
from store.books import Library
from store.opening import write_down
from store.queries import MatterLine, TaskLine
from store.tables import JourneyRow, NoticeRow
from web.access import Requires, Visit, open_journey
from web.dates import today
from web.explaining import why
from web.house_matters import held_by, house_matters, house_tasks, stood_in_for
from web.library import OnePage
from web.lights import light
from web.naming import Naming
from web.owed import owed_by_office
from web.pages import go, page
from web.programmes import programme_of
from web.wording import notice_text, task_text

router = APIRouter()
log = structlog.get_logger("web")
TaskReading = Annotated[Visit, Depends(Requires(Permission.OFFICE_TASK_READ))]
EscalationReading = Annotated[Visit, Depends(Requires(Permission.OFFICE_ESCALATION_READ))]
Printing = Annotated[Visit, Depends(Requires(Permission.OFFICE_LETTER_PRINT))]


@router.get("/aufgaben")
def tasks(visit: TaskReading, wer: str = "") -> Response:
    """The open tasks, the earliest first: one's own, or all of the office."""
    whose = wer if wer in ("ich", "alle") else ("ich" if visit.actor.role == Role.CASE_WORKER else "alle")
    store, day = visit.services.store, today(visit.services.now())
    absent = stood_in_for(visit)
    with store.read() as session:
        found = queries.open_tasks(
            session,
            store,
            offices=visit.offices,
            case_worker=(visit.actor.id, *absent) if whose == "ich" else None,
        )
    return page(
        visit,
        "tasks.html",
        lines=[_task(visit, line, day, absent) for line in found],
        whose=whose,
        house_tasks=house_tasks(visit),
        fresh=lambda: ids.new("command"),
    )


def _task(visit: Visit, line: TaskLine, day: date, absent: Mapping[str, str]) -> dict[str, Any]:
    names = _names(visit, line.row.journey_id)
    return {
        "row": line.row,
        "name": line.name,
        "text": task_text(line.row.what, names),
        "subject": names.subject(line.row.subject),
        "light": light(line.row.answer_by, day, visit.lang),
        "unreadable": names.programme is None,
        "stands_in_for": absent.get(line.case_worker_id or ""),
    }


def _names(visit: Visit, journey: str) -> Naming:
    store = visit.services.store
    with store.read() as session:
        row = queries.journey(session, journey)
        facts = _facts(visit, journey)
        said = {note.subject: note.text for note in notes.of(session, store, journey)}
    return Naming(visit.lang, programme_of(row.programme), facts, notes=said)


def _facts(visit: Visit, journey: str) -> CaseFacts | None:
    """The facts of a case, or None where they cannot be read: the others of a list must still be shown."""
    store = visit.services.store
    try:
        return queries.journey_view(store, journey).facts
    except (PaktError, ValidationError) as unreadable:
        log.warning("facts_unreadable", journey=journey, error=type(unreadable).__name__)
        return None


@router.get("/eskalationen")
def escalations(visit: EscalationReading) -> Response:
    """The inbox: why each matter is here, what the office itself still owes, and who must answer by when."""
    store, day = visit.services.store, today(visit.services.now())
    with store.read() as session:
        found = queries.escalation_inbox(session, store, offices=visit.offices)
    library = OnePage(Library(store))
    lines = [_matter(visit, line, day, library) for line in found]
    lines.sort(key=lambda m: (not m["mine"], m["resting"], m["row"].answer_by, m["row"].id))
    return page(visit, "escalations.html", lines=lines, house_matters=len(house_matters(visit)))


def _matter(visit: Visit, line: MatterLine, day: date, library: OnePage) -> dict[str, Any]:
    store, row = visit.services.store, line.row
    with store.read() as session:
        entries = queries.timeline(store, row.journey_id, session=session)
    names = _names(visit, row.journey_id)
    head = visit.actor.role == Role.HEAD
    with store.read() as session:
        holder = held_by(session, row.office_id, row.level, day, visit=visit)
    return {
        "row": row,
        "name": line.name,
        "holder": holder,
        "subject": names.subject(row.subject),
        "why": why(row, entries, visit.lang, library),
        "owed": owed_by_office(names.facts, day, names, library) if names.facts else [],
        "unreadable": names.programme is None,
        "light": light(row.answer_by, day, visit.lang),
        "resting": row.silent_until is not None and row.silent_until >= day,
        "mine": (row.level >= 2) == head,  # noqa: PLR2004 - level 2 is the head's
        "may": visit.allowed(Permission.OFFICE_ESCALATION_ANSWER, row.office_id),
    }


@router.get("/briefe")
def letters(visit: Printing) -> Response:
    """The letters that wait for a printer."""
    store = visit.services.store
    with store.read() as session:
        rows = [row for office in sorted(visit.offices) for row in notices.to_print(session, office=office)]
    lines = [line for row in rows if (line := _letter_line(visit, row)) is not None]
    return page(visit, "letters.html", lines=lines, has_letters=visit.services.letter is not None)


def _letter_line(visit: Visit, row: NoticeRow) -> dict[str, Any] | None:
    """One letter; none behind an address block, for nobody shall write an envelope."""
    names = _names(visit, row.journey_id)
    if names.facts is not None and names.facts.address_blocked_on is not None:
        return None
    return {"row": row, "text": notice_text(row.text, names), "subject": names.subject(row.matter)}


@router.get("/briefe/{notice}")
def letter(visit: Printing, notice: str) -> Response:
    """The letter as PDF; opening it opens the case."""
    row, _ = _opened(visit, notice, purpose="letter")
    _expect_unblocked(visit, row)
    if visit.services.letter is None:
        raise NotFound("letter")
    pdf = visit.services.letter(row.id)
    name = f"brief-{row.planned_on.isoformat()}.pdf"
    return Response(
        pdf, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}"'}
    )


@router.post("/briefe/{notice}/gedruckt")
def printed(visit: Printing, notice: str) -> Response:
    """A person says that the letter was printed and is on its way."""
    row, journey = _opened(visit, notice, purpose="letter")
    _expect_unblocked(visit, row)
    with visit.services.store.write() as session:
        state = notices.get(session, row.id, lock=True).state
        if state == "lapsed":
            raise NotFound("notice", id=row.id)
        if state == "to_print":
            notices.settle(session, row.id, "printed", now=visit.services.now())
            write_down(session, visit.actor, journey, type_="letter_printed", body={"notice": row.id})
    return go("/briefe", said="printed")


def _expect_unblocked(visit: Visit, row: NoticeRow) -> None:
    facts = _facts(visit, row.journey_id)
    if facts is not None and facts.address_blocked_on is not None:
        raise Refusal("address_blocked")


def _opened(visit: Visit, notice: str, *, purpose: str) -> tuple[NoticeRow, JourneyRow]:
    with visit.services.store.read() as session:
        row = session.get(NoticeRow, notice)
    if row is None:
        raise NotFound("notice")
    return row, open_journey(visit, row.journey_id, Permission.OFFICE_LETTER_PRINT, purpose=purpose)
