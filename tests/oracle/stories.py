"""Small facts to tell by hand, and what the oracle says about them day by day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle import rules

Row = dict[str, Any]
Told = list[tuple[str, int]]
T0 = "2027-01-04"


def journey(*values: Row, t0: str = T0, **more: Any) -> Row:
    """A staffed journey with consent to casework and attendance from its first day."""
    given: list[Row] = [
        {"purpose": p, "outcome": "given", "on": t0, "fields": []} for p in ("casework", "attendance")
    ]
    known = [{**value, "seq": number} for number, value in enumerate(values, 2)]
    base = {"journey": "jrn_1", "t0": t0, "opened_on": t0, "term_months": 24, "closed_on": None}
    staff = {"case_worker": "usr_1", "substitute": "usr_2", "assigned_on": None}
    return {**base, **staff, "consents": given, "values": known, **more}


def value(code: str, text: str, since: str = T0, about: str = "", *, disputed: bool = False) -> Row:
    """One recorded value."""
    rest = {"recorded_on": since, "source": "person", "superseded": False, "disputed": disputed}
    return {"code": code, "value": text, "valid_from": since, "about": about, **rest}


def missed(number: int, day: str, *, invited: bool = True) -> Row:
    """An appointment to which nobody came, with all that the office owed for it, or without."""
    row = {"id": f"apt_{number}", "talk": "other", "start": f"{day}T09:00:00Z", "offered_on": T0}
    state = {"status": "missed", "settled_on": day, "cancelled_by": None}
    return {**row, **state, "interpreter": "not_needed", "invited_in_language": invited}


def pause(start: str, last: str | None = None) -> Row:
    """A pause, both days included."""
    return {"id": "pau_1", "reason": "illness", "start": start, "until": None, "ended_on": last}


def told(facts: Row, rule: str, first: str, last: str) -> Told:
    """On which days of a stretch which stage of a rule acts, if somebody looks every day."""
    return [(day.isoformat(), act[2]) for day, act in _lived(facts, rule, first, last)]


def outcomes(facts: Row, rule: str, first: str, last: str) -> list[tuple[str, str, str]]:
    """The same with subject, outcome and addressee."""
    return [(act[1], act[3], act[4]) for _, act in _lived(facts, rule, first, last, every_outcome=True)]


def _lived(
    facts: Row, rule: str, first: str, last: str, *, every_outcome: bool = False
) -> Iterator[tuple[date, rules.Act]]:
    spoken: list[Row] = []
    day = date.fromisoformat(first)
    find = rules.acts_with_episode if "journey" in facts else rules.office_acts_with_episode
    while day <= date.fromisoformat(last):
        seen: set[tuple[str, int]] = set()
        for act, episode in sorted(find({**facts, "spoken": list(spoken)}, day, rule)):
            if every_outcome or act[1:3] not in seen:
                yield day, act
            seen.add((act[1], act[2]))
            row = {"rule": rule, "subject": act[1], "stage": act[2], "on": day.isoformat()}
            spoken.append({**row, "episode": episode.isoformat()})
        day += timedelta(days=1)
