"""How a command becomes events, or a refusal: one pure function per command."""

from datetime import datetime
from typing import Any

from domain import commands as c
from domain import events as e
from domain import handlers as _handlers  # noqa: F401 -- registers every handler
from domain.errors import Refusal
from domain.folding import named
from domain.four_eyes import expect_second_person
from domain.handlers.registry import HANDLERS
from domain.journey import JourneyState, evolve, office_day

AFTER_CARE = ("reopen", "record_follow_up", "take_consent", "close")
_SUBJECT_FIELDS = (
    "appointment",
    "commitment",
    "escalation",
    "task",
    "step",
    "hand_over",
    "household",
    "offer",
)
_FIXED = {
    "pause": "pause",
    "resume": "pause",
    "review_pause": "pause",
    "close": "journey",
    "reopen": "journey",
    "assign_case_worker": "journey",
    "pin_book": "journey",
    "extend_term": "journey",
    "merge_into": "journey",
    "absorb_duplicate": "journey",
    "move_programme": "journey",
    "block_address": "journey",
    "unblock_address": "journey",
    "announce_course_start": "fact/course_start_announced",
    "change_status": "fact/residence_status",
}


def handle(state: JourneyState, command: c.Command, now: datetime) -> tuple[e.Event, ...] | Refusal:
    """The events that a command becomes, numbered and signed, or the reason why it is refused."""
    try:
        _expect_current(state, command)
        expect_second_person(state.facts, command, office_day(now))
        return _carry_out(state, command, command.body, now)
    except Refusal as refusal:
        return refusal


def subject_of(body: c.Body) -> str | None:
    """The subject whose revision a form must have seen; None where there is none to see."""
    for field in _SUBJECT_FIELDS:
        value = getattr(body, field, None)
        if isinstance(value, str) and body.kind != "record_talk":
            return f"{field}/{value}"
    if body.kind == "take_consent":
        return f"consent/{body.purpose}"
    if body.kind == "record_fact":
        return named(f"fact/{body.code}", body.about)
    if body.kind in ("excuse", "decide_excuse"):
        return f"excuse/{body.excuse}"
    return _FIXED.get(body.kind)


def _expect_current(state: JourneyState, command: c.Command) -> None:
    subject = subject_of(command.body)
    if command.rev is None or subject is None:
        return
    seen = state.revs.get(subject)
    current = seen.rev if seen else 0
    if command.rev != current:
        by, at = (seen.by, seen.at.isoformat()) if seen else ("", "")
        raise Refusal("stale_rev", subject=subject, seen=str(command.rev), current=str(current), by=by, at=at)


def _carry_out(state: JourneyState, command: c.Command, body: c.Body, now: datetime) -> tuple[e.Event, ...]:
    _expect_open(state, body)
    events: list[e.Event] = []
    for draft, envelope in HANDLERS[body.kind](state, body, now):
        event = _signed(state, command, draft, now, envelope)
        state = evolve(state, event)
        events.append(event)
    for item in body.settles if isinstance(body, c.RecordTalk) else ():
        for event in _carry_out(state, command, item, now):
            state = evolve(state, event)
            events.append(event)
    return tuple(events)


def _expect_open(state: JourneyState, body: c.Body) -> None:
    if state.closed and body.kind not in AFTER_CARE:
        raise Refusal("journey_closed", on=str(state.facts.closed_on))
    if not state.closed and body.kind in ("reopen", "record_follow_up"):
        raise Refusal("journey_not_closed")


def _signed(
    state: JourneyState, command: c.Command, body: e.EventBody, now: datetime, envelope: dict[str, Any]
) -> e.Event:
    return e.Event(
        seq=state.seq + 1,
        recorded_at=now,
        actor=command.actor,
        role=command.role,
        on_behalf=command.on_behalf,
        command=command.command_id,
        approved_by=command.approvals,
        body=body,
        **envelope,
    )
