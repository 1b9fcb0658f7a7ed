"""Weeks of a course say what may turn on days that stand in no fact: foresight must look at them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.facts import CaseFacts
from rules import foresight
from rules.book import assemble, book
from rules.judge import decide, weigh
from rules.ladder import Memory, Weighed
from tests.support.facts import CALENDAR, Facts, facts, value

ONLY = ("MIT-03", "MIT-04", "MIT-05")
# Alone in a book, so that no other rule happens to look at the day in question.
BOOK = assemble(
    "b2027_9",
    date(2026, 1, 1),
    rules=[rule for rule in book().rules if rule.id in ONLY],
    citations=list(book().citations.values()),
)
ON = date(2027, 2, 1)
DAYS = 90
CONSENTS = [
    {"purpose": "casework", "outcome": "given", "on": "2027-01-11"},
    {"purpose": "attendance", "outcome": "given", "on": "2027-01-11"},
]
COURSES: dict[str, tuple[Facts, ...]] = {
    "a second day without a reason later in the week": (value(1, "course_week", "anaan--", "2027-02-01"),),
    "the fourth ill day later in the week": (value(1, "course_week", "aiiii--", "2027-02-01"),),
    "a tenth course day later in the week": (
        value(1, "course_week", "aaaaa--", "2027-01-18"),
        value(2, "course_week", "aauua--", "2027-02-01"),
    ),
    "an old day that leaves the eight weeks": (
        value(1, "course_week", "aa-----", "2027-02-01"),
        value(2, "course_week", "aaaaaa-", "2027-03-15"),
        value(3, "course_week", "aauu---", "2027-03-22"),
    ),
}
Spoken = list[tuple[date, str, int]]


def course(*weeks: Facts) -> CaseFacts:
    return facts(consents=CONSENTS, values=list(weeks))


def foreseen(known: CaseFacts) -> Spoken:
    ahead = foresight.foresee(known, ON + timedelta(days=DAYS), on=ON, calendar=CALENDAR, book=BOOK)
    return [(day, made.rule, made.stage) for day, made in ahead]


def lived(known: CaseFacts) -> Spoken:
    """Every single day, each with what the days before it said."""
    said: Spoken = []
    spoken: list[Facts] = []
    for day in (ON + timedelta(days=number) for number in range(DAYS + 1)):
        told = CaseFacts.model_validate({**known.model_dump(), "spoken": spoken})
        for made in decide(told, day, calendar=CALENDAR, book=BOOK).decisions:
            said.append((day, made.rule, made.stage))
            spoken.append(
                {
                    "rule": made.rule,
                    "subject": made.subject,
                    "episode": made.episode,
                    "stage": made.stage,
                    "on": day,
                }
            )
    return said


@pytest.mark.parametrize("weeks", COURSES.values(), ids=COURSES.keys())
def test_foresight_sees_what_living_every_day_brings(weeks: tuple[Facts, ...]) -> None:
    known = course(*weeks)

    assert foreseen(known) == lived(known)
    assert foreseen(known)


def test_a_day_that_is_not_announced_would_be_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    true = {name: foreseen(course(*weeks)) for name, weeks in COURSES.items()}

    def silent(*given: Any, **named: Any) -> tuple[Weighed, ...]:
        return tuple(replace(e, subject=replace(e.subject, turns=())) for e in weigh(*given, **named))

    monkeypatch.setattr(foresight, "weigh", silent)

    assert all(foreseen(course(*weeks)) != true[name] for name, weeks in COURSES.items())


def test_a_day_to_come_counts_on_its_own_day() -> None:
    known = course(*COURSES["a second day without a reason later in the week"])

    assert _most_without_reason(known, date(2027, 2, 1)) == 0
    assert _most_without_reason(known, date(2027, 2, 4)) == 1
    assert _most_without_reason(known, date(2027, 2, 5)) == 2


def _most_without_reason(known: CaseFacts, day: date) -> int:
    weighed = weigh(known, day, Memory(), calendar=CALENDAR, book=BOOK)
    (found,) = (e.values["most_without_reason"] for e in weighed if e.subject.kind == "absences")
    return found
