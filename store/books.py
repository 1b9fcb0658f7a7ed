"""The books of an installation: every step from draft to superseded, guarded and written down.

    draft -> checked -> simulated -> approved -> active -> superseded

A step changes nothing but its own columns; the document never changes. Steps are written to the ledger stream of the
district with the person who took them and the hash of what they took.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from domain.calendar import Calendar, berlin_day
from domain.commands import PinBook
from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound, Refusal
from domain.events import SYSTEM
from domain.ids import house_stream
from store import ledger, replans
from store.canonical import digest, sha256
from store.database import Store
from store.keys import KeyRing
from store.tables import BookRow, BookSimulationRow, JourneyRow

DISTRICT = "off_district"
STREAM = house_stream(DISTRICT)
RUNNING = replans.RUNNING
DAYS_AHEAD = 2
DRAFT, CHECKED, SIMULATED, APPROVED, ACTIVE, SUPERSEDED = (
    "draft",
    "checked",
    "simulated",
    "approved",
    "active",
    "superseded",
)
_MAY_BE_SIMULATED = (CHECKED, SIMULATED)
_MAY_BE_PINNED = (APPROVED, ACTIVE, SUPERSEDED)
_REASON = b"book/reason/%s"


class Printed(NamedTuple):
    """A book as it is stored: its canonical document and what one must know of it without reading it."""

    id: str
    sha256: str
    document: str
    valid_from: date


class By(NamedTuple):
    """Who takes a step, and the business instant."""

    person: str
    at: datetime


@dataclass(frozen=True)
class Library:
    """The books of an installation as those see them who decide: which is in force, and its document."""

    store: Store

    def active(self, on: date) -> Edition | None:
        """The book in force on a day, or None where no book was ever entered."""
        with self.store.read() as session:
            row = active_on(session, on)
            return None if row is None else Edition(id=row.id, sha256=row.sha256)

    def edition(self, book_id: str) -> Edition | None:
        """The book with this id, or None where this installation has none."""
        with self.store.read() as session:
            row = session.get(BookRow, book_id)
            return None if row is None else Edition(id=row.id, sha256=row.sha256)

    def document(self, book_id: str) -> str:
        """Its document."""
        with self.store.read() as session:
            return book(session, book_id).document

    def next_change(self, after: date) -> date | None:
        """The first day after this one on which another book comes into force, as far as known."""
        with self.store.read() as session:
            query = select(BookRow).where(col(BookRow.active_from) > after)
            row = session.exec(query.order_by(col(BookRow.active_from))).first()
            return None if row is None else row.active_from


def book(session: Session, book_id: str) -> BookRow:
    """The row of a book; `NotFound` otherwise. In a writing session it is locked."""
    lock = True if session.info.get("writing") else None
    row = session.get(BookRow, book_id, with_for_update=lock, populate_existing=True)
    if row is None:
        known = ", ".join(one.id for one in books(session))
        raise NotFound("unknown_book", field="book", book=book_id, remedy=f"one of: {known}")
    return row


def books(session: Session) -> Sequence[BookRow]:
    """Every book, in the order in which they were entered."""
    return session.exec(select(BookRow).order_by(col(BookRow.drafted_at), col(BookRow.id))).all()


def active_on(session: Session, on: date) -> BookRow | None:
    """The book in force on a day; before the first one begins, None."""
    query = select(BookRow).where(col(BookRow.active_from) <= on)
    return session.exec(query.order_by(col(BookRow.active_from).desc())).first()


def reason_of(session: Session, row: BookRow) -> str:
    """Why somebody drafted the book, in their own words."""
    if row.reason is None:
        return ""
    keys: KeyRing = session.info["keys"]
    return keys.open(STREAM, row.reason, aad_extra=_REASON % row.id.encode(), session=session).decode()


def enter_release(session: Session, shipped: Sequence[Printed], at: datetime) -> tuple[str, ...]:
    """Make sure of the books of this release: the newest is active in an empty installation, else a new draft.

    Returns the ids of books that stand here with another content: those that were stored stay as they are.
    """
    if not books(session):
        _begin_with(session, shipped[-1], at)
        return ()
    differing = []
    for printed in shipped:
        known = session.get(BookRow, printed.id)
        if known is None and printed.valid_from > _newest_release(session):
            _enter(session, printed, By(SYSTEM, at), origin="release")
            _write(session, "book_entered", printed.id, By(SYSTEM, at), {"sha256": printed.sha256})
        elif known is not None and known.sha256 != printed.sha256:
            differing.append(printed.id)
    return tuple(differing)


def _newest_release(session: Session) -> date:
    days = [row.valid_from for row in books(session) if row.origin == "release"]
    return max(days, default=date.min)


def _begin_with(session: Session, newest: Printed, at: datetime) -> None:
    by = By(SYSTEM, at)
    row = _enter(session, newest, by, origin="release")
    row.state, row.active_from = ACTIVE, newest.valid_from
    row.activated_by, row.activated_at = SYSTEM, at
    session.add(row)
    told = {"sha256": newest.sha256, "from": newest.valid_from.isoformat(), "because": "first_installation"}
    _write(session, "book_activated", newest.id, by, told)


def free_id(session: Session, base: str) -> str:
    """An id for a book made from this one: the release's own id with the next free number."""
    taken = {row.id for row in books(session)}
    stem = base.partition("_own")[0]
    return next(name for n in range(1, len(taken) + 2) if (name := f"{stem}_own{n}") not in taken)


