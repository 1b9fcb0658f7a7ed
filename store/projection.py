"""What one call of `decide` leaves behind: its answer, the ledger, and every row that pages read.

All of it in the caller's transaction: either the whole call is stored, or nothing of it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from domain.calendar import berlin_day
from domain.calls import DecideAnswer, DecideRequest
from domain.decisions import StepPlan, Upcoming
from domain.errors import InvariantViolation, NotFound, Transient
from domain.events import Event
from domain.facts import CaseFacts
from domain.ids import journey_stream
from domain.model import Wire
from domain.programme import Programme, settled
from store import directory, editions, effects, hand_overs, households, ledger
from store.canonical import digest
from store.database import Store
from store.tables import AnswerRow, JourneyRow, UpcomingRow

_ANSWER = b"answer/%d"
VIEW = b"view"
_BY_BOOK = ("decision_made", "judgement_withheld")


class _View(Wire):
    """The content of the sealed view blob."""

    facts: CaseFacts
    plan: tuple[StepPlan, ...]


def request_digest(request: DecideRequest) -> str:
    """The hash of what is asked, without the run: a retry and a later run ask the same.

    Fields at their defaults are left out, so that a newer worker with more fields asks the same too.
    """
    asked = request.model_dump(mode="json", exclude={"run"}, exclude_defaults=True)
    return digest({"asked": asked, "types": [event.body.type for event in request.new_events]})


def stored_answer(
    session: Session, store: Store, journey: str, call: int, request_sha256: str
) -> DecideAnswer | None:
    """The answer given to this call before, or None; another question under the same key is a defect.

    In a writing session it locks the journey, so that a second attempt of the same call waits for the first.
    """
    _journey(session, journey)
    row = session.get(AnswerRow, (journey, call))
    if row is None:
        return None
    if row.request_sha256 != request_sha256:
        raise InvariantViolation("answer_differs", journey=journey, call=str(call))
    plain = store.keys.open(journey, row.answer, aad_extra=_ANSWER % call, session=session)
    return DecideAnswer.model_validate_json(plain)


def save_decision(
    session: Session,
    store: Store,
    request: DecideRequest,
    answer: DecideAnswer,
    *,
    state_facts: CaseFacts,
    upcoming: Sequence[Upcoming],
) -> None:
    """Store one call: `state_facts` are the facts after all its events, `upcoming` what follows by itself."""
    row = _journey(session, request.journey)
    if request.call <= row.call:
        raise InvariantViolation("call_order", journey=request.journey, call=str(request.call))
    _save_answer(session, store, request, answer)
    events = (*request.new_events, *answer.events)
    _write_ledger(session, request, events, book=answer.book.id)
    effects.apply(session, request, events)
    directory.bring_up(session, request.journey, request.office, state_facts.offers)
    hand_overs.bring_up(session, request.journey, request.office, state_facts.hand_overs)
    households.bring_up(session, request.journey, request.office, state_facts.households)
    _replace_upcoming(session, request, upcoming)
    _update_journey(row, request, answer, facts=state_facts)
    row.seq = events[-1].seq if events else row.seq
    row.view = _sealed_view(session, store, state_facts, answer.plan)
    session.add(row)
    session.flush()


def open_view(
    session: Session, store: Store, row: JourneyRow
) -> tuple[CaseFacts, tuple[StepPlan, ...]] | None:
    """Facts and plan as the last call left them, or None while nothing has been decided yet."""
    if row.view is None:
        return None
    view = _View.model_validate_json(store.keys.open(row.id, row.view, aad_extra=VIEW, session=session))
    return view.facts, view.plan


def mark_ended(session: Session, journey: str, now: datetime) -> None:
    """The workflow of a journey has ended; nothing will happen by itself any more."""
    row = _journey(session, journey)
    row.state, row.updated_at = "ended", now
    row.next_step = row.next_due = row.next_wake = None
    session.add(row)
    session.exec(delete(UpcomingRow).where(col(UpcomingRow.journey_id) == journey))


def state_of(facts: CaseFacts, today: date) -> str:
    """The word for where a journey stands on a day: closed, paused or open."""
    if facts.closed_on is not None:
        return "closed"
    return "paused" if facts.paused(today) else "open"


def next_step(
    plan: Iterable[StepPlan], facts: CaseFacts, programme: Programme | None = None
) -> StepPlan | None:
    """The earliest planned step that is neither done nor needless; of one day the core step comes first.

    What was due before a take-over presses nobody any more.
    """
    over = facts.step_done if programme is None else partial(settled, programme, facts)
    since = facts.taken_over_on or date.min
    left = [entry for entry in plan if entry.due >= since and not over(entry.step)]
    return min(left, key=lambda entry: (entry.due, not entry.core, entry.step), default=None)


def _journey(session: Session, journey: str) -> JourneyRow:
    lock = True if session.info.get("writing") else None
    row = session.get(JourneyRow, journey, with_for_update=lock, populate_existing=True)
    if row is None:
        raise NotFound("journey", id=journey)
    return row


def _save_answer(session: Session, store: Store, request: DecideRequest, answer: DecideAnswer) -> None:
    plain = answer.model_dump_json().encode()
    extra = _ANSWER % request.call
    row = AnswerRow(
        journey_id=request.journey,
        call=request.call,
        office_id=request.office,
        request_sha256=request_digest(request),
        answer=store.keys.seal(request.journey, plain, aad_extra=extra, session=session),
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise Transient("answer_stored_meanwhile", journey=request.journey) from error


def _write_ledger(session: Session, request: DecideRequest, events: Iterable[Event], *, book: str) -> None:
    for event in events:
        ledger.append(
            session,
            journey_stream(request.journey),
            office=request.office,
            at=event.recorded_at,
            actor=event.actor,
            type=event.body.type,
            body=event.model_dump(mode="json"),
            rule=getattr(event.body, "rule", None),
            book=book if event.body.type in _BY_BOOK else None,
            link=request.run,
            seq=event.seq,
        )


def _replace_upcoming(session: Session, request: DecideRequest, upcoming: Sequence[Upcoming]) -> None:
    session.exec(delete(UpcomingRow).where(col(UpcomingRow.journey_id) == request.journey))
    for position, entry in enumerate(upcoming):
        fields = entry.model_dump(mode="python", exclude={"on"})
        fields["addressee"] = str(entry.addressee)
        session.add(
            UpcomingRow(
                journey_id=request.journey,
                position=position,
                office_id=request.office,
                on_day=entry.on,
                **fields,
            )
        )


def _update_journey(
    row: JourneyRow, request: DecideRequest, answer: DecideAnswer, *, facts: CaseFacts
) -> None:
    following = next_step(answer.plan, facts, editions.programme(facts.programme)[0])
    row.state = state_of(facts, berlin_day(request.now))
    row.case_worker_id = facts.case_worker
    row.term_months, row.programme = facts.term_months, facts.programme
    row.opened_on = facts.opened_on
    row.call, row.run_id = request.call, request.run
    row.next_step = following.step if following else None
    row.next_due = following.due if following else None
    row.next_wake = answer.next_wake
    row.closed_on, row.closed_reason = facts.closed_on, facts.closed_reason
    row.level = max((m.level for m in facts.matters if m.closed_on is None), default=0)
    row.updated_at = request.now


def _sealed_view(session: Session, store: Store, facts: CaseFacts, plan: tuple[StepPlan, ...]) -> bytes:
    content = _View(facts=facts, plan=plan).model_dump_json().encode()
    return store.keys.seal(facts.journey, content, aad_extra=VIEW, session=session)
