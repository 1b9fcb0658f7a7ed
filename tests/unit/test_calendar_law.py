"""The legal calendar on every day of 2017 to 2045: periods, appointments, posting and closures, counted twice."""

import inspect
import re
from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import calendar as legal
from domain.calendar import Calendar, Law, earliest_notified, fiction_days
from rules.book import book
from store import editions
from tests.oracle import days as oracle

BW, _ = editions.calendar()
BOOK = book()
FIRST, LAST = date(2017, 1, 1), date(2045, 12, 31)
DAYS = st.dates(FIRST, LAST)
ONE = timedelta(days=1)
OFFICE = "off_ulm"


def every_day() -> Iterator[date]:
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


def day(text: str) -> date:
    return date.fromisoformat(text)


def counted_on(start: date, n: int, closed: frozenset[date]) -> date:
    """The n-th working day after a day, found by walking; the second counting."""
    at = start
    while n:
        at += ONE
        n -= oracle.is_working(at) and at not in closed
    return at


def public() -> Iterator[tuple[str, str]]:
    """Every public function and method that counts, with its docstring."""
    for owner, prefix in ((legal, ""), (Calendar, "Calendar.")):
        for name, found in vars(owner).items():
            own = getattr(found, "__module__", legal.__name__) == legal.__name__
            if inspect.isfunction(found) and own and not name.startswith(("_", "model_")):
                yield prefix + name, found.__doc__ or ""


def test_every_function_of_the_calendar_names_its_paragraph() -> None:
    told = dict(public())
    assert len(told) > 20
    assert [name for name, text in told.items() if not re.search(r"§ ?\d|Art\. \d|SoZV", text)] == []


def test_every_day_of_29_years_agrees_with_the_package_and_with_easter_counted_anew() -> None:
    package = holidays.country_holidays("DE", subdiv="BW", years=range(2017, 2046))
    for d in every_day():
        free = d in package
        assert BW.is_holiday(d) == free == (d in oracle.holidays(d.year)), d
        assert BW.is_working_day(d) == (d.weekday() < 5 and not free), d
        assert BW.is_sending_day(d) == (d.weekday() != 6 and not free), d


def test_every_year_has_twelve_holidays_and_2017_one_more() -> None:
    for year in range(2015, 2051):
        named = [d for d in BW.holidays if d.year == year]
        assert len(named) == (13 if year == 2017 else 12)
        names = {BW.names[d] for d in named}
        assert {"Heilige Drei Könige", "Fronleichnam", "Allerheiligen"} <= names
    assert BW.names[day("2017-10-31")] == "Reformationstag"


def test_on_every_day_a_period_moves_to_the_next_working_day_and_no_further() -> None:
    for d in every_day():
        end = BW.shift_off_weekend(d)
        assert end >= d
        assert oracle.is_working(end)
        assert not any(oracle.is_working(d + n * ONE) for n in range((end - d).days)), d


def test_an_appointment_on_a_free_day_stays_on_it() -> None:
    """§ 26 (5) SGB X: nothing in the calendar moves an instant that was agreed."""
    epiphany = legal.at_berlin(day("2027-01-06"), legal.SENDING_OPENS)
    assert legal.berlin_day(epiphany) == day("2027-01-06")
    assert BW.shift_off_weekend(day("2027-01-06")) == day("2027-01-07")


@pytest.mark.parametrize(
    ("law", "posted", "days"),
    [
        (Law.SGB_X, "2024-12-31", 3),
        (Law.SGB_X, "2025-01-01", 4),
        (Law.VWVFG, "2024-12-31", 3),
        (Law.VWVFG, "2025-01-01", 4),
        (Law.LVWVFG, "2024-12-31", 3),
        (Law.LVWVFG, "2025-01-01", 3),
    ],
)
def test_posting_until_2024_counts_three_days_and_from_2025_four_but_not_by_the_law_of_the_land(
    law: Law, posted: str, days: int
) -> None:
    assert fiction_days(law, day(posted)) == days


