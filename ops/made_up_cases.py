"""Made-up stored cases for measuring: the n-th case is the same on every machine, and nobody's."""

import json
from datetime import date, timedelta
from typing import Any

from ops.simulate.chance import Chance

Row = dict[str, Any]
TODAY = date(2028, 3, 1)
_OLDEST_DAYS = 600
_GOALS = ("language", "work", "housing", "health", "school")
_VALUES = (
    ("interpreter", ("needed", "not_needed")),
    ("course_entitlement", ("duty", "claim", "none")),
    ("entitlement_explained", ("yes",)),
    ("course_place", ("exists", "none")),
    ("course_registered", ("yes", "no")),
    ("childcare", ("open", "covered", "not_needed")),
)


class _Life:
    """One case in the making: its draws and its first day."""

    def __init__(self, number: int) -> None:
        self.chance = Chance(f"whatif/{number}")
        self.t0 = TODAY - timedelta(days=self.chance.between((20, _OLDEST_DAYS)))
        self.age = (TODAY - self.t0).days

    def id(self, prefix: str) -> str:
        return f"{prefix}_{self.chance.below(16**32):032x}"

    def day(self, until: int | None = None) -> date:
        return self.t0 + timedelta(days=self.chance.between((1, until or self.age)))

    def maybe(self, percent: int, day: date) -> str | None:
        later = day + timedelta(days=self.chance.between((0, 20)))
        return later.isoformat() if self.chance.happens(percent) and later <= TODAY else None


def case(number: int) -> str:
    """The n-th case as its JSON stands in the read model."""
    life = _Life(number)
    facts: Row = {
        "schema_version": 1,
        "journey": f"jrn_{number:032x}",
        "office": f"off_bench_{number % 40:03d}",
        "ags": "08111000",
        "t0": life.t0.isoformat(),
        "opened_on": life.t0.isoformat(),
        "programme": "p2026_0",
        "term_months": 24,
        "language": life.chance.one_of(("de", "en", "uk", "ar")),
        "case_worker": life.id("usr"),
        "substitute": life.id("usr"),
        "consents": [{"purpose": "casework", "outcome": "given", "on": life.day(15).isoformat()}],
        "appointments": [_appointment(life) for _ in range(life.chance.between((1, 7)))],
        "talks": [_talk(life, n) for n in range(life.chance.between((0, 3)))],
        "steps": [_step(life)] if life.chance.happens(60) else [],
        "values": [_value(life, n) for n in range(life.chance.between((3, 10)))],
        "contacts": [_contact(life) for _ in range(life.chance.between((2, 14)))],
        "commitments": [_commitment(life) for _ in range(life.chance.between((0, 8)))],
        "pauses": [_pause(life)] if life.chance.happens(15) else [],
    }
    return json.dumps(facts, separators=(",", ":"))


def _appointment(life: _Life) -> Row:
    offered = life.day()
    start = offered + timedelta(days=life.chance.between((5, 20)))
    over = start <= TODAY
    return {
        "id": life.id("apt"),
        "talk": life.chance.one_of(("first_talk", "review", "other")),
        "start": f"{start.isoformat()}T09:00:00Z",
        "offered_on": offered.isoformat(),
        "status": life.chance.one_of(("kept", "kept", "missed", "cancelled")) if over else "offered",
        "settled_on": start.isoformat() if over else None,
    }


def _talk(life: _Life, number: int) -> Row:
    kind = "first_talk" if number == 0 else "review"
    return {"id": life.id("tlk"), "talk": kind, "on": life.day().isoformat()}


def _step(life: _Life) -> Row:
    return {"step": "integration_plan", "on": life.day().isoformat()}


def _value(life: _Life, number: int) -> Row:
    code, values = life.chance.one_of(_VALUES)
    day = life.day().isoformat()
    value = life.chance.one_of(values)
    return {
        "seq": number + 1,
        "code": code,
        "value": value,
        "valid_from": day,
        "recorded_on": day,
        "source": "office",
    }


def _contact(life: _Life) -> Row:
    return {"kind": life.chance.one_of(("visit", "call", "message", "attempt")), "on": life.day().isoformat()}


def _commitment(life: _Life) -> Row:
    agreed = life.day()
    due = agreed + timedelta(days=life.chance.between((7, 60)))
    return {
        "id": life.id("com"),
        "side": life.chance.one_of(("office", "participant")),
        "goal": life.chance.one_of(_GOALS),
        "agreed_on": agreed.isoformat(),
        "due": due.isoformat(),
        "kept_on": life.maybe(70, due),
    }


def _pause(life: _Life) -> Row:
    start = life.day()
    ended = life.maybe(70, start)
    return {"id": life.id("pau"), "reason": "illness", "start": start.isoformat(), "ended_on": ended}
