"""Approvals and hand-overs for programs: the same actions, permissions and sentences as the pages."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool

from domain.codes import HandOverReason
from domain.commands import Receipt
from domain.errors import InvalidInput
from domain.ids import Id
from domain.model import Handed, Wire
from domain.permissions import Permission
from gateway import hand_overs as answering
from gateway.approvals import approve
from store import approvals, hand_overs
from store.tables_turns import ApprovalRow, HandOverRow
from web.access import Requires, Visit

router = APIRouter(prefix="/api/v1")
Deciding = Annotated[Visit, Depends(Requires(Permission.OFFICE_APPROVAL_DECIDE))]
Answering = Annotated[Visit, Depends(Requires(Permission.OFFICE_HAND_OVER_ANSWER))]


class Waiting(Wire):
    """A request: what for, by whom, and how it stands; `mine` says that this person asked for it."""

    id: str
    journey: str
    office: str
    kind: str
    state: str
    requested_by: str
    requested_at: datetime
    decided_by: str | None = None
    mine: bool = False


class Decision(Handed):
    """Agree, or say no with a reason."""

    agree: bool
    reason: str = ""


class HandOver(Wire):
    """A question between two offices: ids and days, nobody's name."""

    id: str
    journey: str
    office: str
    to_office: str
    to_ags: str
    state: str
    offered_on: date
    answer_by: date
    reason: str | None = None
    continued_as: str | None = None


class Answer(Handed):
    """Take a journey on under a case worker of the office, or return it with a reason."""

    accept: bool
    case_worker: Id | None = None
    substitute: Id | None = None
    reason: HandOverReason = HandOverReason.OTHER


@router.get("/approvals")
def list_approvals(visit: Deciding) -> list[Waiting]:
    """What waits for this person, and this person's own requests."""
    with visit.services.store.read() as session:
        rows = [*approvals.waiting_for(session, visit.actor.id)]
        own = approvals.of_requester(session, visit.actor.id)
        return [_waiting(row, visit) for row in (*rows, *own)]


@router.post("/approvals/{approval}/decision")
async def decide(visit: Deciding, approval: str, asked: Decision) -> Waiting:
    """Carry the request out, or reject it; where the journey says no, the request stays."""
    store = visit.services.store
    if asked.agree:
        await approve(store, visit.services.gateway, visit.actor, approval)
    else:
        await run_in_threadpool(_reject, visit, approval, asked.reason)
    return await run_in_threadpool(_read, visit, approval)


def _reject(visit: Visit, approval: str, why: str) -> None:
    store = visit.services.store
    with store.write() as session:
        approvals.reject(session, store, visit.actor, approval, why=why)


def _read(visit: Visit, approval: str) -> Waiting:
    with visit.services.store.read() as session:
        return _waiting(approvals.get(session, approval), visit)


def _waiting(row: ApprovalRow, visit: Visit) -> Waiting:
    return Waiting(
        id=row.id,
        journey=row.journey_id,
        office=row.office_id,
        kind=row.kind,
        state=row.state,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        decided_by=row.decided_by,
        mine=row.requested_by == visit.actor.id,
    )


@router.get("/hand-overs")
def list_hand_overs(visit: Answering) -> list[HandOver]:
    """What is asked of the offices of this person, and by them."""
    with visit.services.store.read() as session:
        asked = (*hand_overs.asked_of(session, visit.offices), *hand_overs.asked_by(session, visit.offices))
        return [_hand_over(row, visit) for row in {row.id: row for row in asked}.values()]


@router.post("/hand-overs/{hand_over}/answer")
async def answer(visit: Answering, hand_over: str, asked: Answer) -> HandOver | Receipt:
    """Take the journey on, or return it."""
    services = visit.services
    if not asked.accept:
        return await answering.give_back(
            services.store, services.gateway, visit.actor, hand_over, reason=asked.reason
        )
    if asked.case_worker is None:
        raise InvalidInput("required", field="case_worker")
    taking = hand_overs.Taking(visit.actor, asked.case_worker, asked.substitute)
    await answering.accept(services.store, services.gateway, hand_over, taking)
    return await run_in_threadpool(_read_hand_over, visit, hand_over)


def _read_hand_over(visit: Visit, hand_over: str) -> HandOver:
    with visit.services.store.read() as session:
        return _hand_over(hand_overs.get(session, hand_over, visit.offices), visit)


def _hand_over(row: HandOverRow, visit: Visit) -> HandOver:
    return HandOver(
        id=row.id,
        journey=row.journey_id,
        office=row.office_id,
        to_office=row.to_office,
        to_ags=row.to_ags,
        state=row.state,
        offered_on=row.offered_on,
        answer_by=hand_overs.answer_by(row),
        reason=row.reason,
        # The old office closes its case; what it is called behind the other wall is no business of it.
        continued_as=row.continued_as if row.to_office in visit.offices else None,
    )
