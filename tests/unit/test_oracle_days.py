"""The oracle's own days, against dates that the law and the calendar give."""

from datetime import date

import pytest

from tests.oracle import days


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2017, (4, 16)), (2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))],
)
def test_easter_falls_on_its_known_sunday(year: int, sunday: tuple[int, int]) -> None:
    assert days.easter(year) == date(year, *sunday)


def test_baden_wuerttemberg_has_twelve_holidays_and_thirteen_in_2017() -> None:
    assert {len(days.holidays(year)) for year in range(2018, 2045)} == {12}
    assert date(2017, 10, 31) in days.holidays(2017)
    assert date(2026, 6, 4) in days.holidays(2026), "Corpus Christi"


def test_christmas_eve_and_new_years_eve_are_working_days() -> None:
    assert days.is_working(date(2026, 12, 24))
    assert days.is_working(date(2026, 12, 31))
    assert not days.is_working(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 11, date(2029, 1, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
    ],
)
def test_a_month_ends_on_the_day_of_the_same_number_or_on_the_last(
    day: date, months: int, result: date
) -> None:
    assert days.add_months(day, months) == result


def test_the_fifth_working_day_after_maundy_thursday_skips_easter() -> None:
    assert days.working_days_after(date(2027, 3, 25), 5) == date(2027, 4, 5)


def test_a_message_may_leave_on_a_saturday_but_not_on_a_sunday_or_holiday() -> None:
    assert days.may_leave(date(2027, 1, 9))
    assert not days.may_leave(date(2027, 1, 10))
    assert not days.may_leave(date(2027, 1, 6))
