"""The inbox of allocations: the Landratsamt types a person once, the office accepts or gives the card back.

Who it is, is sealed with a key of the card's own. It is destroyed once the person is a participant, or once the
sender has seen why the card came back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field
from sqlmodel import Session, col, select

from domain.allocation_list import Allocated, Line
from domain.errors import InvalidInput, NotFound, Refusal
from domain.ids import house_stream
from domain.list_cells import person_words
from domain.model import Handed
from domain.permissions import Actor
from store import clock, ids, ledger, people
from store.database import Store
from store.keys import KeyDestroyed
from store.tables import OfficeRow
from store.tables_take_over import AllocationRow

Kind = Literal["ready", "taken", "known", "refused"]
REASONS = ("not_here", "known_already", "wrong_municipality", "papers_missing", "other")
MUNICIPALITY = "municipality"
_CARD = b"allocation"


class Card(Handed):
    """Who was allocated; never shown by `repr`, never in an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    name: str = Field(repr=False)
    birth_date: date = Field(repr=False)
    interpreter: bool | None = None
    email: str | None = Field(default=None, repr=False)
    phone: str | None = Field(default=None, repr=False)
    address: str | None = Field(default=None, repr=False)
    number: str | None = Field(default=None, repr=False)


@dataclass(frozen=True)
class Shown:
    """A row of an inbox or of the sender's list; `card` is None where the reader may not know, or it is gone."""

    row: AllocationRow
    card: Card | None = field(repr=False)
    office: str = ""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a line of an allocation list."""

    no: int
    kind: Kind
    faults: tuple[InvalidInput, ...] = ()
    allocation: str | None = None
    office: str | None = None
    person: Allocated | None = field(default=None, repr=False)


def weigh(session: Session, store: Store, lines: Sequence[Line]) -> tuple[Verdict, ...]:
    """What would become of each line, and which office would get it; nothing is written."""
    serving = offices_by_ags(session)
    return tuple(_weighed(session, store, line, serving) for line in lines)


def send(store: Store, lines: Sequence[Line], *, actor: Actor, sha256: str) -> tuple[Verdict, ...]:
    """Put each person who is not there yet into the inbox of the office of the municipality, in one transaction."""
    with store.write() as session:
        return put_in(session, store, lines, actor=actor, sha256=sha256)


def put_in(
    session: Session, store: Store, lines: Sequence[Line], *, actor: Actor, sha256: str
) -> tuple[Verdict, ...]:
    """`send`, in the caller's transaction."""
    serving = offices_by_ags(session)
    for office in sorted({row.id for row in serving.values()}):
        # Two lists at once wait for each other here, so that nobody is put in twice.
        session.get(OfficeRow, office, with_for_update=True)
    verdicts = [_weighed(session, store, line, serving) for line in lines]
    done = tuple(_sent(session, store, v, actor) if v.kind == "ready" else v for v in verdicts)
    counts = {kind: sum(v.kind == kind for v in done) for kind in ("taken", "known", "refused")}
    _note(session, actor.office, actor, "allocations_sent", {"sha256": sha256, **counts})
    return done


def offices_by_ags(session: Session) -> dict[str, OfficeRow]:
    """Which office answers for a municipality: its own before a carrier's, the first by id before others."""
    rows = sorted(people.offices(session), key=lambda row: (row.kind != MUNICIPALITY, row.id))
    serving: dict[str, OfficeRow] = {}
    for row in rows:
        serving.setdefault(row.ags, row)
    return serving


def inbox(session: Session, store: Store, office: str) -> list[Shown]:
    """What waits in an office, the earliest allocation first."""
    found = select(AllocationRow).where(AllocationRow.office_id == office, AllocationRow.state == "open")
    rows = session.exec(found.order_by(col(AllocationRow.t0), col(AllocationRow.id))).all()
    store.keys.warm(session, [row.id for row in rows])
    return [Shown(row, _open(session, store, row)) for row in rows]


def sent_by(session: Session, store: Store, office: str) -> list[Shown]:
    """What an office has sent and not yet put away: names only where a card has come back."""
    found = select(AllocationRow).where(
        AllocationRow.from_office_id == office, col(AllocationRow.state).in_(("open", "accepted", "declined"))
    )
    rows = session.exec(found.order_by(col(AllocationRow.sent_at).desc(), col(AllocationRow.id))).all()
    names = {row.id: row.name for row in people.offices(session)}
    return [
        Shown(row, _open(session, store, row) if row.state == "declined" else None, names[row.office_id])
        for row in rows
    ]


def card(session: Session, store: Store, allocation: str, office: str) -> tuple[AllocationRow, Card]:
    """An open card of an office.

    Raises:
        NotFound: for an unknown card, or one of another office.
        Refusal: `allocation_settled`, once it was accepted or given back.
    """
    row = _own(session, allocation, office, locked=False)
    found = _open(session, store, row)
    if row.state != "open" or found is None:
        raise Refusal("allocation_settled", state=row.state)
    return row, found


