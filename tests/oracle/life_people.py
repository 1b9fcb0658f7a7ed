"""The people's part of a made-up life: appointments, talks, consents, promises, pauses, reasons."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.oracle import days
from tests.oracle.dice import Dice, after

Life = dict[str, Any]
Row = dict[str, Any]
GOALS = ("language", "school", "work", "housing")


def appointments(dice: Dice, t0: date, focus: int, term: int) -> list[Row]:
    """First talks, reviews, a handover, others; now and then a run of no-shows."""
    days_of = [("first_talk", dice.between(3, 40)) for _ in range(dice.between(0, 4))]
    days_of += [("review", focus + dice.between(150, 620)) for _ in range(dice.between(0, 4))]
    days_of += [("review", dice.between(140, 220)) for _ in range(dice.between(0, 1))]
    days_of += [("other", focus + dice.between(30, 700)) for _ in range(dice.between(0, 3))]
    if dice.chance(25):
        days_of.append(("handover", max(10, term * 30 - dice.between(0, 150))))
    rows = [_appointment(dice, t0, talk, offset) for talk, offset in days_of]
    return rows + (_no_shows(dice, t0, focus) if dice.chance(50) else [])


def _no_shows(dice: Dice, t0: date, focus: int) -> list[Row]:
    """Three or more in a row, most of which count."""
    first = focus + dice.between(0, 100)
    rows = []
    for _ in range(dice.between(3, 6)):
        row = _appointment(dice, t0, "other", first + dice.between(0, 85))
        if dice.chance(85):
            start = days.berlin_day(row["start"])
            row.update(status="missed", cancelled_by=None, invited_in_language=dice.chance(90))
            row.update(interpreter="confirmed", settled_on=start.isoformat())
        rows.append(row)
    return rows


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


def talks(dice: Dice, t0: date, appointments: list[Row], focus: int) -> list[Row]:
    """A kept appointment always means a talk; some talks happen without one."""
    talks = [
        {"id": dice.new_id("tlk"), "talk": a["talk"], "on": a["settled_on"], "appointment": a["id"]}
        for a in appointments
        if a["status"] == "kept"
    ]
    kinds = (("first_talk", 35), ("review", 200), ("other", 90), ("review", 420), ("handover", focus + 60))
    for _ in range(dice.between(0, 3)):
        kind, day = dice.one_of(kinds)
        talks.append(
            {
                "id": dice.new_id("tlk"),
                "talk": kind,
                "on": after(t0, day + dice.between(0, 40)),
                "appointment": None,
            }
        )
    return sorted(talks, key=lambda talk: (talk["on"], talk["id"]))


def consents(dice: Dice, t0: date) -> list[Row]:
    if dice.chance(8):
        return []
    day = dice.between(5, 60)
    first = dice.one_of(("given", "given", "given", "partly", "partly", "given", "given", "refused"))
    rows: list[Row] = [{"purpose": "casework", "outcome": first, "on": after(t0, day)}]
    if dice.chance(10):
        again = day + dice.between(30, 300)
        rows.append({"purpose": "casework", "outcome": "withdrawn", "on": after(t0, again)})
        if dice.chance(60):
            rows.append(
                {"purpose": "casework", "outcome": "given", "on": after(t0, again + dice.between(1, 60))}
            )
    if dice.chance(60):
        rows.append({"purpose": "email", "outcome": "given", "on": after(t0, day)})
    if dice.chance(75):
        told = day + dice.between(0, 20)
        rows.append({"purpose": "attendance", "outcome": "given", "on": after(t0, told)})
        if dice.chance(12):
            gone = told + dice.between(20, 200)
            rows.append({"purpose": "attendance", "outcome": "withdrawn", "on": after(t0, gone)})
    for row in rows:
        row["fields"] = []
    return sorted(rows, key=lambda row: row["on"])


def commitments(dice: Dice, t0: date, focus: int) -> list[Row]:
    rows: list[Row] = []
    for _ in range(dice.between(0, 7)):
        agreed = focus + dice.between(10, 300)
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
                "agreed_on": after(t0, agreed),
                "due": after(t0, due),
                "twin": None,
                "kept_on": after(t0, end) if end and fate != "released" else None,
                "released_on": after(t0, end) if end and fate == "released" else None,
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


def pauses(dice: Dice, t0: date, focus: int) -> list[Row]:
    rows: list[Row] = []
    day = dice.one_of((5, focus, focus)) + dice.between(0, 120)
    for _ in range(dice.one_of((0, 0, 1, 1, 2, 3))):
        length = dice.between(1, 50)
        open_end = dice.chance(8)
        rows.append(
            {
                "id": dice.new_id("pau"),
                "reason": dice.one_of(("illness", "pregnancy", "absence")),
                "start": after(t0, day),
                "until": None,
                "ended_on": None if open_end else after(t0, day + length),
            }
        )
        if open_end:
            break
        day += length + dice.between(2, 150)
    return rows


def excuses(dice: Dice, facts: Life) -> list[Row]:
    subjects = [
        (f"appointment/{a['id']}", a["settled_on"]) for a in facts["appointments"] if a["status"] == "missed"
    ]
    subjects += [
        (f"commitment/{c['id']}", c["due"]) for c in facts["commitments"] if c["side"] == "participant"
    ]
    explained = [v["valid_from"] for v in facts["values"] if v["code"] == "entitlement_explained"]
    subjects += [("entitlement", day) for day in explained]
    subjects += _course_reasons(dice, facts)
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
                "decided_on": after(given, dice.between(0, 15)) if decided else None,
                "accepted": dice.chance(50) if decided else None,
            }
        )
    return rows


def _course_reasons(dice: Dice, facts: Life) -> list[tuple[str, str]]:
    """Reasons for absences, a drop-out, an exam, and for no-shows as a whole."""
    found = [("exam", v["value"]) for v in facts["values"] if v["code"] == "exam_date"]
    found += [
        ("drop_out", v["valid_from"])
        for v in facts["values"]
        if v["code"] == "course_dropped_out" and v["value"] == "yes"
    ]
    weeks = [v["valid_from"] for v in facts["values"] if v["code"] == "course_week"]
    found += [("attendance", dice.one_of(weeks)) for _ in range(dice.between(0, 2)) if weeks]
    missed = [a["settled_on"] for a in facts["appointments"] if a["status"] == "missed"]
    return found + ([("no_shows", max(missed))] if len(missed) > 2 and dice.chance(30) else [])
