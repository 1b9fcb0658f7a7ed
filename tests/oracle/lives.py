"""Made-up lives for differential tests: the same seed gives the same life, on any machine. No `random`."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from tests.oracle import days

Life = dict[str, Any]
Row = dict[str, Any]
T = TypeVar("T")
FIRST_T0 = date(2026, 11, 2)
LAST_DAY = 800
GOALS = ("language", "school", "work", "housing")


class Dice:
    """Repeatable choices drawn from a hash of seed and position."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.position = 0

    def below(self, limit: int) -> int:
        """A number from 0 to limit - 1."""
        self.position += 1
        digest = hashlib.sha256(f"{self.seed}/{self.position}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, low: int, high: int) -> int:
        """A number from low to high, both included."""
        return low + self.below(high - low + 1)

    def one_of(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.below(100) < percent

    def new_id(self, prefix: str) -> str:
        """An opaque id."""
        self.position += 1
        return f"{prefix}_{hashlib.sha256(f'{self.seed}#{self.position}'.encode()).hexdigest()[:32]}"


def life(seed: str) -> Life:
    """The whole of a life, as if it had been lived to its end; `known_by` cuts it at a day."""
    dice = Dice(seed)
    t0 = FIRST_T0 + timedelta(days=dice.below(1500))
    facts: Life = {
        "schema_version": 1,
        "journey": dice.new_id("jrn"),
        "office": "off_08111000",
        "ags": "08111000",
        "t0": t0.isoformat(),
        "opened_on": (t0 + timedelta(days=dice.below(6))).isoformat(),
        "programme": "standard_24",
        "term_months": 24,
        "language": dice.one_of(("de", "en", "uk", "ar")),
        "case_worker": dice.new_id("usr"),
        "closed_on": None,
        "closed_reason": None,
        "spoken": [],
    }
    if dice.chance(7):
        facts["closed_on"] = _after(t0, dice.between(60, LAST_DAY))
        facts["closed_reason"] = dice.one_of(("term_ended", "moved_away", "contact_lost"))
    facts["appointments"] = _appointments(dice, t0)
    facts["talks"] = _talks(dice, t0, facts["appointments"])
    facts["consents"] = _consents(dice, t0)
    facts["steps"] = (
        [{"step": "integration_plan", "on": _after(t0, dice.between(40, 150))}] if dice.chance(70) else []
    )
    facts["commitments"] = _commitments(dice, t0)
    facts["values"] = _values(dice, t0)
    facts["pauses"] = _pauses(dice, t0)
    facts["contacts"] = [
        {
            "kind": dice.one_of(("visit", "call", "message", "helper", "attempt", "attempt")),
            "on": _after(t0, day),
        }
        for day in sorted(dice.between(1, LAST_DAY) for _ in range(dice.between(2, 22)))
    ]
    facts["excuses"] = _excuses(dice, facts)
    return facts


def known_by(whole: Life, on: date) -> Life:
    """What was recorded by the end of a day: nothing dated later, and nothing settled that was not yet."""

    def past(text: str | None) -> bool:
        return text is not None and date.fromisoformat(text) <= on

    def until_now(rows: list[Row], key: str, *ends: str) -> list[Row]:
        kept = [dict(row) for row in rows if past(row[key])]
        for row in kept:
            row.update({end: None for end in ends if not past(row.get(end))})
        return kept

    facts = dict(whole)
    facts["closed_on"] = whole["closed_on"] if past(whole["closed_on"]) else None
    facts["closed_reason"] = whole["closed_reason"] if facts["closed_on"] else None
    facts["appointments"] = until_now(whole["appointments"], "offered_on", "settled_on")
    for row in facts["appointments"]:
        if row["settled_on"] is None:
            row.update(status="offered", cancelled_by=None)
    for kind in ("talks", "steps", "consents", "contacts"):
        facts[kind] = until_now(whole[kind], "on")
    facts["values"] = until_now(whole["values"], "recorded_on")
    facts["commitments"] = until_now(whole["commitments"], "agreed_on", "kept_on", "released_on")
    facts["pauses"] = until_now(whole["pauses"], "start", "ended_on")
    facts["excuses"] = until_now(whole["excuses"], "on", "decided_on")
    for row in facts["excuses"]:
        row["accepted"] = row["accepted"] if row["decided_on"] else None
    return facts


def visits(seed: str, whole: Life) -> list[date]:
    """The days on which this life is looked at: often daily around one stretch, with gaps like outages."""
    dice = Dice(f"{seed}/visits")
    t0 = date.fromisoformat(whole["t0"])
    day, found = t0 + timedelta(days=dice.between(1, 30)), []
    for _ in range(dice.between(10, 24)):
        found.append(day)
        day += timedelta(days=dice.one_of((1, 1, 1, 2, 4, 7, 14, 30, 75)))
    return found


def _after(day: date, count: int) -> str:
    return (day + timedelta(days=count)).isoformat()


def _appointments(dice: Dice, t0: date) -> list[Row]:
    days_of = [("first_talk", dice.between(3, 40)) for _ in range(dice.between(0, 4))]
    days_of += [("review", dice.between(150, 620)) for _ in range(dice.between(0, 4))]
    days_of += [("other", dice.between(30, 700)) for _ in range(dice.between(0, 3))]
    return [_appointment(dice, t0, talk, offset) for talk, offset in days_of]


def _appointment(dice: Dice, t0: date, talk: str, offset: int) -> Row:
    held = t0 + timedelta(days=offset + dice.between(1, 20))
    start = datetime.combine(held, time(dice.between(8, 16)), days.BERLIN).astimezone(UTC)
    offered = t0 + timedelta(days=offset)
    status = dice.one_of(("offered", "kept", "kept", "missed", "missed", "cancelled"))
    settled = {"offered": None, "cancelled": offered + (held - offered) / 2}.get(status, held)
    late = dice.between(0, 3) if status == "missed" and dice.chance(30) else 0
    return {
        "id": dice.new_id("apt"),
        "talk": talk,
        "start": start.isoformat().replace("+00:00", "Z"),
        "offered_on": offered.isoformat(),
        "status": status,
        "interpreter": dice.one_of(
            ("not_needed", "requested", "confirmed", "confirmed", "failed", "declined")
        ),
        "invited_in_language": dice.chance(85),
        "cancelled_by": dice.one_of(("office", "participant")) if status == "cancelled" else None,
        "settled_on": (settled + timedelta(days=late)).isoformat() if settled else None,
    }


def _talks(dice: Dice, t0: date, appointments: list[Row]) -> list[Row]:
    """A kept appointment always means a talk; some talks happen without one."""
    talks = [
        {"id": dice.new_id("tlk"), "talk": a["talk"], "on": a["settled_on"], "appointment": a["id"]}
        for a in appointments
        if a["status"] == "kept"
    ]
    for _ in range(dice.between(0, 3)):
        kind, day = dice.one_of((("first_talk", 35), ("review", 200), ("other", 90), ("review", 420)))
        talks.append(
            {
                "id": dice.new_id("tlk"),
                "talk": kind,
                "on": _after(t0, day + dice.between(0, 40)),
                "appointment": None,
            }
        )
    return sorted(talks, key=lambda talk: (talk["on"], talk["id"]))


def _consents(dice: Dice, t0: date) -> list[Row]:
    if dice.chance(8):
        return []
    day = dice.between(5, 60)
    rows: list[Row] = [
        {"purpose": "casework", "outcome": dice.one_of(("given", "given", "partly")), "on": _after(t0, day)}
    ]
    if dice.chance(10):
        again = day + dice.between(30, 300)
        rows.append({"purpose": "casework", "outcome": "withdrawn", "on": _after(t0, again)})
        if dice.chance(60):
            rows.append(
                {"purpose": "casework", "outcome": "given", "on": _after(t0, again + dice.between(1, 60))}
            )
    if dice.chance(60):
        rows.append({"purpose": "email", "outcome": "given", "on": _after(t0, day)})
    for row in rows:
        row["fields"] = []
    return sorted(rows, key=lambda row: row["on"])


def _commitments(dice: Dice, t0: date) -> list[Row]:
    rows: list[Row] = []
    for _ in range(dice.between(0, 7)):
        agreed = dice.between(30, 500)
        due = agreed + dice.between(5, 60)
        fate = dice.one_of(("kept", "kept", "late", "open", "open", "released"))
        end = {"kept": dice.between(agreed, due), "late": due + dice.between(1, 40), "open": None}.get(
            fate, due
        )
        rows.append(
            {
                "id": dice.new_id("com"),
                "side": dice.one_of(("office", "participant", "participant")),
                "goal": dice.one_of(GOALS),
                "agreed_on": _after(t0, agreed),
                "due": _after(t0, due),
                "twin": None,
                "kept_on": _after(t0, end) if end and fate != "released" else None,
                "released_on": _after(t0, end) if end and fate == "released" else None,
                "open_reported_on": None,
            }
        )
    _pair(dice, rows)
    return rows


def _pair(dice: Dice, rows: list[Row]) -> None:
    """Some promises of the participant name the office's counter-promise."""
    office = [row for row in rows if row["side"] == "office"]
    for row in rows:
        if row["side"] == "participant" and office and dice.chance(25):
            row["twin"] = dice.one_of(office)["id"]


def _values(dice: Dice, t0: date) -> list[Row]:
    rows: list[Row] = []

    def note(code: str, text: str, day: int) -> None:
        late = dice.between(1, 10) if dice.chance(15) else 0
        rows.append(
            {
                "seq": len(rows) + 2,
                "code": code,
                "value": text,
                "valid_from": _after(t0, day),
                "recorded_on": _after(t0, day + late),
                "source": "person",
                "superseded": False,
                "disputed": False,
            }
        )

    note("interpreter", dice.one_of(("needed", "not_needed")), 0)
    if dice.chance(15):
        note("interpreter", dice.one_of(("needed", "not_needed")), dice.between(5, 60))
    _course(dice, note)
    if dice.chance(25):
        start = dice.between(60, 500)
        note("announced_absence_until", _after(t0, start + dice.between(5, 40)), start)
    return rows


def _course(dice: Dice, note: Any) -> None:
    """The way to the course: entitlement, explanation, place, care, registration."""
    if not dice.chance(85):
        return
    day = dice.between(25, 90)
    note("course_entitlement", dice.one_of(("duty", "claim", "admission", "none")), day)
    note("entitlement_explained", "yes", day + dice.between(0, 10))
    if dice.chance(90):
        note("course_place", dice.one_of(("exists", "exists", "exists", "none")), day + dice.between(0, 30))
    for _ in range(dice.between(1, 3)):
        note("childcare", dice.one_of(("not_needed", "covered", "open")), day + dice.between(-20, 90))
    if dice.chance(20):
        note("course_place", dice.one_of(("exists", "none")), day + dice.between(20, 70))
    if dice.chance(15):
        note("child_under_three_until", _after(FIRST_T0, dice.between(0, 1900)), day)
        if dice.chance(50):
            note("parents_wish", dice.one_of(("yes", "no")), day + dice.between(0, 40))
    if dice.chance(55):
        note("course_registered", "yes", day + dice.between(5, 120))
        if dice.chance(50):
            note("course_ended", "yes", day + dice.between(200, 400))


def _pauses(dice: Dice, t0: date) -> list[Row]:
    rows: list[Row] = []
    day = dice.between(5, 120)
    for _ in range(dice.one_of((0, 0, 1, 1, 2, 3))):
        length = dice.between(1, 50)
        open_end = dice.chance(8)
        rows.append(
            {
                "id": dice.new_id("pau"),
                "reason": dice.one_of(("illness", "pregnancy", "absence")),
                "start": _after(t0, day),
                "until": None,
                "ended_on": None if open_end else _after(t0, day + length),
            }
        )
        if open_end:
            break
        day += length + dice.between(2, 150)
    return rows


def _excuses(dice: Dice, facts: Life) -> list[Row]:
    subjects = [
        (f"appointment/{a['id']}", a["settled_on"]) for a in facts["appointments"] if a["status"] == "missed"
    ]
    subjects += [
        (f"commitment/{c['id']}", c["due"]) for c in facts["commitments"] if c["side"] == "participant"
    ]
    explained = [v["valid_from"] for v in facts["values"] if v["code"] == "entitlement_explained"]
    subjects += [("entitlement", day) for day in explained]
    rows = []
    for subject, day in subjects:
        if not dice.chance(35):
            continue
        given = date.fromisoformat(day) + timedelta(days=dice.between(0, 12))
        decided = dice.chance(80)
        rows.append(
            {
                "id": dice.new_id("exc"),
                "subject": subject,
                "reason": dice.one_of(("illness", "child_ill", "no_interpreter", "work")),
                "on": given.isoformat(),
                "decided_on": _after(given, dice.between(0, 15)) if decided else None,
                "accepted": dice.chance(50) if decided else None,
            }
        )
    return rows
