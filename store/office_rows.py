"""What one call of `office_day` leaves behind: its answer, ledger entries, and the rows that pages read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from domain import events as e
from domain.calls import OfficeDayAnswer, OfficeDayRequest
from domain.codes import Answer
from domain.errors import InvariantViolation, NotFound
from domain.ids import house_stream
from store import ledger
from store.canonical import digest
from store.database import Store
from store.office_tables import OfficeAnswerRow, OfficeMatterRow, OfficeTaskRow, OfficeWatchRow
from store.tables import OfficeRow

_ANSWER = b"office_answer/%d"


def request_digest(request: OfficeDayRequest) -> str:
    """The hash of what is asked, without the run: a retry and a later run ask the same."""
    return digest({"asked": request.model_dump(mode="json", exclude={"run"}, exclude_defaults=True)})


def stored_answer(
    session: Session, store: Store, request: OfficeDayRequest, sha256: str
) -> OfficeDayAnswer | None:
    """The answer given to this call before, or None; another question under the same key is a defect.

    In a writing session it locks the office, so that a second attempt of the same call waits for the first.
    """
    lock = True if session.info.get("writing") else None
    if session.get(OfficeRow, request.office, with_for_update=lock) is None:
        raise NotFound("office", id=request.office)
    row = session.get(OfficeAnswerRow, (request.office, request.call))
    if row is None:
        return None
    if row.request_sha256 != sha256:
        raise InvariantViolation("answer_differs", office=request.office, call=str(request.call))
    owner, extra = house_stream(request.office), _ANSWER % request.call
    return OfficeDayAnswer.model_validate_json(
        store.keys.open(owner, row.answer, aad_extra=extra, session=session)
    )


def save(
    session: Session,
    store: Store,
    request: OfficeDayRequest,
    answer: OfficeDayAnswer,
    *,
    numbers: Mapping[str, int],
) -> None:
    """Store one call; `numbers` says of a collective task how many things it is about."""
    _save_answer(session, store, request, answer)
    events = (*request.new_events, *answer.events)
    decisions = {(x.body.rule, x.body.subject): x.body for x in events if isinstance(x.body, e.DecisionMade)}
    for event in events:
        _write(session, request, event, book=answer.book.id)
        _apply(session, request.office, event.body, decisions=decisions, numbers=numbers)
    _watch(session, request, answer)
    session.flush()


def _save_answer(session: Session, store: Store, request: OfficeDayRequest, answer: OfficeDayAnswer) -> None:
    owner = house_stream(request.office)
    store.keys.ensure(session, owner)
    plain = answer.model_dump_json().encode()
    sealed = store.keys.seal(owner, plain, aad_extra=_ANSWER % request.call, session=session)
    row = OfficeAnswerRow(
        office_id=request.office, call=request.call, request_sha256=request_digest(request), answer=sealed
    )
    session.add(row)
    session.flush()


def _write(session: Session, request: OfficeDayRequest, event: e.Event, *, book: str) -> None:
    ledger.append(
        session,
        house_stream(request.office),
        office=request.office,
        at=event.recorded_at,
        actor=event.actor,
        type=event.body.type,
        body=event.model_dump(mode="json"),
        rule=getattr(event.body, "rule", None),
        book=book if event.body.type in ("decision_made", "judgement_withheld") else None,
        link=request.run,
    )


def _watch(session: Session, request: OfficeDayRequest, answer: OfficeDayAnswer) -> None:
    row = session.get(OfficeWatchRow, request.office)
    if row is None:
        since = answer.looked_on or request.now.date()
        row = OfficeWatchRow(
            office_id=request.office, since=since, next_wake=answer.next_wake, call=request.call
        )
    row.looked_on, row.next_wake, row.call = answer.looked_on, answer.next_wake, request.call
    session.add(row)


def _apply(
    session: Session,
    office: str,
    body: e.EventBody,
    *,
    decisions: Mapping[tuple[str, str], e.DecisionMade],
    numbers: Mapping[str, int],
) -> None:
    match body:
        case e.TaskOpened():
            made = decisions.get((body.rule or "", body.subject))
            _open_task(session, office, body, values=made.values if made else {}, number=numbers)
        case e.TaskClosed():
            _change(session, OfficeTaskRow, body.task, closed_on=body.on, closed_reason=body.reason)
        case e.TaskCompleted():
            _change(session, OfficeTaskRow, body.task, closed_on=body.on, closed_reason="completed")
        case e.EscalationRaised():
            made = decisions.get((body.rule, body.subject))
            _raise(session, office, body, values=made.values if made else {})
        case e.EscalationAnswered():
            closes = body.answer in (Answer.CLOSE, Answer.EXCUSE)
            closed = {"closed_on": body.on, "closed_reason": str(body.answer)} if closes else {}
            _change(session, OfficeMatterRow, body.escalation, silent_until=body.until, **closed)
        case e.EscalationClosed():
            _change(session, OfficeMatterRow, body.escalation, closed_on=body.on, closed_reason=body.reason)
        case _:
            pass


def _open_task(
    session: Session,
    office: str,
    body: e.TaskOpened,
    *,
    values: Mapping[str, int],
    number: Mapping[str, int],
) -> None:
    row = session.get(OfficeTaskRow, body.task) or OfficeTaskRow(
        id=body.task,
        office_id=office,
        what=body.what,
        subject=body.subject,
        rule=body.rule,
        addressee=str(body.addressee),
        opened_on=body.on,
        answer_by=body.answer_by,
    )
    row.opened_on, row.answer_by, row.closed_on, row.closed_reason = body.on, body.answer_by, None, None
    row.number, row.decision_values, row.rev = number.get(body.what, 0), dict(values), 1
    session.add(row)


def _raise(session: Session, office: str, body: e.EscalationRaised, *, values: Mapping[str, int]) -> None:
    row = session.get(OfficeMatterRow, body.escalation) or OfficeMatterRow(
        id=body.escalation,
        office_id=office,
        rule=body.rule,
        subject=body.subject,
        episode=body.episode,
        level=body.level,
        raised_on=body.on,
        answer_by=body.answer_by,
        because=body.because,
    )
    row.rev = row.rev + 1 if row.closed_on is None else 1
    row.level, row.raised_on, row.answer_by, row.because = body.level, body.on, body.answer_by, body.because
    row.silent_until = row.closed_on = row.closed_reason = None
    row.decision_values = dict(values) or row.decision_values
    session.add(row)


def _change(session: Session, table: Any, row_id: str, **changes: object) -> None:
    row = session.get(table, row_id)
    if row is None:
        raise InvariantViolation("row_missing", table=table.__tablename__, id=row_id)
    for name, value in changes.items():
        setattr(row, name, value)
    row.rev += 1
    session.add(row)


def open_tasks(session: Session, offices: Sequence[str]) -> Sequence[OfficeTaskRow]:
    """The open tasks of some offices themselves, the earliest answer first."""
    query = select(OfficeTaskRow).where(
        col(OfficeTaskRow.office_id).in_(offices), col(OfficeTaskRow.closed_on).is_(None)
    )
    return session.exec(query.order_by(col(OfficeTaskRow.answer_by), col(OfficeTaskRow.id))).all()


def open_matters(
    session: Session, offices: Sequence[str], *, awake_on: date | None = None
) -> Sequence[OfficeMatterRow]:
    """The open matters of some offices themselves; `awake_on` leaves out what is silent then."""
    query = select(OfficeMatterRow).where(
        col(OfficeMatterRow.office_id).in_(offices), col(OfficeMatterRow.closed_on).is_(None)
    )
    found = session.exec(query.order_by(col(OfficeMatterRow.answer_by), col(OfficeMatterRow.id))).all()
    return [row for row in found if awake_on is None or (row.silent_until or date.min) < awake_on]


def task(session: Session, task_id: str) -> OfficeTaskRow:
    """One task of an office; `NotFound` otherwise."""
    row = session.get(OfficeTaskRow, task_id)
    if row is None:
        raise NotFound("task", id=task_id)
    return row


def matter(session: Session, matter_id: str) -> OfficeMatterRow:
    """One matter of an office; `NotFound` otherwise."""
    row = session.get(OfficeMatterRow, matter_id)
    if row is None:
        raise NotFound("escalation", id=matter_id)
    return row
