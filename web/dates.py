"""Days and instants as people read and write them; Berlin time throughout."""

from datetime import date, datetime, time, timedelta

from domain.calendar import BERLIN, at_berlin, berlin_day
from domain.errors import InvalidInput
from web.words import Lang

WEEKDAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def day_text(day: date | None) -> str:
    """A day as DD.MM.YYYY; a dash for none."""
    return day.strftime("%d.%m.%Y") if day else "–"


def weekday(day: date, lang: Lang) -> str:
    """The short name of the day of the week."""
    return WEEKDAYS[lang][day.weekday()]


def instant_text(instant: datetime | None) -> str:
    """An instant as Berlin date and time; a dash for none."""
    return instant.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M") if instant else "–"


def today(now: datetime) -> date:
    """The Berlin date of the business instant."""
    return berlin_day(now)


def read_day(text: str, field: str) -> date:
    """A day as typed: 2026-12-07 from a date field, or 07.12.2026 by hand.

    Raises:
        InvalidInput: `not_a_day`, naming the field.
    """
    plain = text.strip()
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    raise InvalidInput("not_a_day", field=field)


def read_instant(day: str, clock: str, field: str) -> datetime:
    """A Berlin day and time as typed, as the UTC instant.

    Raises:
        InvalidInput: `not_a_day` or `not_a_time`, naming the field.
    """
    on = read_day(day, field)
    try:
        return at_berlin(on, time.fromisoformat(clock.strip()))
    except ValueError:
        raise InvalidInput("not_a_time", field=field) from None


def days_between(earlier: date, later: date) -> int:
    """Whole days from one day to another; negative when it lies before."""
    return (later - earlier) // timedelta(days=1)
