"""What the companions found, and what they did about it: one row and one ledger entry for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.events import SYSTEM
from domain.ids import house_stream
from store import ledger
from store.office_tables import FindingRow

HEALED = ("replan", "start_again")


@dataclass(frozen=True)
class Found:
    """One thing: of which kind, about what, in which journey, and what is done about it."""

    kind: str
    subject: str
    done: str
    journey: str | None = None


def note(session: Session, office: str, found: Found, *, on: date, at: datetime) -> bool:
    """Write one finding down; False where the same was found on the same day already."""
    query = select(FindingRow.id).where(
        FindingRow.office_id == office,
        FindingRow.kind == found.kind,
        FindingRow.subject == found.subject,
        FindingRow.found_on == on,
    )
    if session.exec(query).first() is not None:
        return False
    session.add(
        FindingRow(
            office_id=office,
            kind=found.kind,
            subject=found.subject,
            journey_id=found.journey,
            found_on=on,
            done=found.done,
        )
    )
    session.flush()
    body = {"found": found.kind, "subject": found.subject, "journey": found.journey, "done": found.done}
    ledger.append(
        session,
        house_stream(office),
        office=office,
        at=at,
        actor=SYSTEM,
        type="sweep_healed" if found.done in HEALED else "sweep_found",
        body=body,
    )
    return True


def told(session: Session, office: str, kind: str) -> frozenset[str]:
    """The subjects of a kind that were ever found in an office."""
    query = select(FindingRow.subject).where(FindingRow.office_id == office, FindingRow.kind == kind)
    return frozenset(session.exec(query))


def of_office(
    session: Session, office: str, *, first: date | None = None, last: date | None = None
) -> Sequence[FindingRow]:
    """What was found in an office from one day to another, the latest first."""
    query = select(FindingRow).where(FindingRow.office_id == office)
    if first is not None:
        query = query.where(col(FindingRow.found_on) >= first)
    if last is not None:
        query = query.where(col(FindingRow.found_on) <= last)
    return session.exec(query.order_by(col(FindingRow.found_on).desc(), col(FindingRow.id))).all()
