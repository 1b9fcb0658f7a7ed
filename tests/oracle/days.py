"""Days as the oracle counts them: holidays of Baden-Württemberg, working days, months."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
ONE = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
MONTHS = 12
LONG_MONTHS = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def easter(year: int) -> date:
    """Easter Sunday after Gauss, in Lichtenberg's form without exceptions."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    age = (19 * (year % 19) + moon) % 30
    correction = (age + (year % 19) // 11) // 29
    limit = 21 + age - correction
    first_sunday = 7 - (year + year // 4 + sun) % 7
    march_day = limit + 7 - (limit - first_sunday) % 7
    return date(year, 3, 1) + timedelta(days=march_day - 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of Baden-Württemberg: twelve a year, and Reformation Day once, in 2017."""
    fixed = {date(year, m, d) for m, d in ((1, 1), (1, 6), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))}
    movable = {easter(year) + timedelta(days=n) for n in (-2, 1, 39, 50, 60)}
    once = {date(2017, 10, 31)} if year == 2017 else set()
    return frozenset(fixed | movable | once)


@cache
def is_working(day: date) -> bool:
    """Monday to Friday and no public holiday; 24 and 31 December are working days (A-01)."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def may_leave(day: date) -> bool:
    """A message may leave on a Saturday, but never on a Sunday or a public holiday (A-13)."""
    return day.weekday() != SUNDAY and day not in holidays(day.year)


def next_working(day: date) -> date:
    """The day itself, or the next working day after it (§ 26 (3) SGB X)."""
    while not is_working(day):
        day += ONE
    return day


def working_days_after(day: date, count: int) -> date:
    """The n-th working day after a day; the day itself is day 0 (A-01)."""
    while count:
        day += ONE
        count -= is_working(day)
    return day


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    if month in LONG_MONTHS:
        return LONG_MONTHS[month]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else 28


def add_months(day: date, months: int) -> date:
    """§ 188 (2), (3) BGB: the day of the same number, or the last of a month that is too short (A-04)."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def count(since: date, on: date, counts: Callable[[date], bool]) -> int:
    """How many days after `since`, up to and including `on`, count."""
    return sum(counts(since + timedelta(days=n)) for n in range(1, (on - since).days + 1))


def add_half_months(day: date, halves: int) -> date:
    """§ 189 (2) BGB: the whole months first, then fifteen days (A-03)."""
    return add_months(day, halves // 2) + timedelta(days=15 * (halves % 2))


def reach(since: date, on: date, number: int, counts: Callable[[date], bool]) -> bool:
    """True once so many days after `since`, up to and including `on`, count."""
    day = since
    while number > 0:
        if number > (on - day).days:
            return False
        day += ONE
        number -= counts(day)
    return on >= since


def instant(text: str) -> datetime:
    """An instant of a JSON document, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def berlin_day(text: str) -> date:
    """The Berlin date of an instant of a JSON document."""
    return instant(text).astimezone(BERLIN).date()


def berlin_hour(text: str) -> float:
    """The Berlin wall time of an instant, in hours."""
    local = instant(text).astimezone(BERLIN)
    return local.hour + local.minute / 60 + local.second / 3600


def day_of(text: str | None) -> date | None:
    """A date of a JSON document, or None."""
    return None if text is None else date.fromisoformat(text)