def draft(session: Session, printed: Printed, *, base: str, reason: str, by: By) -> BookRow:
    """A book of the installation's own, made from one that was in force.

    Raises:
        InvalidInput: without a reason.
        Refusal: the id is taken, or the base was never approved.
    """
    if not reason.strip():
        raise InvalidInput("reason_needed", field="reason", remedy="say in a sentence why")
    if session.get(BookRow, printed.id) is not None:
        raise Refusal("book_id_taken", field="id", book=printed.id, remedy="choose another id")
    if book(session, base).state not in _MAY_BE_PINNED:
        raise Refusal(
            "book_base_unapproved", field="from", book=base, remedy="begin with one that was in force"
        )
    row = _enter(session, printed, by, origin="own", base=base)
    keys: KeyRing = session.info["keys"]
    keys.ensure(session, STREAM)
    extra = _REASON % printed.id.encode()
    row.reason = keys.seal(STREAM, reason.strip().encode(), aad_extra=extra, session=session)
    session.add(row)
    told = {"sha256": printed.sha256, "base": base, "reason": reason.strip()}
    _write(session, "book_drafted", printed.id, by, told)
    return row


def _enter(session: Session, printed: Printed, by: By, *, origin: str, base: str | None = None) -> BookRow:
    row = BookRow(
        id=printed.id,
        sha256=printed.sha256,
        document=printed.document,
        origin=origin,
        base=base,
        state=DRAFT,
        valid_from=printed.valid_from,
        drafted_by=by.person,
        drafted_at=by.at,
    )
    session.add(row)
    session.flush()
    return row


def check(session: Session, book_id: str, *, findings: Sequence[str], by: By) -> BookRow:
    """Note that nothing was found in a draft; a draft with findings stays one.

    Raises:
        Refusal: `book_state`, or `book_has_findings` with the first of them.
    """
    row = book(session, book_id)
    _expect_state(row, DRAFT, CHECKED)
    if findings:
        raise Refusal("book_has_findings", book=book_id, number=str(len(findings)), first=findings[0])
    row.state, row.checked_by, row.checked_at = CHECKED, by.person, by.at
    session.add(row)
    _write(session, "book_checked", book_id, by, {"sha256": row.sha256})
    return row


def watermark(session: Session) -> tuple[str, int]:
    """The hash of the caseload as it stands, with the number of open journeys: any event of any of them changes it."""
    query = select(JourneyRow.id, JourneyRow.seq, JourneyRow.state)
    found = session.exec(query.where(col(JourneyRow.state).in_(RUNNING)).order_by(col(JourneyRow.id))).all()
    return digest({"journeys": [list(line) for line in found]}), len(found)


def expect_triable(session: Session, book_id: str) -> None:
    """Refuse, before any work is done, to simulate a book that is in no state for it."""
    _expect_state(book(session, book_id), *_MAY_BE_SIMULATED)


def expect_approvable(session: Session, book_id: str, *, by: By) -> str:
    """The simulation to be computed anew; refuses before any work is done what `approve` would refuse."""
    row = book(session, book_id)
    _expect_state(row, SIMULATED)
    if by.person in (row.drafted_by, row.checked_by, row.simulated_by):
        raise Refusal("four_eyes", book=book_id, remedy="ask a second person")
    return row.simulation or ""


def note_simulated(session: Session, simulation: BookSimulationRow, *, by: By) -> BookRow:
    """Bind a book to the finished simulation that an approver is to look at.

    Raises:
        Refusal: `book_state`, or `simulation_unfinished`.
    """
    row = book(session, simulation.book_id)
    _expect_state(row, *_MAY_BE_SIMULATED)
    if simulation.result_sha256 is None or simulation.book_sha256 != row.sha256:
        raise Refusal("simulation_unfinished", book=row.id, remedy="pakt rules simulate")
    row.state, row.simulated_by, row.simulated_at = SIMULATED, by.person, by.at
    row.simulation = simulation.id
    session.add(row)
    told = {
        "sha256": row.sha256,
        "simulation": simulation.id,
        "result": simulation.result_sha256,
        "watermark": simulation.watermark,
    }
    _write(session, "book_simulated", row.id, by, told)
    return row


