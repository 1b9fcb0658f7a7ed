"""Who is away, who stands in for them, and who therefore holds what now."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from domain.errors import InvalidInput, NotFound
from domain.ids import house_stream
from store import ledger, people
from store.office_tables import AbsenceRow, PostRow
from store.tables import PersonRow

FULL = 100


def add(
    session: Session, *, person: str, first: date, last: date | None, actor: str, at: datetime
) -> AbsenceRow:
    """Record that somebody is away, both days included; open while nobody knows the last.

    Raises:
        NotFound: there is no such person.
        InvalidInput: `absence_backwards`, or `absence_known` for days that another entry covers already.
    """
    row = people.person(session, person)
    if last is not None and last < first:
        raise InvalidInput("absence_backwards", field="last", first=first.isoformat(), last=last.isoformat())
    known = [one for one in of_person(session, person) if _overlap(one, first, last)]
    if known:
        raise InvalidInput("absence_known", field="first", first=known[0].first.isoformat())
    absence = AbsenceRow(
        person_id=person, office_id=row.office_id, first=first, last=last, recorded_by=actor, recorded_at=at
    )
    session.add(absence)
    session.flush()
    _write(session, "absence_recorded", absence, actor, at)
    return absence


def end(session: Session, absence_id: int, *, last: date, actor: str, at: datetime) -> AbsenceRow:
    """Record or correct the last day of an absence; one that never was ends the day before it began.

    Raises:
        NotFound: there is no such entry.
        InvalidInput: `absence_backwards` for a last day more than one day before the first.
    """
    absence = get(session, absence_id)
    if (last - absence.first).days < -1:
        raise InvalidInput(
            "absence_backwards", field="last", first=absence.first.isoformat(), last=last.isoformat()
        )
    absence.last = last
    session.add(absence)
    _write(session, "absence_ended", absence, actor, at)
    return absence


def get(session: Session, absence_id: int) -> AbsenceRow:
    """One entry; `NotFound` otherwise."""
    row = session.get(AbsenceRow, absence_id)
    if row is None:
        raise NotFound("absence", id=str(absence_id))
    return row


def of_person(session: Session, person: str) -> Sequence[AbsenceRow]:
    """Every absence of a person, the earliest first."""
    query = select(AbsenceRow).where(AbsenceRow.person_id == person)
    return session.exec(query.order_by(col(AbsenceRow.first), col(AbsenceRow.id))).all()


def of_office(session: Session, office: str, *, since: date | None = None) -> Sequence[AbsenceRow]:
    """The absences of an office, the latest first; `since` leaves out those that were over by then."""
    query = select(AbsenceRow).where(AbsenceRow.office_id == office)
    if since is not None:
        query = query.where(or_(col(AbsenceRow.last).is_(None), col(AbsenceRow.last) >= since))
    return session.exec(query.order_by(col(AbsenceRow.first).desc(), col(AbsenceRow.id))).all()


def away(session: Session, on: date) -> frozenset[str]:
    """Everybody who is away on a day."""
    query = select(AbsenceRow.person_id).where(
        col(AbsenceRow.first) <= on, or_(col(AbsenceRow.last).is_(None), col(AbsenceRow.last) >= on)
    )
    return frozenset(session.exec(query))


def stood_in_for(session: Session, person: str, on: date) -> Sequence[PersonRow]:
    """Whom a person stands in for today: colleagues who are away or gone and name them as deputy."""
    named = select(PersonRow).where(PersonRow.deputy_id == person, PersonRow.id != person)
    missing = away(session, on)
    found = session.exec(named.order_by(col(PersonRow.name))).all()
    return [row for row in found if row.id in missing or not row.active]


def in_place_of(session: Session, person: str, on: date) -> PersonRow | None:
    """Who acts for a person today: themselves, else their deputy, and so on; None where nobody is there."""
    missing, seen = away(session, on), set[str]()
    wanted: str | None = person
    while wanted is not None and wanted not in seen:
        seen.add(wanted)
        row = session.get(PersonRow, wanted)
        if row is None:
            return None
        if row.active and row.id not in missing:
            return row
        wanted = row.deputy_id
    return None


def holder(session: Session, office_id: str, level: int, on: date) -> PersonRow | None:
    """Who holds a level of an office's chain today; where nobody of the lead's level is there, the head's."""
    office = people.office(session, office_id)
    chain = (office.lead_id, office.head_id) if level <= 1 else (office.head_id,)
    there = (in_place_of(session, named, on) for named in chain if named is not None)
    return next((row for row in there if row is not None), None)


def set_post(session: Session, *, person: str, since: date, share: int, actor: str, at: datetime) -> PostRow:
    """Record the share of a full post that somebody holds from a day on; the same day again corrects it.

    Raises:
        NotFound: there is no such person.
        InvalidInput: `share_out_of_range` for anything but 0 to 100 hundredths.
    """
    row = people.person(session, person)
    if not 0 <= share <= FULL:
        raise InvalidInput("share_out_of_range", field="share", low="0", high=str(FULL))
    query = select(PostRow).where(PostRow.person_id == person, PostRow.since == since)
    post = session.exec(query).one_or_none() or PostRow(
        person_id=person, office_id=row.office_id, since=since, share=share
    )
    post.share = share
    session.add(post)
    session.flush()
    body = {"person": person, "since": since.isoformat(), "share": share}
    ledger.append(
        session,
        house_stream(row.office_id),
        office=row.office_id,
        at=at,
        actor=actor,
        type="post_recorded",
        body=body,
    )
    return post


def _overlap(one: AbsenceRow, first: date, last: date | None) -> bool:
    if one.last is not None and one.last < one.first:
        return False
    return (last is None or one.first <= last) and (one.last is None or first <= one.last)


def _write(session: Session, kind: str, absence: AbsenceRow, actor: str, at: datetime) -> None:
    body = {
        "absence": absence.id,
        "person": absence.person_id,
        "first": absence.first.isoformat(),
        "last": absence.last.isoformat() if absence.last else None,
    }
    ledger.append(
        session,
        house_stream(absence.office_id),
        office=absence.office_id,
        at=at,
        actor=actor,
        type=kind,
        body=body,
    )
