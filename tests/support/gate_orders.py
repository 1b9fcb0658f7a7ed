"""Every order of up to five events around the gate, as a tree: each node is a journey, told to both sides.

The product folds its own events; the oracle folds the same events as JSON. Each event has a day of its own. An
event that cannot happen (to resume what is not paused) leaves everything as it was, as the product refuses it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.events import Event
from domain.journey import JourneyState, begin, evolve
from tests.oracle import fold
from tests.oracle.states import indexed

Row = dict[str, Any]
KINDS = (
    "offer",
    "cancel",
    "confirm",
    "promise",
    "keep",
    "excuse",
    "answer",
    "pause",
    "resume",
    "consent",
    "withdraw",
)
FIRST = date(2027, 3, 1)
JOURNEY = "jrn_" + "1" * 32
OWN_LANGUAGE, OWN_WORK = "com_" + "a" * 32, "com_" + "b" * 32
_KNOWN = {
    "course_entitlement": "duty",
    "entitlement_explained": "yes",
    "course_place": "exists",
    "childcare": "covered",
    "exam_date": "2027-02-15",
    "exam_told": "yes",
    "exam_registered": "yes",
    "course_dropped_out": "yes",
}
_OFFERS = (
    {"interpreter": "requested", "invited_in_language": True},
    {"interpreter": "failed", "invited_in_language": True},
    {"interpreter": "confirmed", "invited_in_language": False},
    {"interpreter": "not_needed", "invited_in_language": True},
)
_PROMISES: tuple[Row, ...] = (
    {"goal": "language", "days": 0},
    {"goal": "housing", "days": 60, "twin": OWN_WORK},
    {"goal": "work", "days": 1},
    {"goal": "language", "days": 60},
)
_REASONS_FOR = (
    f"commitment/{OWN_LANGUAGE}",
    "entitlement",
    "appointment/",
    "attendance",
    "exam",
)


@dataclass(frozen=True)
class Setting:
    """Where a tree begins: whether consent is there, and which variant of an offer, promise or reason is first."""

    consent: bool
    turned: int


SETTINGS = (
    Setting(consent=True, turned=0),
    Setting(consent=False, turned=1),
    Setting(consent=True, turned=2),
)


@dataclass(frozen=True)
class Node:
    """One order of events, the day of the last one, and the journey as both sides know it."""

    order: tuple[str, ...]
    day: date
    state: JourneyState
    told: Row

    def subjects(self) -> Iterator[tuple[str, str]]:
        """Each demand with each subject that it could speak about here."""
        yield from (("MIT-01", f"appointment/{a.id}") for a in self.state.facts.appointments)
        yield from (("MIT-08", f"commitment/{own}") for own in (OWN_LANGUAGE, OWN_WORK))
        yield ("MIT-02", "entitlement")
        yield ("MIT-03", "absences/2027_02_01")
        yield ("MIT-06", "drop_out")
        yield ("MIT-07", "exam")
        yield ("MIT-09", "no_shows")
        yield ("MIT-10", "contact")


def orders(setting: Setting, *, length: int, first: str | None = None) -> Iterator[Node]:
    """Every order of up to so many events; only those that begin with `first`, where it is named."""
    roots = KINDS if first is None else (first,)
    start = _start(setting)
    for kind in roots:
        yield from _grown(setting, start, kind, length)


def _grown(setting: Setting, before: Node, kind: str, left: int) -> Iterator[Node]:
    node = _after(setting, before, kind)
    yield node
    for following in KINDS if left > 1 else ():
        yield from _grown(setting, node, following, left - 1)


def _after(setting: Setting, before: Node, kind: str) -> Node:
    """The journey after one more event, on the day after the last."""
    order, day = (*before.order, kind), before.day + timedelta(days=1)
    body = _body(setting, before, kind, day)
    if body is None:
        return Node(order, day, before.state, before.told)
    event = _event(before.state.seq + 1, day, body)
    told = {
        key: [dict(row) for row in rows] if key in _CHANGES else rows for key, rows in before.told.items()
    }
    fold.add(told, event.model_dump(mode="json"))
    return Node(order, day, evolve(before.state, event), told)


_CHANGES = ("consents", "appointments", "excuses", "commitments", "pauses")


def _event(seq: int, day: date, body: Row) -> Event:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    since = {"valid_from": day} if body["type"] in ("consent_taken", "fact_recorded") else {}
    return Event.model_validate({"seq": seq, "recorded_at": at, "body": body, **since})


def _start(setting: Setting) -> Node:
    """A journey in the midst of a course, with two promises of its own that are due."""
    t0 = date(2027, 1, 4)
    opened: Row = {"type": "journey_started", "ags": "08111000", "t0": t0, "opened_on": t0, "term_months": 24}
    opened |= {
        "programme": "p2026_0",
        "language": "uk",
        "case_worker": _id("usr", 1),
        "interpreter": "needed",
    }
    bodies = [_consent("attendance", "given"), *([_consent("casework", "given")] if setting.consent else [])]
    bodies += [
        {"type": "fact_recorded", "code": code, "value": value, "recorded_on": t0}
        for code, value in _KNOWN.items()
    ]
    bodies += [_own(OWN_LANGUAGE, "language"), _own(OWN_WORK, "work")]
    started = _event(1, t0, opened)
    state, told = (
        begin("off_test", JOURNEY, started),
        fold.facts_after(JOURNEY, [started.model_dump(mode="json")]),
    )
    for number, body in enumerate(bodies, 2):
        event = _event(number, t0, body)
        state = evolve(state, event)
        fold.add(told, event.model_dump(mode="json"))
    return Node((), FIRST - timedelta(days=1), state, indexed(told))


def _id(prefix: str, number: int) -> str:
    return f"{prefix}_{number:032x}"


def _consent(purpose: str, outcome: str) -> Row:
    return {"type": "consent_taken", "purpose": purpose, "outcome": outcome}


def _own(commitment: str, goal: str) -> Row:
    row = {"type": "commitment_agreed", "commitment": commitment, "side": "participant", "goal": goal}
    return {**row, "due": "2027-02-19", "on": "2027-02-01"}


def _body(setting: Setting, before: Node, kind: str, day: date) -> Row | None:
    """What an event of this kind says after such a past, or None where it cannot happen."""
    facts, number = before.state.facts, len(before.order)
    if kind in ("consent", "withdraw"):
        return _consent("casework", "withdrawn" if kind == "withdraw" else ("given", "partly")[number % 2])
    if kind == "offer":
        return _offer(setting, len(facts.appointments), day)
    if kind == "promise":
        return _promise(setting, len(facts.commitments) - 2, day)
    if kind == "excuse":
        return _excuse(setting, before, day)
    if kind == "pause":
        running = any(p.ended_on is None for p in facts.pauses)
        pause = _id("pau", len(facts.pauses))
        return None if running else {"type": "paused", "pause": pause, "reason": "illness", "start": day}
    return _answering(before, kind, day)


def _answering(before: Node, kind: str, day: date) -> Row | None:
    """An event that answers an earlier one: the latest open appointment, the oldest open promise or reason."""
    facts, even = before.state.facts, len(before.order) % 2 == 0
    if kind in ("cancel", "confirm"):
        open_ = [a.id for a in facts.appointments if a.status in ("offered", "confirmed")]
        cancelled = {"by": "office" if even else "participant", "on": day} if kind == "cancel" else {}
        name = "appointment_cancelled" if kind == "cancel" else "appointment_confirmed"
        return {"type": name, "appointment": open_[-1], **cancelled} if open_ else None
    if kind == "keep":
        kept = [c.id for c in facts.commitments if c.side == "office" and c.kept_on is None]
        return {"type": "commitment_kept", "commitment": kept[0], "on": day} if kept else None
    if kind == "answer":
        asked = [e.id for e in facts.excuses if e.decided_on is None]
        return {"type": "excuse_decided", "excuse": asked[0], "accepted": even, "on": day} if asked else None
    running = [p.id for p in facts.pauses if p.ended_on is None]
    last = day - timedelta(days=1)
    return {"type": "resumed", "pause": running[0], "ended_on": last} if running else None


def _offer(setting: Setting, number: int, day: date) -> Row:
    row = {
        "type": "appointment_offered",
        "appointment": _id("apt", number),
        "talk": "review",
        "place": "office",
    }
    rest = {"start": f"{day + timedelta(days=14)}T09:00:00Z", "offered_on": day}
    return {**row, **rest, **_OFFERS[(number + setting.turned) % len(_OFFERS)]}


def _promise(setting: Setting, number: int, day: date) -> Row:
    chosen = _PROMISES[(number + setting.turned) % len(_PROMISES)]
    row = {"type": "commitment_agreed", "commitment": _id("com", number), "side": "office", "on": day}
    due = day + timedelta(days=chosen["days"])
    return {**row, "goal": chosen["goal"], "due": due, "twin": chosen.get("twin")}


def _excuse(setting: Setting, before: Node, day: date) -> Row:
    """A reason for one subject after the other; the appointment is the last one offered."""
    facts = before.state.facts
    subject = _REASONS_FOR[(len(facts.excuses) + setting.turned) % len(_REASONS_FOR)]
    if subject.endswith("/"):
        subject += facts.appointments[-1].id if facts.appointments else _id("apt", 0)
    row = {"type": "excuse_given", "excuse": _id("exc", len(facts.excuses)), "subject": subject}
    return {**row, "reason": "illness", "on": day}


__all__ = ["KINDS", "SETTINGS", "Node", "Setting", "orders"]