def approve(session: Session, book_id: str, *, seen: str, recomputed: str, by: By) -> BookRow:
    """The second person agrees to a book and to the very result that was looked at.

    `seen` is the hash of the result that the person looked at, `recomputed` that of one computed anew just now over
    the caseload as it stands: an event that changes nothing of the result is no reason to look again.

    Raises:
        Refusal: `four_eyes` for who made, checked or simulated it; `result_changed` or
            `book_in_force_changed` where the result is no longer what it was; `book_state`.
    """
    simulation = session.get_one(BookSimulationRow, expect_approvable(session, book_id, by=by))
    row = book(session, book_id)
    _expect_unchanged(session, simulation, by.at, hashes=(seen, recomputed))
    row.state, row.approved_by, row.approved_at = APPROVED, by.person, by.at
    row.approved_result = simulation.result_sha256
    session.add(row)
    told = {"sha256": row.sha256, "simulation": simulation.id, "result": simulation.result_sha256}
    _write(session, "book_approved", book_id, by, {**told, "watermark": simulation.watermark})
    return row


def _expect_unchanged(
    session: Session, simulation: BookSimulationRow, at: datetime, *, hashes: tuple[str, str]
) -> None:
    again = {"book": simulation.book_id, "remedy": "simulate it again and look at the new result"}
    stored = sha256((simulation.result or "").encode())
    if {simulation.result_sha256, *hashes} != {stored}:
        raise Refusal("result_changed", **again)
    in_force = active_on(session, berlin_day(at))
    if in_force is None or (in_force.id, in_force.sha256) != (simulation.against, simulation.against_sha256):
        raise Refusal("book_in_force_changed", **again)


def activate(session: Session, book_id: str, *, on: date, calendar: Calendar, by: By) -> BookRow:
    """Let an approved book come into force on a day, and the one before it be superseded on that day.

    Every open journey is told to plan again, so that it wakes on that day.

    Raises:
        Refusal: `book_state`; `activation_too_soon` for less than two working days ahead; `activation_reaches_back`
            for a day not after the begin of every other book.
    """
    # Two activations at once would each find the other book still unbegun: they wait for each other here.
    session.exec(select(BookRow.id).with_for_update()).all()
    row = book(session, book_id)
    _expect_state(row, APPROVED)
    earliest = calendar.add_working_days(berlin_day(by.at), DAYS_AHEAD)
    if on < earliest:
        raise Refusal("activation_too_soon", field="from", earliest=earliest.isoformat())
    begun = [one for one in books(session) if one.active_from is not None]
    latest = max((one.active_from for one in begun if one.active_from), default=date.min)
    if on <= max(latest, row.valid_from):
        after = max(latest, row.valid_from).isoformat()
        raise Refusal("activation_reaches_back", field="from", after=after)
    for former in (one for one in begun if one.state == ACTIVE):
        former.state, former.superseded_from = SUPERSEDED, on
        session.add(former)
        told = {"sha256": former.sha256, "by": book_id, "from": on.isoformat()}
        _write(session, "book_superseded", former.id, by, told)
    row.state, row.active_from = ACTIVE, on
    row.activated_by, row.activated_at = by.person, by.at
    session.add(row)
    orders = replans.order(session, reason="book_changed", about=book_id, at=by.at)
    told_all = {
        "sha256": row.sha256,
        "result": row.approved_result,
        "from": on.isoformat(),
        "replans": orders,
    }
    _write(session, "book_activated", book_id, by, told_all)
    return row


def expect_fit_pin(store: Store, body: object) -> None:
    """Refuse a command that holds a journey to a book which is unknown here or was never approved.

    Raises:
        Refusal: `pin_unknown_book` or `pin_unapproved_book`; any other command passes, and one that loosens a pin.
    """
    pins = (one for one in (body, *getattr(body, "settles", ())) if isinstance(one, PinBook))
    for wanted in (pin.book for pin in pins if pin.book is not None):
        _expect_pinnable(store, wanted)


def _expect_pinnable(store: Store, wanted: str) -> None:
    with store.read() as session:
        row = session.get(BookRow, wanted)
        fit = ", ".join(one.id for one in books(session) if one.state in _MAY_BE_PINNED)
    if row is None:
        raise Refusal("pin_unknown_book", field="book", book=wanted, known=fit)
    if row.state not in _MAY_BE_PINNED:
        raise Refusal("pin_unapproved_book", field="book", book=wanted, known=fit)


def _expect_state(row: BookRow, *states: str) -> None:
    if row.state not in states:
        raise Refusal("book_state", book=row.id, stands=row.state, needed=states[-1])


def _write(session: Session, kind: str, book_id: str, by: By, told: Mapping[str, object]) -> None:
    ledger.append(
        session,
        STREAM,
        office=DISTRICT,
        at=by.at,
        actor=by.person,
        type=kind,
        body={"book": book_id, **told},
        book=book_id,
    )