def accepted(session: Session, store: Store, allocation: str, *, actor: Actor, journey: str) -> None:
    """The person is a participant now: the card holds the journey's id and nothing else of them.

    Raises:
        Refusal: `allocation_settled`, if the card was given back meanwhile.
    """
    row = _own(session, allocation, actor.office)
    if row.state == "accepted" and row.journey_id == journey:
        return
    _settle(session, row, actor, state="accepted", journey_id=journey)
    _erase(session, store, row)
    body = {"allocation": row.id, "journey": journey}
    _note(session, row.office_id, actor, "allocation_accepted", body)


def decline(session: Session, allocation: str, *, actor: Actor, reason: str) -> None:
    """Give a card back to its sender, with a reason.

    Raises:
        Refusal: `allocation_settled`, if it was settled already.
    """
    if reason not in REASONS:
        raise InvalidInput("not_in_list", field="reason")
    row = _own(session, allocation, actor.office)
    _settle(session, row, actor, state="declined", reason=reason)
    body = {"allocation": row.id, "reason": reason}
    _note(session, row.office_id, actor, "allocation_declined", body)


def put_away(session: Session, store: Store, allocation: str, *, actor: Actor) -> None:
    """The sender has seen why a card came back; who it named is erased."""
    row = session.get(AllocationRow, allocation, with_for_update=True)
    if row is None or row.from_office_id != actor.office or row.state not in ("declined", "noted"):
        raise NotFound("allocation")
    if row.state == "noted":
        return
    row.state = "noted"
    session.add(row)
    _erase(session, store, row)
    _note(session, row.from_office_id, actor, "allocation_put_away", {"allocation": row.id})


def _weighed(session: Session, store: Store, line: Line, serving: Mapping[str, OfficeRow]) -> Verdict:
    person = line.person
    if person is None:
        return Verdict(line.no, "refused", line.faults)
    office = serving.get(person.ags)
    if office is None:
        known = ", ".join(sorted(serving))
        fault = InvalidInput("no_office_for_ags", field=MUNICIPALITY, known=known)
        return Verdict(line.no, "refused", (fault,))
    same = select(AllocationRow).where(AllocationRow.token == _token(store, person))
    for row in session.exec(same):
        if row.office_id == office.id:
            return Verdict(line.no, "known", allocation=row.id, office=office.id)
        if row.state in ("open", "accepted"):
            there = people.office(session, row.office_id).name
            fault = InvalidInput("allocated_elsewhere", field=MUNICIPALITY, office=there)
            return Verdict(line.no, "refused", (fault,))
    return Verdict(line.no, "ready", office=office.id, person=person)


def _sent(session: Session, store: Store, verdict: Verdict, actor: Actor) -> Verdict:
    person, office = verdict.person, verdict.office
    if person is None or office is None:
        return verdict
    id_ = ids.new("allocation")
    store.keys.create(session, id_)
    fields = {name: getattr(person, name) for name in Card.model_fields}
    plain = Card.model_validate(fields).model_dump_json().encode()
    session.add(
        AllocationRow(
            id=id_,
            office_id=office,
            from_office_id=actor.office,
            ags=person.ags,
            t0=person.t0,
            language=person.language,
            token=_token(store, person),
            card=store.keys.seal(id_, plain, aad_extra=_CARD, session=session),
            sent_by=actor.id,
            sent_at=clock.now(session),
        )
    )
    session.flush()
    _note(session, office, actor, "allocation_received", {"allocation": id_})
    return replace(verdict, kind="taken", allocation=id_)


def _token(store: Store, person: Allocated) -> str:
    return store.keys.token("allocation\x1f" + person_words(person.name, person.birth_date, person.t0))


def _open(session: Session, store: Store, row: AllocationRow) -> Card | None:
    if row.card is None:
        return None
    try:
        plain = store.keys.open(row.id, row.card, aad_extra=_CARD, session=session)
    except KeyDestroyed:
        return None
    return Card.model_validate_json(plain)


def _own(session: Session, allocation: str, office: str, *, locked: bool = True) -> AllocationRow:
    row = session.get(AllocationRow, allocation, with_for_update=locked)
    if row is None or row.office_id != office:
        raise NotFound("allocation")
    return row


def _settle(session: Session, row: AllocationRow, actor: Actor, **became: str) -> None:
    if row.state != "open":
        raise Refusal("allocation_settled", state=row.state)
    for name, value in became.items():
        setattr(row, name, value)
    row.settled_by, row.settled_at = actor.id, clock.now(session)
    session.add(row)
    session.flush()


def _erase(session: Session, store: Store, row: AllocationRow) -> None:
    row.card = None
    session.add(row)
    store.keys.destroy(session, row.id)


def _note(session: Session, office: str, actor: Actor, type_: str, body: Mapping[str, object]) -> None:
    ledger.append(
        session,
        house_stream(office),
        office=office,
        at=clock.now(session),
        actor=actor.id,
        type=type_,
        body=dict(body),
    )
