"""How a command becomes events, or a refusal: one pure function per command."""

from datetime import datetime
from typing import Any

from domain import commands as c
from domain import events as e
from domain import handlers as _handlers  # noqa: F401 -- registers every handler
from domain.errors import Refusal
from domain.folding import named
from domain.handlers.registry import HANDLERS
from domain.journey import JourneyState, evolve

AFTER_CARE = ("reopen", "record_follow_up", "take_consent", "close")


def handle(state: JourneyState, command: c.Command, now: datetime) -> tuple[e.Event, ...] | Refusal:
    """The events that a command becomes, numbered and signed, or the reason why it is refused."""
    try:
        _expect_current(state, command)
        return _carry_out(state, command, command.body, now)
    except Refusal as refusal:
        return refusal


def subject_of(body: c.Body) -> str | None:
    """The subject whose revision a form must have seen; None where there is none to see."""
    for field in ("appointment", "commitment", "escalation", "task", "step"):
        value = getattr(body, field, None)
        if isinstance(value, str) and body.kind != "record_talk":
            return f"{field}/{value}"
    fixed = {
        "pause": "pause",
        "resume": "pause",
        "close": "journey",
        "reopen": "journey",
        "assign_case_worker": "journey",
        "pin_book": "journey",
    }
    if body.kind == "take_consent":
        return f"consent/{body.purpose}"
    if body.kind == "record_fact":
        return named(f"fact/{body.code}", body.about)
    if body.kind in ("excuse", "decide_excuse"):
        return f"excuse/{body.excuse}"
    return fixed.get(body.kind)


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
        body=body,
        **envelope,
    )
