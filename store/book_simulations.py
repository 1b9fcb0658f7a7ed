"""Simulations of a book over the caseload: begun once for the same input, kept part by part, finished once."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from domain.decisions import Edition
from domain.errors import NotFound, Refusal
from store.books import RUNNING, By, book, watermark
from store.canonical import canonical, digest, sha256
from store.database import Store
from store.keys import KeyDestroyed
from store.projection import VIEW
from store.tables import BookSimulationPartRow, BookSimulationRow, JourneyRow


class Plan(NamedTuple):
    """What goes into a simulation beside the caseload."""

    book: str
    against: Edition
    calendar: Edition
    on: date
    days: int


def begin(session: Session, plan: Plan, *, by: By) -> BookSimulationRow:
    """The simulation of this plan over the caseload as it stands; one that was begun before is found again."""
    row = book(session, plan.book)
    mark, journeys = watermark(session)
    inputs = {
        "book": [row.id, row.sha256],
        "against": [plan.against.id, plan.against.sha256],
        "calendar": [plan.calendar.id, plan.calendar.sha256],
        "on": plan.on.isoformat(),
        "days": plan.days,
        "watermark": mark,
    }
    known = session.get(BookSimulationRow, digest(inputs))
    if known is not None:
        return known
    made = BookSimulationRow(
        id=digest(inputs),
        book_id=row.id,
        book_sha256=row.sha256,
        against=plan.against.id,
        against_sha256=plan.against.sha256,
        calendar=plan.calendar.id,
        calendar_sha256=plan.calendar.sha256,
        on_day=plan.on,
        days=plan.days,
        watermark=mark,
        journeys=journeys,
        ordered_by=by.person,
        ordered_at=by.at,
    )
    session.add(made)
    session.flush()
    return made


def simulation(session: Session, simulation_id: str) -> BookSimulationRow:
    """The simulation with this id; `NotFound` otherwise."""
    row = session.get(BookSimulationRow, simulation_id)
    if row is None:
        raise NotFound("simulation", id=simulation_id)
    return row


def newest(session: Session, book_id: str) -> BookSimulationRow | None:
    """The simulation of a book that was ordered last."""
    query = select(BookSimulationRow).where(BookSimulationRow.book_id == book_id)
    return session.exec(query.order_by(col(BookSimulationRow.ordered_at).desc())).first()


def open_journeys(session: Session) -> list[str]:
    """The ids of the caseload, in a fixed order."""
    query = select(JourneyRow.id).where(col(JourneyRow.state).in_(RUNNING))
    return list(session.exec(query.order_by(col(JourneyRow.id))))


def stored_facts(session: Session, store: Store, journeys: Sequence[str]) -> list[str]:
    """The facts of some journeys as JSON, as the read model keeps them; of those that have any yet."""
    rows = session.exec(
        select(JourneyRow).where(col(JourneyRow.id).in_(journeys)).order_by(col(JourneyRow.id))
    )
    found = []
    for row in rows.all():
        if row.view is None:
            continue
        try:
            view = store.keys.open(row.id, row.view, aad_extra=VIEW, session=session)
        except KeyDestroyed:
            continue
        found.append(json.dumps(json.loads(view)["facts"], separators=(",", ":")))
    return found


def parts(session: Session, simulation_id: str) -> dict[int, dict[str, Any]]:
    """The finished parts by their number."""
    query = select(BookSimulationPartRow).where(BookSimulationPartRow.simulation_id == simulation_id)
    return {row.number: json.loads(row.body) for row in session.exec(query)}


def save_part(session: Session, simulation_id: str, number: int, body: Mapping[str, Any]) -> None:
    """Keep a finished part; one that is there already stays as it is."""
    if session.get(BookSimulationPartRow, (simulation_id, number)) is None:
        text = canonical(dict(body)).decode()
        session.add(BookSimulationPartRow(simulation_id=simulation_id, number=number, body=text))
        session.flush()


def finish(session: Session, simulation_id: str, result: Mapping[str, Any], *, by: By) -> BookSimulationRow:
    """Keep the result; the same simulation finished twice must have the same one.

    Journeys may move on meanwhile: people work. Whoever approves has the result computed anew.

    Raises:
        Refusal: `result_changed`, where the same simulation came out otherwise.
    """
    row = simulation(session, simulation_id)
    text = canonical(dict(result)).decode()
    if row.result is not None and row.result != text:
        raise Refusal("result_changed", book=row.book_id, remedy="simulate it again")
    if row.result is None:
        row.result, row.result_sha256, row.finished_at = text, sha256(text.encode()), by.at
        session.add(row)
        session.flush()
    return row
