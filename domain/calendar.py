"""Days, working days, months and sending hours: the one place that knows how time is counted.

Days are Europe/Berlin dates, instants are aware and leave in UTC.
The day of an event is day 0 (§ 187 (1) BGB).
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, model_validator

from domain.errors import InvalidInput
from domain.ids import Code
from domain.model import Wire

BERLIN = ZoneInfo("Europe/Berlin")
SENDING_OPENS = time(8)
SENDING_CLOSES = time(18)
HALF_MONTH_DAYS = 15
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

    _origin: int = PrivateAttr(default=0)
    _free: frozenset[date] = PrivateAttr(default=frozenset())
    _upto: list[int] = PrivateAttr(default_factory=list)
    _working: list[int] = PrivateAttr(default_factory=list)

    @model_validator(mode="after")
    def _build(self) -> "Calendar":
        if self.last < self.first:
            raise ValueError("last lies before first")
        self._origin = self.first.toordinal()
        self._free = frozenset(self.holidays)
        size = self.last.toordinal() - self._origin + 1
        days = [date.fromordinal(self._origin + i) for i in range(size)]
        flags = [day.weekday() < _SATURDAY and day not in self._free for day in days]
        self._upto = list(accumulate(map(int, flags)))
        self._working = [day.toordinal() for day, flag in zip(days, flags, strict=True) if flag]
        return self

    def with_closures(self, closures: dict[str, tuple[date, ...]]) -> "Calendar":
        """The same calendar with these closure days of offices."""
        return Calendar(
            id=self.id, first=self.first, last=self.last, holidays=self.holidays, closures=closures
        )

    def is_holiday(self, day: date) -> bool:
        """True on a public holiday of Baden-Württemberg (§ 1 FTG BW)."""
        self._index(day)
        return day in self._free

    def is_working_day(self, day: date, office: str | None = None) -> bool:
        """Monday to Friday without holidays (§ 26 (3) SGB X), and not on closure days of a named office."""
        self._index(day)
        if day.weekday() >= _SATURDAY or day in self._free:
            return False
        return office is None or day not in self.closures.get(office, ())

    def next_working_day(self, day: date) -> date:
        """The day itself if it is a working day, else the next one (§ 193 BGB, § 26 (3) SGB X)."""
        if self.is_working_day(day):
            return day
        return self._nth(self._upto[self._index(day)], day)

    def previous_working_day(self, day: date) -> date:
        """The day itself if it is a working day, else the one before: warnings move earlier (A-29)."""
        return self._nth(self._upto[self._index(day)] - 1, day)

    def shift_off_weekend(self, day: date) -> date:
        """The end of a period as it stands: off Saturday, Sunday, holiday (§ 26 (3) SGB X, § 193 BGB).

        For what a participant owes. Appointments and what the office owes never move (§ 26 (5) SGB X; A-12).
        """
        return self.next_working_day(day)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it if n < 0; n = 0 is `day` (§ 187 (1) BGB; A-01)."""
        before = self._upto[self._index(day)]
        if n == 0:
            return day
        if n > 0:
            return self._nth(before + n - 1, day)
        return self._nth(before - int(self.is_working_day(day)) + n, day)

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie in (after, until] (§§ 187 (1), 188 (1) BGB); at least 0."""
        return max(0, self._upto[self._index(until)] - self._upto[self._index(after)])

    def is_sending_day(self, day: date) -> bool:
        """True unless it is a Sunday or a public holiday: rest days of § 1 FTG BW and Art. 140 GG (A-13)."""
        self._index(day)
        return day.weekday() != _SUNDAY and day not in self._free

    def sending_before(self, day: date) -> date:
        """The last sending day not after `day`: a notice before a date moves back (A-13, A-29)."""
        while not self.is_sending_day(day):
            day -= _ONE_DAY
        return day

    def sending_after(self, day: date) -> date:
        """The first sending day not before `day`: what follows a decision leaves on it (A-13)."""
        while not self.is_sending_day(day):
            day += _ONE_DAY
        return day

    def next_sending(self, instant: datetime, offset_minutes: int = 0) -> datetime:
        """The first instant from `instant` on at which a message may leave: 8 to 18 h, sending day (A-13).

        The offset opens the window later, so that not every journey speaks at 8:00; 18:00 itself is shut.
        """
        if not 0 <= offset_minutes < _WINDOW_MINUTES:
            raise InvalidInput("sending_offset", field="offset_minutes", remedy="between 0 and 599")
        local = _require_aware(instant).astimezone(BERLIN)
        day = local.date() if local.time() < SENDING_CLOSES else local.date() + _ONE_DAY
        day = self.sending_after(day)
        opens = at_berlin(day, SENDING_OPENS) + timedelta(minutes=offset_minutes)
        return max(opens, local.astimezone(UTC))

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._origin
        if not 0 <= index < len(self._upto):
            self._out_of_range(day)
        return index

    def _nth(self, position: int, asked: date) -> date:
        if not 0 <= position < len(self._working):
            self._out_of_range(asked)
        return date.fromordinal(self._working[position])

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
