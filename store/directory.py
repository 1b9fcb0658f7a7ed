"""The directory of local offers: entered, changed, checked and withdrawn, each step in the district's ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session, col, select

from domain.calendar import berlin_day
from domain.directory import SAID, Entry, Made, OfferKind, Tally, differing, tallies
from domain.directory_list import Line, id_of
from domain.errors import NotFound, Refusal
from domain.facts import OfferFact
from domain.ids import house_stream
from store import ledger
from store.tables import LedgerRow
from store.tables_directory import OfferMadeRow, OfferRow

DISTRICT = "off_district"
STREAM = house_stream(DISTRICT)
Became = Literal["new", "changed", "unchanged", "kept", "withdrawn"]


@dataclass(frozen=True)
class By:
    """Who takes a step, from which office, and the business instant."""

    person: str
    office: str
    at: datetime


def entries(session: Session) -> tuple[Entry, ...]:
    """Every entry, withdrawn ones too; filters and order are `domain.directory.found`."""
    return tuple(_entry(row) for row in session.exec(select(OfferRow).order_by(col(OfferRow.id))))


def entry(session: Session, offer: str) -> Entry:
    """The entry with this id; `NotFound` otherwise."""
    return _entry(_row(session, offer))


def enter(session: Session, new: Entry, by: By) -> bool:
    """Put an entry in; False if the same form had put it in before.

    Raises:
        Refusal: `offer_exists`, if another entry says the same offer.
    """
    if session.get(OfferRow, new.id) is not None:
        return False
    _expect_alone(session, new)
    _insert(session, new, by)
    return True


def change(session: Session, new: Entry, by: By) -> bool:
    """Let an entry say what `new` says, `new.rev` being the revision that was seen; False if it says so already.

    Raises:
        Refusal: `offer_stale`, `offer_withdrawn`, or `offer_exists`.
    """
    row = _standing(session, new.id, seen=new.rev)
    found = differing(_entry(row), new)
    if not found:
        return False
    _expect_alone(session, new)
    _set(session, row, new)
    changed = {name: [_plain(before), _plain(after)] for name, (before, after) in found.items()}
    _write(session, "offer_changed", new.id, by, {"changed": changed})
    return True


def look_again(session: Session, offer: str, by: By, *, seen: int) -> None:
    """Somebody has checked that the entry is still true.

    Raises:
        Refusal: `offer_stale` or `offer_withdrawn`.
    """
    row = _standing(session, offer, seen=seen)
    _set(session, row, replace(_entry(row), checked_on=berlin_day(by.at)))
    _write(session, "offer_checked", offer, by, {"on": row.checked_on.isoformat()})


def withdraw(session: Session, offer: str, by: By, *, seen: int) -> None:
    """Take an entry out of every list; it stays readable where it was offered.

    Raises:
        Refusal: `offer_stale` or `offer_withdrawn`.
    """
    row = _standing(session, offer, seen=seen)
    row.withdrawn_on, row.rev = berlin_day(by.at), row.rev + 1
    session.add(row)
    _write(session, "offer_withdrawn", offer, by, {"on": row.withdrawn_on.isoformat()})


def take_in(session: Session, lines: Iterable[Line], by: By) -> list[tuple[int, Became]]:
    """Take the good lines of a list in, and say what became of each; a second time changes nothing.

    What was checked later than the list says stays, and what was withdrawn stays withdrawn.
    """
    known = {one.identity: one for one in entries(session)}
    by_id = {one.id: one for one in known.values()}
    became: list[tuple[int, Became]] = []
    for line in lines:
        if line.entry is None:
            continue
        new = replace(line.entry, id=id_of(line.entry))
        before = known.get(new.identity) or by_id.get(new.id)
        became.append((line.no, _take_one(session, before, new, by)))
    return became


def _take_one(session: Session, before: Entry | None, new: Entry, by: By) -> Became:
    if before is None:
        _insert(session, new, by)
        return "new"
    if before.withdrawn_on is not None:
        return "withdrawn"
    if before.checked_on > new.checked_on:
        return "kept"
    return "changed" if change(session, replace(new, id=before.id, rev=before.rev), by) else "unchanged"


def history(session: Session, offer: str) -> list[ledger.Entry]:
    """What the ledger says of one entry, oldest first."""
    rows = session.exec(
        select(LedgerRow)
        .where(LedgerRow.stream == STREAM, col(LedgerRow.type).like("offer\\_%", escape="\\"))
        .order_by(col(LedgerRow.seq))
    )
    opened = (ledger.opened(session, row) for row in rows)
    return [one for one in opened if (one.body or {}).get("offer") == offer]


def bring_up(session: Session, journey: str, office: str, offers: Sequence[OfferFact]) -> None:
    """Let the counted offers of a journey be those of its facts; who offered keeps the count."""
    for position, fact in enumerate(offers):
        row = session.get(OfferMadeRow, (journey, position)) or OfferMadeRow(
            journey_id=journey,
            position=position,
            office_id=office,
            offer_id=fact.id,
            kind=fact.kind,
            offered_on=fact.offered_on,
        )
        row.outcome = str(fact.outcome) if fact.outcome else None
        row.settled_on = fact.settled_on
        session.add(row)


def counts(session: Session, offices: Iterable[str] | None = None) -> tuple[Tally, ...]:
    """How often was offered, taken up and declined, per office and kind; small numbers are left out."""
    query = select(OfferMadeRow)
    if offices is not None:
        query = query.where(col(OfferMadeRow.office_id).in_(list(offices)))
    return tallies(Made(row.office_id, row.kind, row.outcome) for row in session.exec(query))


def _entry(row: OfferRow) -> Entry:
    said = {name: getattr(row, name) for name in SAID if name != "kind"}
    return Entry(id=row.id, kind=OfferKind(row.kind), rev=row.rev, withdrawn_on=row.withdrawn_on, **said)


def _row(session: Session, offer: str) -> OfferRow:
    lock = True if session.info.get("writing") else None
    row = session.get(OfferRow, offer, with_for_update=lock, populate_existing=True)
    if row is None:
        raise NotFound("offer", id=offer)
    return row


def _standing(session: Session, offer: str, *, seen: int) -> OfferRow:
    row = _row(session, offer)
    if row.withdrawn_on is not None:
        raise Refusal("offer_withdrawn", field="offer", on=row.withdrawn_on.isoformat())
    if row.rev != seen:
        raise Refusal("offer_stale", field="offer")
    return row


def _expect_alone(session: Session, new: Entry) -> None:
    same = select(OfferRow).where(OfferRow.kind == str(new.kind), OfferRow.ags == new.ags)
    others = (_entry(row) for row in session.exec(same) if row.id != new.id and row.withdrawn_on is None)
    if any(other.identity == new.identity for other in others):
        raise Refusal("offer_exists", field="name")


def _insert(session: Session, new: Entry, by: By) -> None:
    said = {name: getattr(new, name) for name in SAID}
    session.add(OfferRow(id=new.id, office_id=by.office, **{**said, "kind": str(new.kind)}))
    session.flush()
    told = {name: _plain(value) for name, value in said.items()}
    _write(session, "offer_entered", new.id, by, told)


def _set(session: Session, row: OfferRow, new: Entry) -> None:
    for name in SAID:
        setattr(row, name, getattr(new, name))
    row.kind, row.rev = str(new.kind), row.rev + 1
    session.add(row)
    session.flush()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _write(session: Session, kind: str, offer: str, by: By, told: Mapping[str, object]) -> None:
    ledger.append(
        session,
        STREAM,
        office=DISTRICT,
        at=by.at,
        actor=by.person,
        type=kind,
        body={"offer": offer, "office": by.office, **told},
    )
