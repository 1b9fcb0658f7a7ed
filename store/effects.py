"""How events become rows of tasks, escalations and notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from domain import events as e
from domain.calls import DecideRequest
from domain.codes import WAITING_NOTICE, Answer
from domain.errors import InvariantViolation
from domain.turned import AddressBlocked
from store import notices
from store.tables import EscalationRow, NoticeRow, TaskRow


def apply(session: Session, request: DecideRequest, events: Sequence[e.Event]) -> None:
    """Bring tasks, escalations and notices up to these events, in their order."""
    for event in events:
        _apply_one(session, request, event.body, decisions=_decisions(events, event))
    session.flush()


def _decisions(events: Sequence[e.Event], until: e.Event) -> dict[tuple[str, str], e.DecisionMade]:
    made = (x.body for x in events if isinstance(x.body, e.DecisionMade) and x.seq <= until.seq)
    return {(body.rule, body.subject): body for body in made}


def _apply_one(
    session: Session,
    request: DecideRequest,
    body: e.EventBody,
    *,
    decisions: dict[tuple[str, str], e.DecisionMade],
) -> None:
    match body:
        case e.TaskOpened():
            _open_task(session, request, body)
        case e.TaskClosed():
            _close(session, TaskRow, body.task, on=body.on, reason=body.reason)
        case e.TaskCompleted():
            _close(session, TaskRow, body.task, on=body.on, reason="completed")
        case e.EscalationRaised():
            _raise(session, request, body, decision=decisions.get((body.rule, body.subject)))
        case e.EscalationAnswered():
            _answer(session, body)
        case e.EscalationClosed():
            _close(session, EscalationRow, body.escalation, on=body.on, reason=body.reason)
        case e.NoticePlanned():
            _plan_notice(session, request, body)
        case e.NoticeLapsed():
            _lapse(session, body, request.now)
        case e.JourneyClosed() | AddressBlocked():
            _nothing_to_print(session, request, body)
        case _:
            pass


def _open_task(session: Session, request: DecideRequest, body: e.TaskOpened) -> None:
    row = session.get(TaskRow, body.task) or TaskRow(
        id=body.task,
        journey_id=request.journey,
        office_id=request.office,
        what=body.what,
        subject=body.subject,
        rule=body.rule,
        addressee=str(body.addressee),
        opened_on=body.on,
        answer_by=body.answer_by,
    )
    row.answer_by, row.closed_on, row.closed_reason = body.answer_by, None, None
    session.add(row)
    session.flush()


def _raise(
    session: Session, request: DecideRequest, body: e.EscalationRaised, *, decision: e.DecisionMade | None
) -> None:
    row = session.get(EscalationRow, body.escalation) or EscalationRow(
        id=body.escalation,
        journey_id=request.journey,
        office_id=request.office,
        rule=body.rule,
        subject=body.subject,
        episode=body.episode,
        level=body.level,
        raised_on=body.on,
        answer_by=body.answer_by,
        because=body.because,
    )
    row.level, row.answer_by, row.because = body.level, body.answer_by, body.because
    row.silent_until = row.closed_on = row.closed_reason = None
    if decision is not None:
        row.basis, row.decision_values = list(decision.basis), dict(decision.values)
    session.add(row)
    session.flush()


def _answer(session: Session, body: e.EscalationAnswered) -> None:
    row = _existing(session, EscalationRow, body.escalation)
    row.silent_until = body.until
    if body.answer in (Answer.CLOSE, Answer.EXCUSE):
        row.closed_on, row.closed_reason = body.on, str(body.answer)
    session.add(row)


def _plan_notice(session: Session, request: DecideRequest, body: e.NoticePlanned) -> None:
    row = session.get(NoticeRow, body.notice)
    if row is not None and row.state not in (*WAITING_NOTICE, "lapsed"):
        return
    fields = body.model_dump(exclude={"type", "notice", "on", "channel"})
    row = row or NoticeRow(
        id=body.notice,
        journey_id=request.journey,
        office_id=request.office,
        channel=str(body.channel),
        planned_on=body.on,
        message_id=notices.message_id(body.notice),
        foreseen_at=request.now,
        **fields,
    )
    row.send_at, row.state, row.reason, row.settled_at = body.send_at, "planned", None, None
    session.add(row)
    session.flush()


def _lapse(session: Session, body: e.NoticeLapsed, now: datetime) -> None:
    row = _existing(session, NoticeRow, body.notice)
    # What was handed over already has left the house; its own settlement tells what became of it.
    if row.state in WAITING_NOTICE:
        row.state, row.reason, row.settled_at = "lapsed", body.reason, now
        session.add(row)


def _nothing_to_print(
    session: Session, request: DecideRequest, body: e.JourneyClosed | AddressBlocked
) -> None:
    """A letter that still lies with the printer has not left the house, and does not leave it any more."""
    reason = "closed" if isinstance(body, e.JourneyClosed) else "address_blocked"
    waiting = select(NoticeRow).where(NoticeRow.journey_id == request.journey, NoticeRow.state == "to_print")
    for row in session.exec(waiting).all():
        row.state, row.reason, row.settled_at = "lapsed", reason, request.now
        session.add(row)


def _close(session: Session, table: Any, row_id: str, *, on: object, reason: str) -> None:
    row = _existing(session, table, row_id)
    if row.closed_on is None:
        row.closed_on, row.closed_reason = on, reason
        session.add(row)


def _existing(session: Session, table: Any, row_id: str) -> Any:
    row = session.get(table, row_id)
    if row is None:
        raise InvariantViolation("row_missing", table=table.__tablename__, id=row_id)
    return row