def test_the_book_and_the_calendar_know_the_same_fictions_on_every_day() -> None:
    named = {Law.SGB_X: "MIT-12.post_sgb_x", Law.LVWVFG: "MIT-12.post_lvwvfg"}
    for law, parameter in named.items():
        for d in every_day():
            assert BOOK.dated(parameter, d) == fiction_days(law, d), (law, d)


@pytest.mark.parametrize(
    ("posted", "fictions", "earliest", "latest"),
    [
        ("2024-12-31", (3,), "2025-01-03", "2025-01-03"),
        ("2025-01-01", (4,), "2025-01-05", "2025-01-07"),
        ("2027-02-02", (3, 4), "2027-02-05", "2027-02-08"),
        ("2027-03-24", (3,), "2027-03-27", "2027-03-30"),
        ("2027-04-30", (4, 4), "2027-05-04", "2027-05-04"),
    ],
)
def test_a_letter_is_warned_of_by_the_earliest_and_late_only_after_the_latest(
    posted: str, fictions: tuple[int, ...], earliest: str, latest: str
) -> None:
    assert earliest_notified(day(posted), fictions) == day(earliest)
    assert BW.latest_notified(day(posted), fictions) == day(latest)


def test_on_every_day_the_two_sides_of_a_posting_hold_what_they_promise() -> None:
    for d in every_day():
        fictions = [fiction_days(law, d) for law in Law]
        early, late = earliest_notified(d, fictions), BW.latest_notified(d, fictions)
        assert d + 3 * ONE == early <= late
        assert oracle.is_working(late)
        assert BW.working_days_between(early, late) <= 2, d


def closed_around(d: date, pattern: tuple[bool, ...]) -> frozenset[date]:
    near = (d + (n - 5) * ONE for n in range(len(pattern)))
    return frozenset(c for c, shut in zip(near, pattern, strict=True) if shut)


UNHURRIED = settings(deadline=None, max_examples=60)  # each example counts 36 years of days anew
PATTERNS = st.lists(st.booleans(), min_size=1, max_size=40).map(tuple)


@UNHURRIED
@given(DAYS, st.integers(0, 30), PATTERNS)
def test_an_office_counts_its_own_working_days_and_everybody_else_the_published_ones(
    d: date, n: int, pattern: tuple[bool, ...]
) -> None:
    closed = closed_around(d, pattern)
    shut = BW.with_closures({OFFICE: tuple(sorted(closed))})
    assert shut.add_working_days(d, n, OFFICE) == (counted_on(d, n, closed) if n else d)
    assert shut.add_working_days(d, n) == BW.add_working_days(d, n)
    assert shut.add_working_days(d, n, "off_other") == BW.add_working_days(d, n)


@UNHURRIED
@given(DAYS, PATTERNS)
def test_next_and_previous_days_of_an_office_are_the_nearest_on_which_it_works(
    d: date, pattern: tuple[bool, ...]
) -> None:
    closed = closed_around(d, pattern)
    shut = BW.with_closures({OFFICE: tuple(sorted(closed))})
    following, before = shut.next_working_day(d, OFFICE), shut.previous_working_day(d, OFFICE)
    assert before <= d <= following
    assert shut.is_working_day(before, OFFICE)
    assert shut.is_working_day(following, OFFICE)
    assert shut.working_days_between(before, following, OFFICE) == (before != following)
    assert shut.is_closed(d, OFFICE) == (d in closed)


@UNHURRIED
@given(DAYS, PATTERNS)
def test_closures_move_no_period_no_notice_and_no_posting(d: date, pattern: tuple[bool, ...]) -> None:
    shut = BW.with_closures({OFFICE: tuple(sorted(closed_around(d, pattern)))})
    assert shut.shift_off_weekend(d) == BW.shift_off_weekend(d)
    assert shut.sending_before(d) == BW.sending_before(d)
    assert shut.sending_after(d) == BW.sending_after(d)
    assert shut.latest_notified(d, (3, 4)) == BW.latest_notified(d, (3, 4))


def test_months_are_counted_alike_on_every_last_day_of_a_month() -> None:
    for d in every_day():
        if (d + ONE).day == 1:
            for n in range(49):
                assert legal.add_months(d, n) == oracle.add_months(d, n), (d, n)
