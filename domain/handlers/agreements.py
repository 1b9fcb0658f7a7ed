"""Commands around promises and the reasons why one could not be kept."""

from datetime import datetime

from domain import commands as c
from domain import events as e
from domain.codes import (
    Side,
)
from domain.errors import Refusal
from domain.facts import CommitmentFact, ExcuseFact
from domain.handlers.registry import Draft, expect_consent, expect_new, find, handles, not_in_future
from domain.journey import JourneyState, office_day


@handles("excuse")
def _excuse(state: JourneyState, body: c.Excuse, now: datetime) -> list[Draft]:
    expect_consent(state, "reason")
    expect_new(state.facts.excuses, "excuse", body.excuse)
    not_in_future("on", body.on, now)
    _expect_known_subject(state, body.subject)
    given = e.ExcuseGiven(excuse=body.excuse, subject=body.subject, reason=body.reason, on=body.on)
    return [(given, {})]


def _expect_known_subject(state: JourneyState, subject: str) -> None:
    kind, _, id_ = subject.partition("/")
    if kind == "appointment":
        find(state.facts.appointments, "subject", id_)
    elif kind == "commitment":
        find(state.facts.commitments, "subject", id_)
    elif subject not in ("entitlement", "contact"):
        raise Refusal("unknown_subject", field="subject", id=subject)


@handles("decide_excuse")
def _decide_excuse(state: JourneyState, body: c.DecideExcuse, now: datetime) -> list[Draft]:
    not_in_future("on", body.on, now)
    excuse: ExcuseFact = find(state.facts.excuses, "excuse", body.excuse)
    if excuse.decided_on is not None:
        raise Refusal("already_settled", field="excuse", state="decided")
    return [(e.ExcuseDecided(excuse=body.excuse, accepted=body.accepted, on=body.on), {})]


@handles("agree_commitment")
def _agree(state: JourneyState, body: c.AgreeCommitment, now: datetime) -> list[Draft]:
    expect_consent(state, "commitment")
    expect_new(state.facts.commitments, "commitment", body.commitment)
    not_in_future("on", body.on, now)
    if body.due < body.on:
        raise Refusal("due_before_agreed", field="due", due=str(body.due), on=str(body.on))
    if body.twin is not None:
        twin: CommitmentFact = find(state.facts.commitments, "twin", body.twin)
        if twin.side == body.side:
            raise Refusal("twin_same_side", field="twin", id=body.twin)
    agreed = e.CommitmentAgreed(
        commitment=body.commitment, side=body.side, goal=body.goal, due=body.due, on=body.on, twin=body.twin
    )
    return [(agreed, {})]


def _open_commitment(state: JourneyState, id_: str) -> CommitmentFact:
    found: CommitmentFact = find(state.facts.commitments, "commitment", id_)
    if found.kept_on is not None or found.released_on is not None:
        raise Refusal("already_settled", field="commitment", state="kept" if found.kept_on else "released")
    return found


@handles("keep_commitment")
def _keep_commitment(state: JourneyState, body: c.KeepCommitment, now: datetime) -> list[Draft]:
    _open_commitment(state, body.commitment)
    not_in_future("on", body.on, now)
    return [(e.CommitmentKept(commitment=body.commitment, on=body.on), {})]


@handles("release_commitment")
def _release(state: JourneyState, body: c.ReleaseCommitment, now: datetime) -> list[Draft]:
    _open_commitment(state, body.commitment)
    not_in_future("on", body.on, now)
    released = e.CommitmentReleased(commitment=body.commitment, reason=body.reason, on=body.on)
    return [(released, {})]


@handles("move_commitment")
def _move_commitment(state: JourneyState, body: c.MoveCommitment, now: datetime) -> list[Draft]:
    found = _open_commitment(state, body.commitment)
    if found.side == Side.OFFICE and not body.agreed_with_participant:
        raise Refusal("agreement_needed", field="agreed_with_participant")
    if body.due < office_day(now):
        raise Refusal("due_in_past", field="due", due=str(body.due))
    return [(e.CommitmentMoved(commitment=body.commitment, due=body.due), {})]
