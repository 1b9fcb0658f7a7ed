"""Days at the course, from the weeks that the provider told of: absences, spells of illness, the share."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle.courses import named
from tests.oracle.gate import acting_working_days, gate_open
from tests.oracle.ladder import Ladder, Stage, counting, rising, when
from tests.oracle.states import entries, recorded_since
from tests.oracle.table import AFTER_THE_LAST, MARKS

Facts = dict[str, Any]
Row = dict[str, Any]
WINDOW = 28
SHARE_WINDOW = 56
FEWEST_HELD = 10
ILL_IN_A_ROW = 4


def ladders(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-03, MIT-04 and MIT-05."""
    letters = course_days(facts, on)
    yield from _absences(facts, on, letters)
    yield from _spells(facts, on, letters)
    yield from _share(facts, on, letters)


def course_days(facts: Facts, on: date) -> list[tuple[date, str]]:
    """The letters of all days up to today on which the course took place, in order."""
    weeks: dict[str, Row] = {}
    for entry in sorted(entries(facts, "course_week", on), key=lambda e: int(e["seq"])):
        weeks[entry["valid_from"]] = entry
    found = []
    for monday, entry in sorted(weeks.items()):
        for number, letter in enumerate(entry["value"]):
            day = date.fromisoformat(monday) + timedelta(days=number)
            if letter not in "-c" and day <= on:
                found.append((day, letter))
    return found


def _then(facts: Facts, rule: str, subject: str, on: date) -> Callable[[date], bool]:
    """Far enough from the stage before, in working days on which the person could act."""
    clock = counting(acting_working_days(facts, rule, subject))
    return lambda acted: clock(acted, on, AFTER_THE_LAST[rule])


def _absences(facts: Facts, on: date, letters: list[tuple[date, str]]) -> Iterator[Ladder]:
    """MIT-03: days without any reported reason, in clusters; a talk about the causes settles one (A-15)."""
    for cluster in clusters([day for day, letter in letters if letter == "n"]):
        subject = f"absences/{named(cluster[0])}"
        most = most_within(cluster, WINDOW)
        speaks = gate_open(facts, "MIT-03", subject, on)
        first, second = MARKS["MIT-03"]
        later = _then(facts, "MIT-03", subject, on)
        stages = (
            when(reached=most >= first, speaks=speaks),
            when(reached=most >= second, apart=later, speaks=speaks),
        )
        talked = recorded_since(facts, "absence_talk", on, cluster[-1])
        yield Ladder("MIT-03", subject, cluster[0], most >= first and not talked, stages)


def clusters(absent: list[date]) -> list[list[date]]:
    """Days that follow each other by less than four weeks belong together."""
    found: list[list[date]] = []
    for day in absent:
        if found and (day - found[-1][-1]).days < WINDOW:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def most_within(events: list[date], window: int) -> int:
    """The most events within so many days, both ends counted, that end with one of them (A-14)."""
    return max(
        (sum(0 <= (last - day).days < window for day in events) for last in events),
        default=0,
    )


def _spells(facts: Facts, on: date, letters: list[tuple[date, str]]) -> Iterator[Ladder]:
    """MIT-04: from the fourth course day a certificate; one shown before the next spell counts for this."""
    found = spells(letters)
    shown = [date.fromisoformat(entry["valid_from"]) for entry in entries(facts, "certificate_shown", on)]
    for number, spell in enumerate(found):
        if len(spell) < ILL_IN_A_ROW:
            continue
        subject = f"spell/{named(spell[0])}"
        next_ = found[number + 1][0] if number + 1 < len(found) else date.max
        proven = any(spell[0] <= day < next_ for day in shown)
        clock = counting(acting_working_days(facts, "MIT-04", subject))
        speaks = gate_open(facts, "MIT-04", subject, on)
        stages = rising(clock, spell[ILL_IN_A_ROW - 1], on, MARKS["MIT-04"], speaks=speaks)
        yield Ladder("MIT-04", subject, spell[0], not proven, stages)


def spells(letters: list[tuple[date, str]]) -> list[list[date]]:
    """Unbroken runs of illness among the course days."""
    found: list[list[date]] = []
    before = ""
    for day, letter in letters:
        if letter == "i" and before == "i":
            found[-1].append(day)
        elif letter == "i":
            found.append([day])
        before = letter
    return found


def _share(facts: Facts, on: date, letters: list[tuple[date, str]]) -> Iterator[Ladder]:
    """MIT-05: confirmed absences since the last talk about them, against the course days held (A-15)."""
    talks = [date.fromisoformat(entry["valid_from"]) for entry in entries(facts, "absence_talk", on)]
    talk = max(talks, default=date.min)
    absent = [day for day, letter in letters if letter == "u" and day > talk]
    if not absent:
        return
    held = [day for day, _ in letters]
    speaks = gate_open(facts, "MIT-05", "absence_share", on)

    def reached() -> bool:
        return highest_share(absent, held, on) >= MARKS["MIT-05"][0]

    second = Stage(lambda: True, _then(facts, "MIT-05", "absence_share", on), speaks=speaks)
    yield Ladder("MIT-05", "absence_share", absent[0], True, (Stage(reached, speaks=speaks), second))


def highest_share(absent: list[date], held: list[date], on: date) -> int:
    """The highest share in percent on any day from the first counted absence to today."""
    highest = 0
    for number in range((on - absent[0]).days + 1):
        day = absent[0] + timedelta(days=number)
        base = sum(0 <= (day - one).days < SHARE_WINDOW for one in held)
        if base >= FEWEST_HELD:
            missed = sum(0 <= (day - one).days < SHARE_WINDOW for one in absent)
            highest = max(highest, missed * 100 // base)
    return highest
