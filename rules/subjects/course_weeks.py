"""The weeks of a course as they stand: the letter of each day, and how many such days lie close together."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from domain.facts import CaseFacts, ValueFact

NO_REASON, ILL, UNEXCUSED = "n", "i", "u"
_NOT_HELD = "-c"
_OFFSETS = tuple(timedelta(days=number) for number in range(7))
CourseDay = tuple[date, str]


def course_days(facts: CaseFacts, on: date, letter: str) -> list[CourseDay]:
    """Every course day of the weeks begun by `on`, in order; none at all where no week holds `letter`.

    Days to come of a week begun are among them: whoever counts must leave them out until they come.
    """
    weeks = _weeks(facts, on)
    if not any(letter in week for week in weeks.values()):
        return []
    return [
        (monday + offset, found)
        for monday in sorted(weeks)
        for offset, found in zip(_OFFSETS, weeks[monday], strict=False)
        if found not in _NOT_HELD
    ]


def _weeks(facts: CaseFacts, on: date) -> dict[date, str]:
    """The letters of each week by its Monday; what was recorded later for a week replaces it."""
    latest: dict[date, ValueFact] = {}
    for value in facts.values:
        if value.code != "course_week" or value.superseded or value.valid_from > on:
            continue
        before = latest.get(value.valid_from)
        if before is None or before.seq < value.seq:
            latest[value.valid_from] = value
    return {monday: value.value for monday, value in latest.items()}


def clusters(days: Sequence[date], span: int) -> list[list[date]]:
    """Sorted days in groups; a day less than `span` days after the one before belongs to its group."""
    found: list[list[date]] = []
    for day in days:
        if found and (day - found[-1][-1]).days < span:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def runs(course: Sequence[CourseDay], letter: str) -> list[list[date]]:
    """The unbroken runs of a letter among the course days."""
    found: list[list[date]] = []
    before = ""
    for day, this in course:
        if this == letter and before == letter:
            found[-1].append(day)
        elif this == letter:
            found.append([day])
        before = this
    return found


def most_within(days: Sequence[date], span: int) -> int:
    """The most of these sorted days within any `span` days that end with one of them, both ends counted."""
    reach = timedelta(days=span - 1)
    counts = (number - bisect_left(days, day - reach) for number, day in enumerate(days, start=1))
    return max(counts, default=0)
