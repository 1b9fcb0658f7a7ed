"""Days, working days, months and sending hours, against the texts and against the oracle's own counting."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    BERLIN,
    Calendar,
    add_half_months,
    add_months,
    at_berlin,
    berlin_day,
    half_months_since,
    months_since,
    sub_months,
)
from domain.errors import InvalidInput
from store import editions
from tests.oracle import days as oracle

BW, _ = editions.calendar()
DAYS = st.dates(date(2017, 1, 1), date(2045, 12, 31))
SHORT = st.integers(0, 260)
INSTANTS = st.datetimes(datetime(2017, 1, 1), datetime(2045, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ONE = timedelta(days=1)
CHECKS = """
2026-03-10 + 11.5 M = 2027-02-25
2027-03-10 - 15 d = 2027-02-23
2028-02-29 + 11 M = 2029-01-29
2027-01-31 - 3 d = 2027-01-28
hours 2027-03-27T09:00 .. 2027-03-28T09:00 = 23
hours 2027-03-28T09:00 .. 2027-03-29T09:00 = 24
hours 2027-10-30T09:00 .. 2027-10-31T09:00 = 25
""".strip().splitlines()


def day(text: str) -> date:
    return date.fromisoformat(text)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def computed(check: str) -> str:
    """What the calendar says to the left side of a check of the definitions."""
    if found := re.fullmatch(r"hours (\S+) \.\. (\S+) = \S+", check):
        start, end = (at_berlin(day(text[:10]), time.fromisoformat(text[11:])) for text in found.groups())
        return str(int((end - start) / timedelta(hours=1)))
    start_text, sign, number, unit = check.split(" = ", maxsplit=1)[0].split()
    if unit == "M":
        assert sign == "+", "months are only counted forward"
        return add_half_months(day(start_text), int(float(number) * 2)).isoformat()
    return (day(start_text) - timedelta(days=int(number))).isoformat()


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_line_of_the_definitions_holds(check: str) -> None:
    assert computed(check) == check.split(" = ")[1]


def test_the_published_calendar_agrees_with_easter_counted_by_the_oracle() -> None:
    assert set(BW.holidays) == {d for year in range(2015, 2051) for d in oracle.holidays(year)}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-01-06", "Heilige Drei Könige"),
        ("2026-06-04", "Fronleichnam"),
        ("2026-11-01", "Allerheiligen"),
        ("2017-10-31", "500 years of the Reformation"),
    ],
)
def test_baden_wuerttemberg_rests_on(text: str, why: str) -> None:
    assert BW.is_holiday(day(text)), why


def test_reformation_day_is_no_holiday_in_other_years() -> None:
    assert not any(BW.is_holiday(date(year, 10, 31)) for year in range(2018, 2051))


def test_christmas_eve_and_new_years_eve_are_working_days() -> None:
    assert BW.is_working_day(day("2026-12-24"))
    assert BW.is_working_day(day("2026-12-31"))


def test_a_closure_day_counts_only_for_the_office_that_is_named() -> None:
    shut = BW.with_closures({"off_ulm": (day("2026-12-24"),)})
    assert not shut.is_working_day(day("2026-12-24"), "off_ulm")
    assert shut.is_working_day(day("2026-12-24"), "off_other")
    assert shut.is_working_day(day("2026-12-24"))
    assert shut.next_working_day(day("2026-12-24")) == day("2026-12-24")
    assert BW.closures == {}


@given(DAYS)
def test_working_sending_and_next_days_agree_with_the_oracle(d: date) -> None:
    assert BW.is_working_day(d) == oracle.is_working(d)
    assert BW.is_sending_day(d) == oracle.may_leave(d)
    assert BW.next_working_day(d) == BW.shift_off_weekend(d) == oracle.next_working(d)


@given(DAYS, SHORT)
def test_the_nth_working_day_agrees_with_the_oracle(d: date, n: int) -> None:
    assert BW.add_working_days(d, n) == oracle.working_days_after(d, n)


@given(DAYS, st.integers(0, 800))
def test_counted_working_days_agree_with_counting_one_by_one(d: date, n: int) -> None:
    until = d + timedelta(days=n)
    assert BW.working_days_between(d, until) == oracle.count(d, until, oracle.is_working)


@given(DAYS, st.integers(1, 260))
def test_the_mark_of_n_working_days_is_reached_on_its_day_and_not_the_day_before(d: date, n: int) -> None:
    mark = BW.add_working_days(d, n)
    assert BW.working_days_between(d, mark) == n
    assert BW.working_days_between(d, mark - ONE) == n - 1


@given(DAYS, st.integers(1, 260))
def test_counting_back_is_counting_forward_read_the_other_way(d: date, n: int) -> None:
    back = BW.add_working_days(d, -n)
    assert BW.is_working_day(back)
    assert BW.working_days_between(back - ONE, d - ONE) == n


@given(DAYS)
def test_the_previous_working_day_is_the_last_one_not_after(d: date) -> None:
    found = BW.previous_working_day(d)
    assert found <= d
    assert BW.is_working_day(found)
    assert BW.working_days_between(found, d) == 0


def test_no_working_days_lie_between_a_day_and_an_earlier_one() -> None:
    assert BW.working_days_between(day("2026-11-20"), day("2026-11-02")) == 0


def test_three_working_days_over_easter() -> None:
    assert BW.add_working_days(day("2027-03-25"), 3) == day("2027-04-01")
    assert BW.add_working_days(day("2027-03-25"), 0) == day("2027-03-25")


@pytest.mark.parametrize(
    ("start", "months", "result"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-01-31", 2, "2027-03-31"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-15", 0, "2026-11-15"),
    ],
)
def test_a_missing_day_becomes_the_last_of_its_month_and_marks_are_never_chained(
    start: str, months: int, result: str
) -> None:
    assert add_months(day(start), months) == day(result)


@given(DAYS, st.integers(0, 72))
def test_months_agree_with_the_oracle(d: date, n: int) -> None:
    assert add_months(d, n) == oracle.add_months(d, n)


@given(DAYS, st.integers(0, 72))
def test_months_since_turns_over_exactly_on_the_mark(d: date, n: int) -> None:
    mark = add_months(d, n)
    assert months_since(d, mark) == n
    assert months_since(d, mark - ONE) == max(0, n - 1)


@pytest.mark.parametrize(
    ("end", "months", "result"),
    [
        ("2027-07-31", 5, "2027-02-28"),
        ("2028-07-31", 5, "2028-02-29"),
        ("2027-07-31", 4, "2027-03-31"),
        ("2027-07-31", 3, "2027-04-30"),
        ("2027-02-28", 5, "2026-09-28"),
        ("2027-01-15", 1, "2026-12-15"),
        ("2027-07-31", 0, "2027-07-31"),
    ],
)
def test_months_before_an_end_are_counted_back_from_it_and_a_missing_day_is_the_last_of_its_month(
    end: str, months: int, result: str
) -> None:
    assert sub_months(day(end), months) == day(result)


@given(DAYS, st.integers(0, 72))
def test_counted_back_and_forth_again_only_a_missing_day_is_lost(d: date, n: int) -> None:
    back = sub_months(d, n)
    assert (d.year - back.year) * 12 + d.month - back.month == n
    assert back.day == d.day or ((back + ONE).day == 1 and back.day < d.day)


@given(DAYS, st.integers(0, 144))
def test_half_months_since_turns_over_exactly_on_the_mark(d: date, halves: int) -> None:
    mark = add_half_months(d, halves)
    assert half_months_since(d, mark) == halves
    assert half_months_since(d, mark - ONE) == max(0, halves - 1)


@given(DAYS, st.integers(0, 2000))
def test_before_its_beginning_no_month_has_passed(d: date, earlier: int) -> None:
    assert months_since(d, d - timedelta(days=earlier)) == 0
    assert half_months_since(d, d - timedelta(days=earlier)) == 0


def test_months_are_never_counted_backwards() -> None:
    for count in (add_months, add_half_months, sub_months):
        with pytest.raises(InvalidInput, match="months_backwards"):
            count(day("2026-11-22"), -1)


def test_months_that_lead_out_of_the_calendar_are_refused() -> None:
    for count in (add_months, sub_months):
        with pytest.raises(InvalidInput, match="calendar_range"):
            count(day("2026-11-22"), 12 * 9999)


@given(DAYS, st.times())
def test_an_instant_made_for_a_day_lies_on_that_day(d: date, at: time) -> None:
    instant = at_berlin(d, at)
    assert instant.tzinfo is UTC
    assert berlin_day(instant) == d


@given(DAYS)
def test_days_have_24_hours_but_for_the_two_on_which_the_clocks_turn(d: date) -> None:
    hours = (at_berlin(d + ONE, time(9)) - at_berlin(d, time(9))) / timedelta(hours=1)
    turn = d + ONE
    last_sunday = turn.weekday() == 6 and turn.day >= 25
    expected = {3: 23, 10: 25}.get(turn.month, 24) if last_sunday else 24
    assert hours == expected


@pytest.mark.parametrize(
    ("utc", "berlin_date"),
    [
        ("2026-11-21T22:59:59", "2026-11-21"),
        ("2026-11-21T23:00:00", "2026-11-22"),
        ("2026-07-21T22:00:00", "2026-07-22"),
        ("2027-03-27T23:00:00", "2027-03-28"),
        ("2027-10-30T22:00:00", "2027-10-31"),
    ],
)
def test_a_berlin_day_begins_at_berlin_midnight(utc: str, berlin_date: str) -> None:
    assert berlin_day(datetime.fromisoformat(utc).replace(tzinfo=UTC)) == day(berlin_date)


def test_a_skipped_hour_moves_on_and_a_doubled_hour_is_the_first() -> None:
    assert at_berlin(day("2027-03-28"), time(2, 30)).astimezone(BERLIN).time() == time(3, 30)
    assert at_berlin(day("2027-10-31"), time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 22, 9)  # noqa: DTZ001
    for ask in (berlin_day, BW.next_sending):
        with pytest.raises(InvalidInput, match="naive_instant"):
            ask(naive)


@pytest.mark.parametrize(
    ("asked", "offset", "leaves"),
    [
        ("2026-11-20T07:59", 0, "2026-11-20T08:00"),
        ("2026-11-20T08:00", 0, "2026-11-20T08:00"),
        ("2026-11-20T17:59", 0, "2026-11-20T17:59"),
        ("2026-11-20T18:00", 0, "2026-11-21T08:00"),
        ("2026-11-21T19:00", 45, "2026-11-23T08:45"),
        ("2026-11-20T08:10", 45, "2026-11-20T08:45"),
        ("2026-11-20T09:10", 45, "2026-11-20T09:10"),
        ("2026-12-24T18:30", 0, "2026-12-28T08:00"),
        ("2027-03-27T20:00", 0, "2027-03-30T08:00"),
        ("2026-12-31T23:30", 0, "2027-01-02T08:00"),
    ],
)
def test_a_message_leaves_at(asked: str, offset: int, leaves: str) -> None:
    assert BW.next_sending(berlin(asked), offset) == berlin(leaves)


@given(INSTANTS, st.integers(0, 599))
def test_no_message_leaves_at_night_on_a_sunday_or_on_a_holiday(instant: datetime, offset: int) -> None:
    leaves = BW.next_sending(instant, offset)
    local = leaves.astimezone(BERLIN)
    assert leaves.tzinfo is UTC
    assert leaves >= instant
    assert time(8) <= local.time() < time(18)
    assert oracle.may_leave(local.date())
    assert BW.next_sending(leaves, offset) == leaves, "a permitted instant stays"


@given(INSTANTS)
def test_a_message_leaves_at_the_first_permitted_instant(instant: datetime) -> None:
    leaves = BW.next_sending(instant)
    between = instant
    while between < leaves:
        local = between.astimezone(BERLIN)
        assert not (time(8) <= local.time() < time(18) and oracle.may_leave(local.date()))
        between += timedelta(minutes=30)


@pytest.mark.parametrize("offset", [-1, 600])
def test_an_offset_outside_the_sending_window_is_refused(offset: int) -> None:
    with pytest.raises(InvalidInput, match="sending_offset"):
        BW.next_sending(berlin("2026-11-20T09:00"), offset)


@given(DAYS)
def test_notices_before_a_date_move_back_and_notices_after_it_move_on(d: date) -> None:
    before, after = BW.sending_before(d), BW.sending_after(d)
    assert before <= d <= after
    assert BW.is_sending_day(before)
    assert BW.is_sending_day(after)
    skipped = [before + n * ONE for n in range(1, (after - before).days)]
    assert not any(oracle.may_leave(each) for each in skipped if each != d)


def test_outside_the_calendar_nothing_is_guessed() -> None:
    late, early = day("2051-01-01"), day("2014-12-31")
    asks = (
        lambda: BW.is_working_day(late),
        lambda: BW.is_holiday(early),
        lambda: BW.is_sending_day(late),
        lambda: BW.next_working_day(day("2050-12-31")),
        lambda: BW.previous_working_day(day("2015-01-01")),
        lambda: BW.add_working_days(day("2050-12-30"), 5),
        lambda: BW.add_working_days(day("2015-01-02"), -5),
        lambda: BW.working_days_between(early, late),
        lambda: BW.sending_after(late),
    )
    for ask in asks:
        with pytest.raises(InvalidInput, match=r"calendar_range.*field=day.*last=2050-12-31"):
            ask()


def test_a_calendar_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="last lies before first"):
        Calendar(id="bw_x", first=day("2026-01-02"), last=day("2026-01-01"), holidays=())


def test_a_calendar_survives_a_trip_over_a_wire() -> None:
    assert Calendar.model_validate_json(BW.model_dump_json()) == BW
