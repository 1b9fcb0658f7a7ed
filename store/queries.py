"""What pages ask: lists, one journey as a whole, inboxes and timelines, each in a few queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from domain.decisions import StepPlan, Upcoming
from domain.errors import NotFound
from domain.events import Event
from domain.facts import CaseFacts
from domain.ids import desk_stream, journey_stream
from domain.journey import begin
from store import ledger
from store.database import Store
from store.participants import START, names_of, search
from store.projection import open_view
from store.tables import (
    EscalationRow,
    JourneyRow,
    NoticeRow,
    OutboxRow,
    PersonRow,
    TaskRow,
    UpcomingRow,
)

OPEN_STATES = ("waiting", "open", "paused")


@dataclass(frozen=True)
class JourneyLine:
    """One line of the list; `name` is None once the person is erased."""

    row: JourneyRow
    name: str | None = field(repr=False)
    case_worker: str | None = None


@dataclass(frozen=True)
class TaskLine:
    """A task with the name it belongs to."""

    row: TaskRow
    name: str | None = field(repr=False)
    case_worker_id: str | None = None


@dataclass(frozen=True)
class MatterLine:
    """An escalation with the name it belongs to."""

    row: EscalationRow
    name: str | None = field(repr=False)
    case_worker_id: str | None = None


@dataclass(frozen=True)
class View:
    """One journey as a page shows it; a waiting one has its first facts, and no plan yet."""

    facts: CaseFacts
    plan: tuple[StepPlan, ...]
    upcoming: tuple[Upcoming, ...]
    seq: int
    run: str | None
    state: str
    office: str


def journey(session: Session, journey_id: str) -> JourneyRow:
    """The row of a journey; `NotFound` otherwise."""
    row = session.get(JourneyRow, journey_id)
    if row is None:
        raise NotFound("journey", id=journey_id)
    return row


def journey_list(
    session: Session,
    store: Store,
    *,
    offices: Collection[str] | None = None,
    case_worker: str | Collection[str] | None = None,
    states: Collection[str] | None = None,
    text: str = "",
    limit: int = 200,
    offset: int = 0,
) -> list[JourneyLine]:
    """Journeys with names, the most pressing first: highest level, then the earliest due date."""
    query = select(JourneyRow)
    if offices is not None:
        query = query.where(col(JourneyRow.office_id).in_(offices))
    if case_worker is not None:
        query = query.where(col(JourneyRow.case_worker_id).in_(_each(case_worker)))
    if states is not None:
        query = query.where(col(JourneyRow.state).in_(states))
    if text.strip():
        query = query.where(col(JourneyRow.id).in_(search(session, store, text, offices=offices)))
    query = query.order_by(
        col(JourneyRow.level).desc(),
        col(JourneyRow.next_due).is_(None),
        col(JourneyRow.next_due),
        col(JourneyRow.id),
    )
    rows = session.exec(query.limit(limit).offset(offset)).all()
    names, workers = names_of(session, store, [row.id for row in rows]), _workers(session, rows)
    return [JourneyLine(row, names.get(row.id), workers.get(row.case_worker_id or "")) for row in rows]


def journey_view(store: Store, journey_id: str, *, session: Session | None = None) -> View:
    """Everything that the page of one journey shows, without the identity."""
    if session is None:
        with store.read() as own:
            return journey_view(store, journey_id, session=own)
    row = journey(session, journey_id)
    opened = open_view(session, store, row)
    facts, plan = opened if opened is not None else (_first_facts(session, row), ())
    return View(
        facts=facts,
        plan=plan,
        upcoming=upcoming_of(session, journey_id),
        seq=row.seq,
        run=row.run_id,
        state=row.state,
        office=row.office_id,
    )


def upcoming_of(session: Session, journey_id: str) -> tuple[Upcoming, ...]:
    """What happens to a journey by itself, in order."""
    found = select(UpcomingRow).where(UpcomingRow.journey_id == journey_id)
    return tuple(_upcoming(row) for row in session.exec(found.order_by(col(UpcomingRow.position))))


def upcoming_between(
    session: Session, *, offices: Collection[str], first: date, last: date
) -> Sequence[UpcomingRow]:
    """What comes up in some offices from one day to another, both included."""
    found = select(UpcomingRow).where(
        col(UpcomingRow.office_id).in_(offices),
        col(UpcomingRow.on_day) >= first,
        col(UpcomingRow.on_day) <= last,
    )
    order = (col(UpcomingRow.on_day), col(UpcomingRow.journey_id), col(UpcomingRow.position))
    return session.exec(found.order_by(*order)).all()


def open_tasks(
    session: Session,
    store: Store,
    *,
    offices: Collection[str] | None = None,
    case_worker: str | Collection[str] | None = None,
    journey_id: str | None = None,
    addressees: Collection[str] | None = None,
) -> list[TaskLine]:
    """Open tasks with names, the earliest answer first."""
    query = select(TaskRow, JourneyRow).where(
        TaskRow.journey_id == JourneyRow.id, col(TaskRow.closed_on).is_(None)
    )
    if offices is not None:
        query = query.where(col(TaskRow.office_id).in_(offices))
    if case_worker is not None:
        query = query.where(col(JourneyRow.case_worker_id).in_(_each(case_worker)))
    if journey_id is not None:
        query = query.where(TaskRow.journey_id == journey_id)
    if addressees is not None:
        query = query.where(col(TaskRow.addressee).in_(addressees))
    found = session.exec(query.order_by(col(TaskRow.answer_by), col(TaskRow.id))).all()
    names = names_of(session, store, {task.journey_id for task, _ in found})
    return [TaskLine(task, names.get(task.journey_id), row.case_worker_id) for task, row in found]


def escalation_inbox(
    session: Session,
    store: Store,
    *,
    offices: Collection[str] | None = None,
    levels: Collection[int] | None = None,
    journey_id: str | None = None,
    awake_on: date | None = None,
) -> list[MatterLine]:
    """Open matters with names, the earliest answer first; `awake_on` leaves out what is silent then."""
    query = select(EscalationRow, JourneyRow).where(
        EscalationRow.journey_id == JourneyRow.id, col(EscalationRow.closed_on).is_(None)
    )
    if offices is not None:
        query = query.where(col(EscalationRow.office_id).in_(offices))
    if levels is not None:
        query = query.where(col(EscalationRow.level).in_(levels))
    if journey_id is not None:
        query = query.where(EscalationRow.journey_id == journey_id)
    found = session.exec(query.order_by(col(EscalationRow.answer_by), col(EscalationRow.id))).all()
    awake = [pair for pair in found if awake_on is None or (pair[0].silent_until or date.min) < awake_on]
    names = names_of(session, store, {matter.journey_id for matter, _ in awake})
    return [MatterLine(matter, names.get(matter.journey_id), row.case_worker_id) for matter, row in awake]


def escalation(session: Session, escalation_id: str) -> EscalationRow:
    """One escalation; `NotFound` otherwise."""
    row = session.get(EscalationRow, escalation_id)
    if row is None:
        raise NotFound("escalation", id=escalation_id)
    return row


def escalations_of(session: Session, journey_id: str) -> Sequence[EscalationRow]:
    """All escalations of a journey, closed ones included, oldest first."""
    found = select(EscalationRow).where(EscalationRow.journey_id == journey_id)
    return session.exec(found.order_by(col(EscalationRow.raised_on), col(EscalationRow.id))).all()


def notices_of(session: Session, journey_id: str) -> Sequence[NoticeRow]:
    """All notices of a journey, in the order in which they leave."""
    found = select(NoticeRow).where(NoticeRow.journey_id == journey_id)
    return session.exec(found.order_by(col(NoticeRow.send_at), col(NoticeRow.id))).all()


def timeline(store: Store, journey_id: str, *, session: Session | None = None) -> list[ledger.Entry]:
    """The entries of the journey's and the desk's stream as one story, oldest first."""
    if session is None:
        with store.read() as own:
            return timeline(store, journey_id, session=own)
    entries = [
        entry
        for stream in (journey_stream(journey_id), desk_stream(journey_id))
        for entry in ledger.read(session, stream)
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.recorded_at, entry.stream, entry.seq))


def _each(named: str | Collection[str]) -> list[str]:
    return [named] if isinstance(named, str) else sorted(named)


def _first_facts(session: Session, row: JourneyRow) -> CaseFacts:
    order = session.exec(
        select(OutboxRow).where(OutboxRow.journey_id == row.id, OutboxRow.kind == START)
    ).first()
    if order is None:
        raise NotFound("journey_facts", id=row.id)
    return begin(row.office_id, row.id, Event.model_validate(order.body["started"])).facts


def _workers(session: Session, rows: Sequence[JourneyRow]) -> dict[str, str]:
    wanted = {row.case_worker_id for row in rows if row.case_worker_id}
    found = session.exec(select(PersonRow).where(col(PersonRow.id).in_(wanted)))
    return {person.id: person.name for person in found}


def _upcoming(row: UpcomingRow) -> Upcoming:
    fields = row.model_dump(exclude={"journey_id", "position", "office_id", "on_day"})
    return Upcoming.model_validate({"on": row.on_day, **fields})
