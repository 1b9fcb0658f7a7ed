"""Turns of life in made-up lives, drawn apart from all else, so that a new one leaves the other draws as they were."""

from datetime import date
from typing import Any

from tests.oracle.dice import Dice, after

Row = dict[str, Any]
STATUSES = ("pending", "recognised", "tolerated", "rejected", "rejected")


def turned(seed: str, facts: Row, focus: int) -> None:
    """Add what turns: a residence status or two, and the parents' consent that ends."""
    dice, t0 = Dice(f"{seed}/turns"), date.fromisoformat(facts["t0"])
    if dice.chance(22):
        facts["values"] += _statuses(dice, t0, focus, len(facts["values"]) + 2)
    if dice.chance(25):
        facts["values"].append(_reading(t0, len(facts["values"]) + 2))
    if dice.chance(4):
        on = after(t0, focus + dice.between(0, 200))
        lapsed = {"purpose": "casework", "outcome": "lapsed", "on": on, "fields": [], "by": "parents"}
        facts["consents"] = sorted([*facts["consents"], lapsed], key=lambda row: str(row["on"]))


def _reading(t0: date, seq: int) -> Row:
    """Some cannot read: only what was said to them counts."""
    row = {"seq": seq, "code": "reading", "value": "does_not_read", "valid_from": t0.isoformat()}
    rest = {"source": "start", "superseded_on": None, "disputed": False, "about": ""}
    return {**row, "recorded_on": t0.isoformat(), **rest}


def _statuses(dice: Dice, t0: date, focus: int, first: int) -> list[Row]:
    """A rejection is often overturned later: another status follows it, and demands count anew."""
    day, rows = focus + dice.between(-60, 120), []
    for number in range(dice.between(1, 3)):
        late = dice.between(1, 10) if dice.chance(25) else 0
        rows.append(
            {
                "seq": first + number,
                "code": "residence_status",
                "value": dice.one_of(STATUSES),
                "valid_from": after(t0, day),
                "recorded_on": after(t0, day + late),
                "source": "person",
                "superseded_on": None,
                "disputed": False,
                "about": "",
            }
        )
        day += dice.between(10, 90)
    return rows
