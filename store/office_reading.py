"""Reads what the rules may know of one office from the tables, as it stands on a day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, func, or_, select

from domain.codes import CloseReason
from domain.ids import OfficeId
from domain.office_facts import AbsenceFact, DataClass, OfficeFacts, PostFact, ReportFact, RetentionFact
from domain.offices import OfficeMemory
from domain.permissions import Role
from store.absences import FULL
from store.office_tables import AbsenceRow, OfficeReportRow, OfficeWatchRow, PostRow
from store.tables import JourneyRow, KeyRow, OfficeRow, PersonRow, TaskRow

BEFORE_PAKT = date(2026, 1, 1)
"""Since when a post counts whose beginning nobody recorded: the first day of the first book."""

REPORT_AHEAD = timedelta(days=100)
DATA: tuple[DataClass, ...] = ("plan", "notes", "access_log", "history")
_RUNNING = ("waiting", "open")
_OPEN = ("waiting", "open", "paused")
_CLOSED = ("closed", "ended")
_WITHDRAWN = (CloseReason.CONSENT_WITHDRAWN, CloseReason.CONSENT_REFUSED)


def read(session: Session, memory: OfficeMemory, on: date) -> OfficeFacts:
    """The facts of an office but for the validity of rules, which only the book knows."""
    office = memory.office
    return OfficeFacts(
        office=office,
        posts=tuple(_posts(session, office, on)),
        absences=tuple(_absences(session, office)),
        retentions=tuple(_retentions(session, office)),
        reports=tuple(_reports(session, office, on)),
        spoken=memory.spoken,
        matters=memory.matters,
        tasks=memory.tasks,
    )


def looks_after_rules(session: Session, office: OfficeId) -> bool:
    """True for the one office that hears of rules: the first with an administrator, else the first of all."""
    with_one = select(PersonRow.office_id).where(
        PersonRow.role == Role.ADMINISTRATOR, col(PersonRow.active).is_(True)
    )
    named = sorted(session.exec(with_one)) or sorted(session.exec(select(OfficeRow.id)))
    return named[:1] == [office]


def _posts(session: Session, office: str, on: date) -> Iterator[PostFact]:
    running = _count(session, office, _RUNNING)
    due = due_items(session, office, on)
    for person in _who_has_a_post(session, office, running):
        held = session.exec(
            select(PostRow).where(PostRow.person_id == person.id).order_by(col(PostRow.since))
        ).all()
        for since, share in [(post.since, post.share) for post in held] or [(BEFORE_PAKT, FULL)]:
            yield PostFact(
                worker=person.id,
                since=since,
                share=share,
                running_cases=running.get(person.id, 0),
                due_items=due.get(person.id, 0),
                substitute=_deputy(session, person),
            )


def _who_has_a_post(session: Session, office: str, running: dict[str, int]) -> Sequence[PersonRow]:
    """The case workers of an office, and whoever else has cases there."""
    query = select(PersonRow).where(PersonRow.office_id == office, col(PersonRow.active).is_(True))
    found = session.exec(query.order_by(col(PersonRow.id))).all()
    return [row for row in found if row.role == Role.CASE_WORKER or row.id in running]


def _deputy(session: Session, person: PersonRow) -> str | None:
    deputy = session.get(PersonRow, person.deputy_id) if person.deputy_id else None
    return deputy.id if deputy is not None and deputy.active and deputy.id != person.id else None


def _count(session: Session, office: str, states: Sequence[str]) -> dict[str, int]:
    query = (
        select(JourneyRow.case_worker_id, func.count())
        .where(JourneyRow.office_id == office, col(JourneyRow.state).in_(states))
        .group_by(col(JourneyRow.case_worker_id))
    )
    return {worker: number for worker, number in session.exec(query) if worker is not None}


def due_items(session: Session, office: str, on: date) -> dict[str, int]:
    """For each case worker, what waits for them: open tasks of their cases, and steps whose day has come."""
    tasks = (
        select(JourneyRow.case_worker_id, func.count())
        .where(
            TaskRow.journey_id == JourneyRow.id,
            JourneyRow.office_id == office,
            col(TaskRow.closed_on).is_(None),
            TaskRow.addressee == "case_worker",
            col(JourneyRow.state).in_(_OPEN),
        )
        .group_by(col(JourneyRow.case_worker_id))
    )
    steps = (
        select(JourneyRow.case_worker_id, func.count())
        .where(
            JourneyRow.office_id == office,
            col(JourneyRow.state).in_(_OPEN),
            col(JourneyRow.next_due) <= on,
        )
        .group_by(col(JourneyRow.case_worker_id))
    )
    found: dict[str, int] = {}
    for worker, number in (*session.exec(tasks), *session.exec(steps)):
        if worker is not None:
            found[worker] = found.get(worker, 0) + number
    return found


def _absences(session: Session, office: str) -> Iterator[AbsenceFact]:
    """Those of the office's people, and of deputies from elsewhere."""
    deputies = select(PersonRow.deputy_id).where(PersonRow.office_id == office)
    named = {one for one in session.exec(deputies) if one is not None}
    query = select(AbsenceRow).where(
        or_(col(AbsenceRow.office_id) == office, col(AbsenceRow.person_id).in_(sorted(named)))
    )
    for row in session.exec(query.order_by(col(AbsenceRow.first), col(AbsenceRow.id))):
        if row.last is None or row.last >= row.first:
            yield AbsenceFact(worker=row.person_id, first=row.first, last=row.last)


def _retentions(session: Session, office: str) -> Iterator[RetentionFact]:
    query = select(JourneyRow).where(
        JourneyRow.office_id == office,
        col(JourneyRow.state).in_(_CLOSED),
        col(JourneyRow.closed_on).is_not(None),
    )
    rows = session.exec(query.order_by(col(JourneyRow.id))).all()
    erased = _erased(session, [row.id for row in rows])
    for row in rows:
        if row.closed_on is None:
            continue
        withdrawn = row.closed_on if row.closed_reason in _WITHDRAWN else None
        for data in DATA:
            yield RetentionFact(
                journey=row.id,
                data=data,
                closed_on=row.closed_on,
                withdrawn_on=withdrawn,
                erased_on=erased.get(row.id),
            )


def _erased(session: Session, journeys: Sequence[str]) -> dict[str, date]:
    """The day on which the key of a journey was destroyed, and with it everything that it sealed."""
    query = select(KeyRow).where(col(KeyRow.owner).in_(journeys), col(KeyRow.destroyed_at).is_not(None))
    return {row.owner: row.destroyed_at.date() for row in session.exec(query) if row.destroyed_at}


def _reports(session: Session, office: str, on: date) -> Iterator[ReportFact]:
    """The yearly figures that are due while the office is looked after: by 31 January for the year before."""
    watch = session.get(OfficeWatchRow, office)
    since = watch.since if watch is not None else on
    for year in range(since.year - 1, (on + REPORT_AHEAD).year):
        due = date(year + 1, 1, 31)
        if due < since or due > on + REPORT_AHEAD:
            continue
        sent = session.get(OfficeReportRow, (office, year))
        yield ReportFact(year=year, due=due, sent_on=sent.sent_on if sent is not None else None)
