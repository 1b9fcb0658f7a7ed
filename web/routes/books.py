"""The books of the installation: drafts, what they would change, and the step that is next."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.concurrency import run_in_threadpool

from domain.errors import InvalidInput, PaktError
from domain.permissions import Permission
from rules import drafting
from rules.documents import to_document
from rules.library import find
from store import books, editions, replans
from store.books import By, Library, Printed
from web.access import Requires, Visit
from web.books_shown import in_force, shown
from web.dates import today
from web.pages import go, page
from web.sentences import sentence

router = APIRouter()
Reading = Annotated[Visit, Depends(Requires(Permission.HOUSE_RULES_READ))]
Drafting = Annotated[Visit, Depends(Requires(Permission.HOUSE_BOOK_DRAFT))]
Approving = Annotated[Visit, Depends(Requires(Permission.HOUSE_BOOK_APPROVE))]
Short = Annotated[str, Form(max_length=80)]
PLACE = "/regeln/buecher"


@router.get(PLACE)
def listed(visit: Reading) -> Response:
    """Every book with its state; who may draft finds the form for it."""
    return _listed(visit)


def _listed(visit: Visit, *, error: str = "") -> Response:
    day = today(visit.services.now())
    with visit.services.store.read() as session:
        rows = list(books.books(session))
    now = in_force(rows, day)
    base = find(Library(visit.services.store), now.id) if now is not None else None
    numbers = sorted(base.parameters.values(), key=lambda p: p.name) if base is not None else []
    return page(
        visit,
        "books.html",
        status=422 if error else 200,
        books=rows[::-1],
        standing=now,
        numbers=[p for p in numbers if p.low != p.high],
        may_draft=visit.allowed(Permission.HOUSE_BOOK_DRAFT),
        error=error,
    )


@router.post(PLACE)
def draft(
    visit: Drafting,
    aus: Short = "",
    grund: Annotated[str, Form(max_length=400)] = "",
    zahl: Annotated[list[str] | None, Form(max_length=12)] = None,
    wert: Annotated[list[str] | None, Form(max_length=12)] = None,
) -> Response:
    """Make a draft from the book that is in force; only numbers that were filled in differ."""
    store = visit.services.store
    named = {
        name: value.strip().replace(",", ".") for name, value in zip(zahl or (), wert or (), strict=False)
    }
    wanted = {name: value for name, value in named.items() if name and value}
    try:
        base = find(Library(store), aus)
        with store.read() as session:
            name = books.free_id(session, base.id)
        new = drafting.draft(base, wanted, name)
        printed = Printed(new.id, new.sha256, to_document(new), new.valid_from)
        with store.write() as session:
            books.draft(session, printed, base=base.id, reason=grund, by=_by(visit))
    except PaktError as refused:
        return _listed(visit, error=sentence(refused.code, refused.params, visit.lang))
    return go(f"{PLACE}/{name}", said="book_drafted")


@router.get(PLACE + "/{book}")
def one(visit: Reading, book: str) -> Response:
    """One book: what differs from the one in force, what the simulation found, and what is next."""
    return _one(visit, book)


def _one(visit: Visit, book: str, *, error: str = "") -> Response:
    day = today(visit.services.now())
    with visit.services.store.read() as session:
        seen = shown(visit, session, book, day)
        planned = replans.progress(session, about=book, limit=1)
    calendar = editions.calendar()[0]
    earliest = calendar.add_working_days(day, books.DAYS_AHEAD)
    return page(
        visit,
        "book.html",
        status=409 if error else 200,
        book=seen,
        earliest=earliest,
        error=error,
        planned=planned,
    )


@router.post(PLACE + "/{book}/pruefen")
def examine(visit: Drafting, book: str) -> Response:
    """Check a draft; with a finding it stays a draft."""
    store, by = visit.services.store, _by(visit)
    try:
        of = find(Library(store), book)
        found = drafting.faults(of, today(by.at), calendar=editions.calendar()[0])
        with store.write() as session:
            books.check(session, book, findings=[str(one) for one in found], by=by)
    except PaktError as refused:
        return _refused(visit, book, refused)
    return go(f"{PLACE}/{book}", said="book_checked")


@router.post(PLACE + "/{book}/erproben")
def simulate(visit: Drafting, book: str) -> Response:
    """Begin to try the book over the caseload; the page shows how far it is."""
    try:
        with visit.services.store.read() as session:
            books.expect_triable(session, book)
        if visit.services.try_book is None:
            raise InvalidInput("away", field="book")
        visit.services.try_book(book, visit.someone.login)
    except PaktError as refused:
        return _refused(visit, book, refused)
    return go(f"{PLACE}/{book}", said="book_tried")


@router.post(PLACE + "/{book}/freigeben")
async def approve(visit: Approving, book: str, ergebnis: Short = "") -> Response:
    """Approve the very result that was on the page; it is computed anew first."""
    try:
        await run_in_threadpool(_approve, visit, book, ergebnis)
    except PaktError as refused:
        return await run_in_threadpool(_refused, visit, book, refused)
    return go(f"{PLACE}/{book}", said="book_approved")


def _approve(visit: Visit, book: str, seen: str) -> None:
    store, by = visit.services.store, _by(visit)
    with store.read() as session:
        simulation = books.expect_approvable(session, book, by=by)
    if visit.services.try_again is None:
        raise InvalidInput("away", field="book")
    anew = visit.services.try_again(simulation)
    with store.write() as session:
        books.approve(session, book, seen=seen, recomputed=anew, by=by)


@router.post(PLACE + "/{book}/aktivieren")
def activate(visit: Approving, book: str, ab: Short = "") -> Response:
    """Let the book come into force on a day."""
    try:
        since = _day(ab)
        with visit.services.store.write() as session:
            books.activate(session, book, on=since, calendar=editions.calendar()[0], by=_by(visit))
    except PaktError as refused:
        return _refused(visit, book, refused)
    return go(f"{PLACE}/{book}", said="book_activated")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("not_a_day", field="ab") from None


def _refused(visit: Visit, book: str, refused: PaktError) -> Response:
    return _one(visit, book, error=sentence(refused.code, refused.params, visit.lang))


def _by(visit: Visit) -> By:
    return By(visit.actor.id, visit.services.now())
