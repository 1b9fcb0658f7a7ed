"""Hand-overs between offices: what was asked, what became of it, and the journey that goes on elsewhere.

The answer goes to the old journey first: it alone knows whether consent still stands. Who takes it on is written
down before that, and the continuing journey has an id derived from the hand-over. So it can be registered at any
time after the old journey has said yes, by whoever comes first, and exists once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from domain.errors import NotFound, Refusal
from domain.facts import HandOverFact
from domain.ids import derived_id
from domain.permissions import Actor
from store import editions, people
from store.tables import JourneyRow
from store.tables_turns import HandOverRow

RUNNING = ("waiting", "open", "paused")
ANSWER_DAYS = 10


@dataclass(frozen=True)
class Taking:
    """Who accepts a journey for an office, and who will lead it there."""

    actor: Actor
    case_worker: str
    substitute: str | None = None


def bring_up(session: Session, journey: str, office: str, hand_overs: Sequence[HandOverFact]) -> None:
    """Let the questions of a journey be those of its facts; what the asked office has noted stays."""
    for fact in hand_overs:
        row = session.get(HandOverRow, fact.id) or HandOverRow(
            id=fact.id,
            journey_id=journey,
            office_id=office,
            to_office=fact.to_office,
            to_ags=fact.to_ags,
            offered_on=fact.offered_on,
        )
        row.state, row.settled_on, row.continued_as = fact.state, fact.settled_on, fact.continued_as
        row.reason = str(fact.reason) if fact.reason else None
        session.add(row)
    session.flush()


def asked_of(session: Session, offices: Collection[str]) -> Sequence[HandOverRow]:
    """What these offices were asked, open questions first; an open one of a journey that has ended is none."""
    return _listed(session, col(HandOverRow.to_office).in_(offices))


def asked_by(session: Session, offices: Collection[str]) -> Sequence[HandOverRow]:
    """What these offices have asked of others, open questions first."""
    return _listed(session, col(HandOverRow.office_id).in_(offices))


def _listed(session: Session, whose: object) -> Sequence[HandOverRow]:
    query = select(HandOverRow, JourneyRow).where(whose, HandOverRow.journey_id == JourneyRow.id)  # type: ignore[arg-type]
    order = (col(HandOverRow.state) != "open", col(HandOverRow.offered_on).desc(), col(HandOverRow.id))
    found = session.exec(query.order_by(*order)).all()
    return [row for row, journey in found if row.state != "open" or journey.state in RUNNING]


def of_journey(session: Session, journey: str) -> Sequence[HandOverRow]:
    """The hand-overs that were asked for a journey, the latest first."""
    query = select(HandOverRow).where(HandOverRow.journey_id == journey)
    return session.exec(query.order_by(col(HandOverRow.offered_on).desc(), col(HandOverRow.id))).all()


def get(session: Session, hand_over: str, offices: Collection[str]) -> HandOverRow:
    """The question, if one of these offices was asked; `NotFound` otherwise, as if there were none."""
    lock = True if session.info.get("writing") else None
    row = session.get(HandOverRow, hand_over, with_for_update=lock, populate_existing=True)
    if row is None or row.to_office not in offices:
        raise NotFound("hand_over")
    return row


def answer_by(row: HandOverRow) -> date:
    """The last day on which an answer counts: ten working days after the question (domain.md section 6)."""
    return editions.calendar()[0].add_working_days(row.offered_on, ANSWER_DAYS)


def continuing_id(hand_over: str) -> str:
    """The id of the journey that goes on in the asked office: the same for ever."""
    return derived_id("journey", "hand_over", hand_over)


def prepare(session: Session, hand_over: str, taking: Taking) -> HandOverRow:
    """Note who takes a journey on, before the journey itself is asked.

    Raises:
        NotFound: this office was not asked.
        Refusal: the question is settled already.
        InvalidInput: case worker or substitute do no casework in the asked office.
    """
    row = get(session, hand_over, {taking.actor.office} | taking.actor.chain)
    if row.state != "open" and not (row.state == "accepted" and row.registered_on is None):
        raise Refusal("hand_over_settled", answered=row.state)
    people.expect_case_worker(session, row.to_office, taking.case_worker)
    people.expect_stand_in(
        session, row.to_office, case_worker=taking.case_worker, substitute=taking.substitute
    )
    row.taken_by, row.taken_role = taking.actor.id, str(taking.actor.role)
    row.case_worker_id, row.substitute_id = taking.case_worker, taking.substitute
    session.add(row)
    session.flush()
    return row


def unfinished(session: Session) -> Sequence[str]:
    """The accepted questions whose continuing journey is not registered yet."""
    query = select(HandOverRow.id).where(
        HandOverRow.state == "accepted",
        col(HandOverRow.registered_on).is_(None),
        col(HandOverRow.taken_by).is_not(None),
    )
    return session.exec(query.order_by(col(HandOverRow.id))).all()
