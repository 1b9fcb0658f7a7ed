"""Made-up lives for differential tests: the same seed gives the same life, on any machine. No `random`."""

from datetime import date, timedelta
from typing import Any

from tests.oracle import life_people as people
from tests.oracle.dice import Dice, after
from tests.oracle.life_turns import turned
from tests.oracle.life_values import values
from tests.oracle.office_lives import office_known_by, office_life, office_visits

Life = dict[str, Any]
Row = dict[str, Any]
FIRST_T0 = date(2026, 11, 2)
CHANGES_OF_LAW = (date(2024, 11, 1), date(2025, 11, 20))
"""A few lives begin shortly before the law changed: 7 December 2024, 1 January 2025, 9 February 2026."""
LAST_DAY = 800
TERMS = (24, 24, 24, 36, 48, 9, 12)


def life(seed: str) -> Life:
    """The whole of a life, as if it had been lived to its end; `known_by` cuts it at a day."""
    dice = Dice(seed)
    begun = dice.one_of(CHANGES_OF_LAW) if dice.chance(15) else FIRST_T0
    t0 = begun + timedelta(days=dice.below(60 if begun != FIRST_T0 else 1500))
    term = dice.one_of(TERMS)
    focus = _focus(dice, term)
    facts: Life = {
        "schema_version": 1,
        "journey": dice.new_id("jrn"),
        "office": "off_08111000",
        "ags": "08111000",
        "t0": t0.isoformat(),
        "opened_on": after(t0, dice.below(6)),
        "programme": "standard_24",
        "term_months": term,
        "language": dice.one_of(("de", "en", "uk", "ar")),
        "closed_on": None,
        "closed_reason": None,
        "spoken": [],
        "focus": focus,
        **_staff(dice, t0, focus),
    }
    if dice.chance(7):
        facts["closed_on"] = after(t0, dice.between(60, LAST_DAY))
        facts["closed_reason"] = dice.one_of(("term_ended", "moved_away", "contact_lost"))
    facts["appointments"] = people.appointments(dice, t0, focus, term)
    facts["talks"] = people.talks(dice, t0, facts["appointments"], focus)
    facts["consents"] = people.consents(dice, t0)
    facts["steps"] = _steps(dice, t0, focus)
    facts["commitments"] = people.commitments(dice, t0, focus)
    facts["values"] = values(dice, t0, focus, term)
    facts["pauses"] = people.pauses(dice, t0, focus)
    kinds = ("visit", "call", "message", "helper", "attempt", "attempt")
    facts["contacts"] = [
        {"kind": dice.one_of(kinds), "on": after(t0, day)}
        for day in sorted(dice.between(1, focus + LAST_DAY) for _ in range(dice.between(2, 22)))
    ]
    facts["excuses"] = people.excuses(dice, facts)
    turned(seed, facts, focus)
    return facts


def _focus(dice: Dice, term: int) -> int:
    """The day after T0 on which a life begins to be looked at: early, in the midst, or near its term."""
    early, midst = dice.between(1, 30), dice.between(100, 330)
    late = max(1, term * 30 - dice.between(20, 170))
    return dice.one_of((early, early, early, midst, late))


def _staff(dice: Dice, t0: date, focus: int) -> Life:
    """Who has the journey, and who had it before the last change."""

    def two() -> Life:
        worker = None if dice.chance(15) else dice.new_id("usr")
        return {"case_worker": worker, "substitute": None if dice.chance(30) else dice.new_id("usr")}

    changed = after(t0, dice.one_of((0, focus)) + dice.between(3, 60)) if dice.chance(40) else None
    return {**two(), "assigned_on": changed, "staff_before": two()}


def _steps(dice: Dice, t0: date, focus: int) -> list[Row]:
    rows = []
    if dice.chance(70):
        rows.append({"step": "integration_plan", "on": after(t0, dice.between(40, 150))})
    if dice.chance(12):
        rows.append({"step": "handover", "on": after(t0, focus + dice.between(0, 150))})
    return rows


def known_by(whole: Life, on: date) -> Life:
    """What was recorded by the end of a day: nothing dated later, and nothing settled that was not yet."""

    def past(text: str | None) -> bool:
        return text is not None and date.fromisoformat(text) <= on

    def until_now(rows: list[Row], key: str, *ends: str) -> list[Row]:
        kept = [dict(row) for row in rows if past(row[key])]
        for row in kept:
            row.update({end: None for end in ends if not past(row.get(end))})
        return kept

    facts = {key: value for key, value in whole.items() if key not in ("focus", "staff_before")}
    if whole["assigned_on"] and not past(whole["assigned_on"]):
        facts.update(whole["staff_before"], assigned_on=None)
    facts["closed_on"] = whole["closed_on"] if past(whole["closed_on"]) else None
    facts["closed_reason"] = whole["closed_reason"] if facts["closed_on"] else None
    facts["appointments"] = until_now(whole["appointments"], "offered_on", "settled_on")
    for row in facts["appointments"]:
        if row["settled_on"] is None:
            row.update(status="offered", cancelled_by=None)
    for kind in ("talks", "steps", "consents", "contacts"):
        facts[kind] = until_now(whole[kind], "on")
    facts["values"] = until_now(whole["values"], "recorded_on")
    for row in facts["values"]:
        row["superseded"] = past(row.pop("superseded_on"))
    facts["commitments"] = until_now(whole["commitments"], "agreed_on", "kept_on", "released_on")
    facts["pauses"] = until_now(whole["pauses"], "start", "ended_on")
    facts["excuses"] = until_now(whole["excuses"], "on", "decided_on")
    for row in facts["excuses"]:
        row["accepted"] = row["accepted"] if row["decided_on"] else None
    return facts


def visits(seed: str, whole: Life) -> list[date]:
    """The days on which this life is looked at: often daily around one stretch, with gaps like outages."""
    dice = Dice(f"{seed}/visits")
    day, found = date.fromisoformat(whole["t0"]) + timedelta(days=whole["focus"]), []
    for _ in range(dice.between(10, 24)):
        found.append(day)
        day += timedelta(days=dice.one_of((1, 1, 1, 2, 4, 7, 14, 30, 75)))
    return found


__all__ = [
    "Dice",
    "Life",
    "known_by",
    "life",
    "office_known_by",
    "office_life",
    "office_visits",
    "visits",
]
