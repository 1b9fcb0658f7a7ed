"""What the office owes around courses: claims and entitlements that end, applications, care, recognition."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.oracle import days
from tests.oracle.gate import NEEDY
from tests.oracle.ladder import Ladder, Stage, calendar_days, falling, half_months, rising
from tests.oracle.states import (
    carried,
    consented,
    day_held,
    entries,
    holds,
    numbered,
    registered,
    since,
    value,
)
from tests.oracle.table import MARKS

Facts = dict[str, Any]
Row = dict[str, Any]
GRANT_NEEDS_EXEMPTION = date(2024, 12, 7)
"""§ 4a (1) IntV: since then the travel grant needs a cost exemption."""


def ladders(facts: Facts, on: date) -> Iterator[Ladder]:
    """The office's duties around courses in a journey."""
    yield from _claim(facts, on)
    yield from _entitlement_end(facts, on)
    yield from _registrations(facts, on)
    yield from _applications(facts, on)
    yield from _childcare(facts, on)
    yield from _work_course(facts, on)
    yield from _recognition(facts, on)


def _claim(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-06: the claim of § 44 (1) AufenthG lapses a year after it arose."""
    claim = day_held(facts, "course_claim_since", on)
    if claim is None:
        return
    stages = rising(half_months, claim, on, MARKS["FOE-06"], speaks=consented(facts, on))
    yield Ladder("FOE-06", "claim", claim, not registered(facts, on), stages)


def _entitlement_end(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-07: whichever end threatens now."""
    end = _threatening(facts, on)
    if end is not None:
        stages = falling(end, on, MARKS["FOE-07"], speaks=consented(facts, on))
        yield Ladder("FOE-07", "entitlement_end", end, True, stages)


def _threatening(facts: Facts, on: date) -> date | None:
    if holds(facts, "course_ended", on) == "yes":
        return None
    if holds(facts, "course_started", on) == "yes":
        begun = since(facts, "course_interrupted", on, "yes")
    elif registered(facts, on):
        begun = since(facts, "course_registered", on, "yes")
    else:
        return day_held(facts, "course_entitlement_until", on)
    return days.add_months(begun, 12) if begun else None


def _registrations(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-08: each registration has its own six weeks (A-34)."""
    booked = _registration_days(facts, on)
    announced = value(facts, "course_start_announced", on)
    started = since(facts, "course_started", on, "yes")
    for day in booked:
        newer = any(
            other > day and announced and date.fromisoformat(announced["valid_from"]) >= other
            for other in booked
        )
        begun = started is not None and started >= day
        waiting = not (begun or newer or holds(facts, "course_ended", on) == "yes")
        stages = rising(calendar_days, day, on, MARKS["FOE-08"], speaks=consented(facts, on))
        yield Ladder("FOE-08", f"registration/{named(day)}", day, waiting, stages)


def _registration_days(facts: Facts, on: date) -> list[date]:
    """The days on which a registration holds; of two entries of one day the later one counts."""
    last: dict[str, Row] = {}
    for entry in sorted(entries(facts, "course_registered", on), key=lambda e: int(e["seq"])):
        last[entry["valid_from"]] = entry
    return sorted(date.fromisoformat(day) for day, entry in last.items() if entry["value"] == "yes")


def named(day: date) -> str:
    """A day as a subject spells it."""
    return day.isoformat().replace("-", "_")


def _applications(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-09: cost exemption and travel grant, before the section starts (A-35)."""
    start = day_held(facts, "course_section_starts", on)
    if start is None or start < on or holds(facts, "benefit", on) not in NEEDY:
        return
    for application in ("cost_exemption", "travel_grant"):
        open_ = holds(facts, application, on) is None
        if application == "travel_grant" and on >= GRANT_NEEDS_EXEMPTION:
            open_ = open_ and holds(facts, "cost_exemption", on) in ("applied", "granted")
        stages = falling(start, on, MARKS["FOE-09"], speaks=consented(facts, on))
        yield Ladder("FOE-09", application, start, open_, stages)


def _childcare(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-10: care recorded as open, from the day registration is due until the course has ended."""
    explained = value(facts, "entitlement_explained", on)
    if not explained or not carried(facts, on) or holds(facts, "childcare", on) != "open":
        return
    ended = holds(facts, "course_ended", on) == "yes"
    day = date.fromisoformat(explained["valid_from"])
    stages = rising(calendar_days, day, on, MARKS["FOE-10"], speaks=consented(facts, on))
    yield Ladder("FOE-10", "childcare", _open_since(facts, on), not ended, stages)


def _open_since(facts: Facts, on: date) -> date:
    """Since when care has been open without a break."""
    begun = on
    for mark in sorted({entry["valid_from"] for entry in entries(facts, "childcare", on)}, reverse=True):
        if holds(facts, "childcare", date.fromisoformat(mark)) != "open":
            break
        begun = date.fromisoformat(mark)
    return begun


def _work_course(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-11: three months, the day of issue counted in, or the earlier day of the letter (A-24)."""
    issued = day_held(facts, "bsk_issued", on)
    if issued is None:
        return
    letter = day_held(facts, "bsk_until", on)
    end = min(days.add_months(issued, 3) - days.ONE, letter or date.max)
    open_ = holds(facts, "bsk_registered", on) != "yes"
    stages = falling(end, on, MARKS["FOE-11"], speaks=consented(facts, on))
    yield Ladder("FOE-11", "work_course", end, open_, stages)


def _recognition(facts: Facts, on: date) -> Iterator[Ladder]:
    """FOE-12: the recognition body's two clocks, each for itself."""
    for file in numbered(facts, "recognition"):
        filed = day_held(facts, "recognition_filed", on, file)
        if filed is None:
            continue
        acknowledged = holds(facts, "recognition_acknowledged", on, file) == "yes"
        decided = holds(facts, "recognition_decided", on, file) == "yes"
        speaks = consented(facts, on)
        first = Stage(_late(days.add_months(filed, MARKS["FOE-12"][0]), on, acknowledged), speaks=speaks)
        second = Stage(_late(_decision_due(facts, file, on), on, decided), speaks=speaks)
        yield Ladder("FOE-12", file, filed, not (acknowledged and decided), (first, second))


def _late(last: date | None, on: date, done: bool) -> Any:
    """A period of another body is over after its last day, moved to a working day (A-23)."""
    return lambda: not done and last is not None and on > days.next_working(last)


def _decision_due(facts: Facts, file: str, on: date) -> date | None:
    """The last day of the three months, as far as it has come; stopped days do not count."""
    complete = day_held(facts, "recognition_complete", on, file)
    if complete is None:
        return None
    extended = day_held(facts, "recognition_extended_until", on, file)
    if extended is not None:
        return extended
    left = (days.add_months(complete, MARKS["FOE-12"][1]) - complete).days
    day = complete
    while left and day < on:
        day += days.ONE
        left -= holds(facts, "recognition_stopped", day, file) != "yes"
    return None if left else day
