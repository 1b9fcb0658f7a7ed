"""Made-up years of an office: posts and caseloads that change, absences, rules that end, papers, reports."""

from datetime import date, timedelta
from typing import Any

from tests.oracle import days
from tests.oracle.dice import Dice, after

Row = dict[str, Any]
FIRST_DAY = date(2027, 1, 4)
RULES = ("FOE-06", "FOE-12", "MIT-04", "MIT-12", "QS-03")
CLASSES = ("plan", "notes", "access_log", "history")
KEPT_DAYS = {"plan": 1096, "notes": 366, "access_log": 366, "history": 2192}


def office_life(seed: str) -> Row:
    """The whole of an office's time; `office_known_by` cuts it at a day."""
    dice = Dice(f"{seed}/office")
    first = FIRST_DAY + timedelta(days=dice.below(1200))
    workers = [dice.new_id("usr") for _ in range(dice.between(2, 4))]
    return {
        "schema_version": 1,
        "office": "off_08111000",
        "first": first.isoformat(),
        "posts": [row for worker in workers for row in _post(dice, first, worker, workers)],
        "absences": (away := [row for worker in workers for row in _absences(dice, first, worker)]),
        "validities": [_validity(dice, first, rule) for rule in RULES if dice.chance(50)],
        "retentions": [_retention(dice, first) for _ in range(dice.between(0, 4))],
        "reports": [_report(dice, year) for year in (first.year, first.year + 1) if dice.chance(70)],
        "spoken": [],
        "matters": [],
        "tasks": _tasks(dice, away),
    }


def office_known_by(whole: Row, on: date) -> Row:
    """What was recorded by the end of a day."""

    def past(text: str | None) -> bool:
        return text is not None and date.fromisoformat(text) <= on

    def open_ended(rows: list[Row], *ends: str) -> list[Row]:
        return [{**row, **{end: None for end in ends if not past(row[end])}} for row in rows]

    facts = {key: value for key, value in whole.items() if key != "first"}
    newest = {row["worker"]: row for row in whole["posts"] if past(row["known_on"])}
    facts["posts"] = [_without(row, "known_on") for row in newest.values()]
    known = [row for row in whole["absences"] if past(row["known_on"])]
    facts["absences"] = [_without(row, "known_on") for row in known]
    facts["validities"] = [
        _without({**row, "successor": past(row["successor_on"])}, "successor_on")
        for row in whole["validities"]
    ]
    closed = [row for row in whole["retentions"] if past(row["closed_on"])]
    facts["retentions"] = [
        _without({**row, "held": row["held"] and not past(row["freed_on"])}, "freed_on")
        for row in open_ended(closed, "withdrawn_on", "erased_on")
    ]
    facts["reports"] = open_ended(whole["reports"], "sent_on")
    facts["tasks"] = open_ended([t for t in whole["tasks"] if past(t["opened_on"])], "closed_on")
    return facts


def office_visits(seed: str, whole: Row) -> list[date]:
    """The days on which the office is looked at."""
    dice = Dice(f"{seed}/office/visits")
    day, found = date.fromisoformat(whole["first"]), []
    for _ in range(dice.between(20, 45)):
        found.append(day)
        day += timedelta(days=dice.one_of((1, 1, 1, 1, 2, 3, 5, 9, 21)))
    return found


def _without(row: Row, key: str) -> Row:
    return {name: value for name, value in row.items() if name != key}


def _post(dice: Dice, first: date, worker: str, workers: list[str]) -> list[Row]:
    """One post, and the caseload as it rises and falls."""
    since = after(first, dice.between(-300, 20))
    share = dice.one_of((100, 100, 75, 70, 50, 25, 0))
    others = [other for other in workers if other != worker]
    substitute = dice.one_of((*others, None))
    rows, known = [], since
    for _ in range(dice.between(1, 5)):
        edge = share * dice.one_of((120, 160, 60, 140)) // 100
        cases = max(0, edge + dice.one_of((-1, 0, 0, 1, 1, 2)))
        row = {"worker": worker, "since": since, "share": share, "substitute": substitute}
        counts = {"running_cases": cases, "due_items": dice.one_of((0, 1, 3, 7))}
        rows.append({**row, **counts, "known_on": known})
        known = after(max(first, date.fromisoformat(known)), dice.between(3, 60))
    return rows


def _absences(dice: Dice, first: date, worker: str) -> list[Row]:
    """Absences that follow each other with some days at work in between."""
    rows, day = [], dice.between(-10, 30)
    for _ in range(dice.between(0, 5)):
        length = dice.one_of((1, 3, 4, 5, 8, 14, 30))
        begun = after(first, day)
        open_end = dice.chance(10)
        row = {"worker": worker, "first": begun, "last": None if open_end else after(first, day + length - 1)}
        rows.append({**row, "known_on": after(first, day - dice.one_of((0, 0, 7)))})
        if open_end:
            break
        day += length + dice.between(2, 40)
    return rows


def _tasks(dice: Dice, absences: list[Row]) -> list[Row]:
    """Tasks of substitutes, some of which were answered."""
    rows = []
    for absence in absences:
        if not dice.chance(50):
            continue
        opened = days.working_days_after(date.fromisoformat(absence["first"]), dice.between(3, 5))
        row = {"id": dice.new_id("tsk"), "what": "stand_in", "subject": f"worker/{absence['worker']}"}
        dates = {"opened_on": opened.isoformat(), "answer_by": days.working_days_after(opened, 5).isoformat()}
        closed = after(opened, dice.between(0, 14)) if dice.chance(70) else None
        rows.append({**row, **dates, "rule": "FOE-17", "closed_on": closed})
    return rows


def _validity(dice: Dice, first: date, rule: str) -> Row:
    until = after(first, dice.between(10, 150)) if dice.chance(70) else None
    recheck = after(first, dice.between(-5, 150)) if dice.chance(60) else None
    follows = after(first, dice.between(0, 150)) if dice.chance(50) else None
    return {"rule": rule, "until": until, "recheck_by": recheck, "successor_on": follows}


def _retention(dice: Dice, first: date) -> Row:
    """A closed journey whose period ends while somebody looks."""
    data = dice.one_of(CLASSES)
    closed = first + timedelta(days=dice.between(-10, 150) - KEPT_DAYS[data])
    near = first + timedelta(days=dice.between(0, 150))
    return {
        "journey": dice.new_id("jrn"),
        "data": data,
        "closed_on": closed.isoformat(),
        "withdrawn_on": near.isoformat() if dice.chance(30) else None,
        "held": dice.chance(30),
        "freed_on": after(first, dice.between(0, 200)),
        "erased_on": after(near, dice.between(0, 60)) if dice.chance(50) else None,
    }


def _report(dice: Dice, year: int) -> Row:
    due = date(year + 1, 1, 31)
    sent = after(due, dice.between(-40, 20)) if dice.chance(60) else None
    return {"year": year, "due": due.isoformat(), "sent_on": sent}
