"""The period of a recognition body: stopped, extended, moved off weekends, and foreseen to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add_months
from domain.facts import CaseFacts
from rules.book import assemble
from rules.foresight import foresee
from rules.judge import weigh
from rules.ladder import Memory
from rules.literals import Facts, person, value
from tests.support.facts import BOOK, CALENDAR

# Alone: the clocks of other rules would make foresight look at days on which this one has nothing to see.
ALONE = assemble(
    "foe_12", BOOK.valid_from, rules=[BOOK.rule("FOE-12")], citations=list(BOOK.citations.values())
)
BODY = "recognition/1"
COMPLETE = date(2027, 3, 1)
ONE = timedelta(days=1)
FILED = value(1, "recognition_filed", "2027-02-01", "2027-02-01", BODY)
ACKNOWLEDGED = value(2, "recognition_acknowledged", "yes", "2027-02-10", BODY)
PAPERS = value(3, "recognition_complete", "2027-03-01", "2027-03-01", BODY)
GAPS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 40)), max_size=4)


def _facts(*more: Facts) -> CaseFacts:
    return CaseFacts.model_validate(person(values=[FILED, ACKNOWLEDGED, PAPERS, *more]))


def _asked(facts: CaseFacts, *, until: date) -> list[date]:
    """The days on which the decision is asked for, as foreseen from the day of the complete file."""
    ahead = foresee(facts, until, on=COMPLETE, calendar=CALENDAR, book=ALONE)
    return [day for day, made in ahead if made.stage == 2]


def _months_to_decide(facts: CaseFacts, on: date) -> int:
    found = weigh(facts, on, Memory(), calendar=CALENDAR, book=ALONE)
    return found[0].values["months_to_decide"]


def _stops(gaps: list[tuple[int, int]]) -> tuple[list[Facts], set[date]]:
    """Stops after so many days, of so many days; and each stopped day."""
    said, stopped, day = [], set(), COMPLETE - timedelta(days=30)
    for number, (runs, stands) in enumerate(gaps):
        begins = day + timedelta(days=runs)
        day = begins + timedelta(days=stands)
        said.append(value(10 + 2 * number, "recognition_stopped", "yes", begins.isoformat(), BODY))
        said.append(value(11 + 2 * number, "recognition_stopped", "no", day.isoformat(), BODY))
        stopped |= {begins + timedelta(days=i) for i in range(stands)}
    return said, stopped


@given(GAPS)
def test_the_three_months_end_where_counting_day_by_day_without_the_stopped_ones_ends(
    gaps: list[tuple[int, int]],
) -> None:
    said, stopped = _stops(gaps)
    left, last = (add_months(COMPLETE, 3) - COMPLETE).days, COMPLETE
    while left:
        last += ONE
        left -= last not in stopped
    late = CALENDAR.next_working_day(last) + ONE

    facts = _facts(*said)

    assert _months_to_decide(facts, late - ONE) == 2
    assert _months_to_decide(facts, late) == 3


def test_what_was_put_right_on_its_own_day_stops_no_clock() -> None:
    stop = value(10, "recognition_stopped", "yes", "2027-04-01", BODY)
    put_right = value(11, "recognition_stopped", "no", "2027-04-01", BODY)

    assert _asked(_facts(stop), until=date(2027, 12, 31)) == []
    assert _asked(_facts(stop, put_right), until=date(2027, 12, 31)) == [date(2027, 6, 2)]
    assert _asked(_facts({**stop, "superseded": True}), until=date(2027, 12, 31)) == [date(2027, 6, 2)]


@pytest.mark.parametrize(
    ("extended_until", "asked_on"),
    [("2027-08-01", "2027-08-03"), ("2027-05-08", "2027-05-11"), ("2027-03-13", "2027-03-16")],
)
def test_the_day_after_an_extension_is_foreseen_although_it_stands_in_no_fact(
    extended_until: str, asked_on: str
) -> None:
    facts = _facts(value(10, "recognition_extended_until", extended_until, "2027-03-01", BODY))

    assert _asked(facts, until=date(2027, 12, 31)) == [date.fromisoformat(asked_on)]


@pytest.mark.parametrize(
    ("code", "day", "months"),
    [
        ("recognition_filed", "1900-01-01", 3),
        ("recognition_filed", "9999-12-31", 3),
        ("recognition_complete", "1900-01-01", 99),
        ("recognition_complete", "9999-12-31", 0),
        ("recognition_extended_until", "1900-01-01", 3),
        ("recognition_extended_until", "9999-12-31", 2),
    ],
)
def test_a_day_that_no_calendar_covers_is_judged_all_the_same(code: str, day: str, months: int) -> None:
    facts = _facts(value(10, code, day, "2027-03-01", BODY))

    assert _months_to_decide(facts, date(2027, 6, 2)) == months
