"""Days, working days, months, posting and sending hours: the one place that knows how time is counted.

Days are Europe/Berlin dates, instants are aware and leave in UTC.
The day of an event is day 0 (§ 187 (1) BGB).
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from domain.errors import InvalidInput
from domain.ids import Code
from domain.model import Wire

BERLIN = ZoneInfo("Europe/Berlin")
SENDING_OPENS = time(8)
SENDING_CLOSES = time(18)
HALF_MONTH_DAYS = 15
PUBLISHED = ""  # the key of the working days without any closure
_ONE_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
_WINDOW_MINUTES = (SENDING_CLOSES.hour - SENDING_OPENS.hour) * 60


def _require_aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise InvalidInput("naive_instant", field="instant", remedy="hand in an instant with a time zone")
    return instant


def berlin_day(instant: datetime) -> date:
    """The Berlin date of an instant: the day that § 187 (1) BGB counts from."""
    return _require_aware(instant).astimezone(BERLIN).date()


def at_berlin(day: date, at: time) -> datetime:
    """The UTC instant at which Berlin clocks show this time (§ 4 EinhZeitG, SoZV: summer time).

    A time that occurs twice in October is its first occurrence; one that is skipped in March moves on by the
    hour that the clocks jump.
    """
    return datetime.combine(day, at.replace(tzinfo=None), tzinfo=BERLIN).astimezone(UTC)


def add_months(day: date, n: int) -> date:
    """The day n months after `day`; a missing day becomes the last of its month (§ 188 (2), (3) BGB)."""
    if n < 0:
        raise InvalidInput("months_backwards", field="n", remedy="count months forward from the event (A-04)")
    return _same_day_of_month(day, n)


def sub_months(day: date, n: int) -> date:
    """The day n months before an end; a missing day becomes the last of its month (§ 188 (3) BGB)."""
    if n < 0:
        raise InvalidInput("months_backwards", field="n", remedy="name how many months before the end")
    return _same_day_of_month(day, -n)


def _same_day_of_month(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise InvalidInput("calendar_range", field="n", day=day.isoformat(), months=str(months))
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_half_months(day: date, halves: int) -> date:
    """The day `halves` half months after `day`: whole months first, then 15 days (§ 189 (2) BGB)."""
    whole = add_months(day, halves // 2 if halves >= 0 else -1)
    return whole + timedelta(days=HALF_MONTH_DAYS) if halves % 2 else whole


def months_since(start: date, day: date) -> int:
    """The largest n such that n months after `start` are reached by `day` (§ 188 (2), (3) BGB), or 0."""
    span = (day.year - start.year) * 12 + day.month - start.month
    if span <= 0:
        return 0
    return span if add_months(start, span) <= day else span - 1


def half_months_since(start: date, day: date) -> int:
    """The most half months after `start` that are reached on `day` (§§ 188, 189 (2) BGB); at least 0."""
    halves = 2 * months_since(start, day)
    return halves + 1 if add_half_months(start, halves + 1) <= day else halves


class Law(StrEnum):
    """The procedural laws whose posting fictions concern letters to participants (A-27)."""

    SGB_X = "sgb_x"
    VWVFG = "vwvfg"
    LVWVFG = "lvwvfg"


class ClosureReason(StrEnum):
    """Why an office is closed on a day that is a working day elsewhere."""

    HOLIDAYS = "holidays"
    TRAINING = "training"
    STAFF_MEETING = "staff_meeting"
    LOCAL_CUSTOM = "local_custom"
    BUILDING = "building"
    EMERGENCY = "emergency"


_THREE_DAYS, _FOUR_DAYS = 3, 4
_POSTMODG = date(2025, 1, 1)
_FICTIONS = {
    Law.SGB_X: ((date.min, _THREE_DAYS), (_POSTMODG, _FOUR_DAYS)),
    Law.VWVFG: ((date.min, _THREE_DAYS), (_POSTMODG, _FOUR_DAYS)),
    # The Land's own law was not seen to follow (definitions.md section 3, no. 3).
    Law.LVWVFG: ((date.min, _THREE_DAYS),),
}


def fiction_days(law: Law, posted: date) -> int:
    """How many days after posting a letter counts as notified (§ 37 (2) SGB X, § 41 (2) VwVfG, LVwVfG).

    The third day for what was posted until 31 December 2024, the fourth from 1 January 2025 (PostModG);
    the day of posting decides which law applies (A-25).
    """
    return next(days for since, days in reversed(_FICTIONS[law]) if since <= posted)


def earliest_notified(posted: date, fictions: Collection[int]) -> date:
    """The first day on which a posted letter can count as notified (§ 37 (2) SGB X, § 41 (2) VwVfG).

    Warnings count from it (A-27): the shortest of the fictions in doubt, and no weekend moves it.
    """
    return posted + timedelta(days=min(fictions))


class _Count(NamedTuple):
    """Working days counted once: how many there are up to each day of the range, and which they are."""

    upto: list[int]
    days: list[int]

    @classmethod
    def of(cls, days: Iterable[date], free: Collection[date]) -> "_Count":
        """Count Monday to Friday without the free days."""
        flags = [(day.toordinal(), day.weekday() < _SATURDAY and day not in free) for day in days]
        return cls(list(accumulate(int(works) for _, works in flags)), [n for n, works in flags if works])


class Calendar(Wire):
    """The public holidays of a range of days, and the closure days of offices.

    A working day (AT) is Monday to Friday without the public holidays of Baden-Württemberg (§ 1 FTG BW);
    24 and 31 December count. Closure days count only where an office is named.
    Outside the range nothing is guessed.
    """

    id: Code
    first: date
    last: date
    holidays: tuple[date, ...]
    closures: dict[str, tuple[date, ...]] = Field(default_factory=dict)
    names: dict[date, str] = Field(default_factory=dict)
    source: str = Field(default="", description="package and version that the holidays came from")

    _origin: int = PrivateAttr(default=0)
    _free: frozenset[date] = PrivateAttr(default=frozenset())
    _counts: dict[str, _Count] = PrivateAttr(default_factory=dict)

    @field_validator("last")
    @classmethod
    def _after_first(cls, last: date, known: ValidationInfo) -> date:
        if last < known.data.get("first", last):
            raise ValueError("last lies before first")
        return last

    @field_validator("holidays")
    @classmethod
    def _in_order(cls, holidays: tuple[date, ...], known: ValidationInfo) -> tuple[date, ...]:
        if list(holidays) != sorted(set(holidays)):
            raise ValueError("the days must stand in order, each once")
        first, last = known.data.get("first", date.min), known.data.get("last", date.max)
        if holidays and not first <= holidays[0] <= holidays[-1] <= last:
            raise ValueError("a day lies outside of first and last")
        return holidays

    @model_validator(mode="after")
    def _build(self) -> "Calendar":
        self._origin = self.first.toordinal()
        self._free = frozenset(self.holidays)
        days = [date.fromordinal(n) for n in range(self._origin, self.last.toordinal() + 1)]
        closed = {PUBLISHED: frozenset[date](), **{o: frozenset(d) for o, d in self.closures.items()}}
        self._counts = {office: _Count.of(days, self._free | off) for office, off in closed.items()}
        return self

    def with_closures(self, closures: dict[str, tuple[date, ...]]) -> "Calendar":
        """The same calendar with these closure days; they are no holidays and move no period (§ 26 (3) SGB X)."""
        fields = {name: getattr(self, name) for name in Calendar.model_fields}
        return Calendar(**{**fields, "closures": closures})

    def is_holiday(self, day: date) -> bool:
        """True on a public holiday of Baden-Württemberg (§ 1 FTG BW)."""
        self._index(day)
        return day in self._free

    def is_closed(self, day: date, office: str) -> bool:
        """True on a closure day of this office, which is no public holiday (§ 1 FTG BW)."""
        self._index(day)
        return day in self.closures.get(office, ())

    def is_working_day(self, day: date, office: str | None = None) -> bool:
        """Monday to Friday without holidays (§ 26 (3) SGB X), and not on closure days of a named office."""
        self._index(day)
        if day.weekday() >= _SATURDAY or day in self._free:
            return False
        return office is None or day not in self.closures.get(office, ())

    def next_working_day(self, day: date, office: str | None = None) -> date:
        """The day itself if it is a working day, else the next one (§ 193 BGB, § 26 (3) SGB X)."""
        if self.is_working_day(day, office):
            return day
        return self._nth(self._count(office).upto[self._index(day)], day, office)

    def previous_working_day(self, day: date, office: str | None = None) -> date:
        """The day itself if it is a working day, else the one before: § 193 BGB does not help warnings (A-29)."""
        return self._nth(self._count(office).upto[self._index(day)] - 1, day, office)

    def shift_off_weekend(self, day: date) -> date:
        """The end of a period as it stands: off Saturday, Sunday, holiday (§ 26 (3) SGB X, § 193 BGB).

        For what a participant owes. Appointments and what the office owes never move (§ 26 (5) SGB X; A-12).
        """
        return self.next_working_day(day)

    def latest_notified(self, posted: date, fictions: Collection[int]) -> date:
        """The last day on which a posted letter can count as notified (§ 37 (2), § 26 (3) SGB X; A-27).

        Only after it is anybody late: the longest of the fictions in doubt, moved off a weekend or holiday.
        """
        return self.shift_off_weekend(posted + timedelta(days=max(fictions)))

    def add_working_days(self, day: date, n: int, office: str | None = None) -> date:
        """The n-th working day after `day`, before it if n < 0; n = 0 is `day` (§ 187 (1) BGB; A-01).

        With an office, the days on which it is closed do not count: only for what the office itself must do.
        """
        before = self._count(office).upto[self._index(day)]
        if n == 0:
            return day
        if n > 0:
            return self._nth(before + n - 1, day, office)
        return self._nth(before - int(self.is_working_day(day, office)) + n, day, office)

    def working_days_between(self, after: date, until: date, office: str | None = None) -> int:
        """How many working days lie in (after, until] (§§ 187 (1), 188 (1) BGB); at least 0."""
        upto = self._count(office).upto
        return max(0, upto[self._index(until)] - upto[self._index(after)])

    def is_sending_day(self, day: date) -> bool:
        """True unless it is a Sunday or a public holiday: rest days of § 1 FTG BW and Art. 140 GG (A-13)."""
        self._index(day)
        return day.weekday() != _SUNDAY and day not in self._free

    def sending_before(self, day: date) -> date:
        """The last sending day not after `day`: a notice before a date moves back (§ 1 FTG BW; A-13, A-29)."""
        while not self.is_sending_day(day):
            day -= _ONE_DAY
        return day

    def sending_after(self, day: date) -> date:
        """The first sending day not before `day`: what follows a decision leaves on it (§ 1 FTG BW; A-13)."""
        while not self.is_sending_day(day):
            day += _ONE_DAY
        return day

    def next_sending(self, instant: datetime, offset_minutes: int = 0) -> datetime:
        """The first instant from `instant` on at which a message may leave: 8 to 18 h, no rest day (§ 1 FTG BW; A-13).

        The offset opens the window later, so that not every journey speaks at 8:00; 18:00 itself is shut.
        """
        if not 0 <= offset_minutes < _WINDOW_MINUTES:
            raise InvalidInput("sending_offset", field="offset_minutes", remedy="between 0 and 599")
        local = _require_aware(instant).astimezone(BERLIN)
        day = local.date() if local.time() < SENDING_CLOSES else local.date() + _ONE_DAY
        day = self.sending_after(day)
        opens = at_berlin(day, SENDING_OPENS) + timedelta(minutes=offset_minutes)
        return max(opens, local.astimezone(UTC))

    def _count(self, office: str | None) -> _Count:
        return self._counts.get(office or PUBLISHED) or self._counts[PUBLISHED]

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._origin
        if not 0 <= index < len(self._counts[PUBLISHED].upto):
            self._out_of_range(day)
        return index

    def _nth(self, position: int, asked: date, office: str | None) -> date:
        days = self._count(office).days
        if not 0 <= position < len(days):
            self._out_of_range(asked)
        return date.fromordinal(days[position])

    def _out_of_range(self, day: date) -> None:
        raise InvalidInput(
            "calendar_range",
            field="day",
            day=day.isoformat(),
            calendar=self.id,
            first=self.first.isoformat(),
            last=self.last.isoformat(),
            remedy="publish a calendar that covers this day",
        )
