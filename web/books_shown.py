"""The books as the desk shows them: state, numbers that differ, what a simulation found, and the next step."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from domain.permissions import Permission
from rules.binding import Book
from rules.drafting import Changed, differences
from rules.library import find
from store import book_simulations, books
from store.books import APPROVED, CHECKED, DRAFT, SIMULATED, Library
from store.tables import BookRow, PersonRow
from web.access import Visit

NEXT = {
    DRAFT: ("pruefen", Permission.HOUSE_BOOK_DRAFT),
    CHECKED: ("erproben", Permission.HOUSE_BOOK_DRAFT),
    SIMULATED: ("freigeben", Permission.HOUSE_BOOK_APPROVE),
    APPROVED: ("aktivieren", Permission.HOUSE_BOOK_APPROVE),
}
STEPS = ("drafted", "checked", "simulated", "approved", "activated")


@dataclass(frozen=True)
class Shown:
    """One book with everything that its page says."""

    row: BookRow
    steps: tuple[tuple[str, str, Any], ...]
    reason: str
    differences: tuple[Changed, ...]
    against: str
    result: dict[str, Any] | None
    result_sha256: str
    under_way: bool
    next_step: str
    again: bool
    held_back: bool


def in_force(rows: list[BookRow], today: date) -> BookRow | None:
    """The book that decides today."""
    begun = [row for row in rows if row.active_from is not None and row.active_from <= today]
    return max(begun, key=lambda row: row.active_from or date.min, default=None)


def shown(visit: Visit, session: Session, book_id: str, today: date) -> Shown:
    """A book as this person sees it: the step that is next, if it is this person's to take."""
    row = books.book(session, book_id)
    library = Library(visit.services.store)
    now = in_force(list(books.books(session)), today)
    base = _compared_with(row, now)
    simulation = book_simulations.newest(session, book_id)
    step, permission = NEXT.get(row.state, ("", None))
    may = permission is not None and visit.allowed(permission)
    held = row.state == SIMULATED and visit.actor.id in (row.drafted_by, row.checked_by, row.simulated_by)
    finished = simulation is not None and simulation.result is not None
    return Shown(
        row=row,
        steps=_steps(session, row),
        reason=books.reason_of(session, row),
        differences=_differences(library, base, row.id),
        against=base or "",
        result=json.loads(simulation.result or "{}") if simulation is not None and finished else None,
        result_sha256=(simulation.result_sha256 or "") if simulation is not None else "",
        under_way=simulation is not None and not finished,
        next_step=step if may and not held else "",
        again=row.state == SIMULATED and visit.allowed(Permission.HOUSE_BOOK_DRAFT),
        held_back=may and held,
    )


def _compared_with(row: BookRow, now: BookRow | None) -> str | None:
    if now is not None and now.id != row.id:
        return now.id
    return row.base


def _differences(library: Library, base: str | None, book_id: str) -> tuple[Changed, ...]:
    if base is None:
        return ()
    old: Book = find(library, base)
    return differences(old, find(library, book_id))


def _steps(session: Session, row: BookRow) -> tuple[tuple[str, str, Any], ...]:
    """Each step that was taken, with the name of who took it and when."""
    found = []
    for step in STEPS:
        person, at = getattr(row, f"{step}_by"), getattr(row, f"{step}_at")
        if person is not None:
            known = session.get(PersonRow, person)
            found.append((step, known.name if known is not None else "Pakt", at))
    return tuple(found)
