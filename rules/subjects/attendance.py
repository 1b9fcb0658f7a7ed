"""Subjects of attending a course: days without a reason, illness without a certificate, the share of absence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from domain.facts import CaseFacts
from rules.subjects.clocks import counting_working_days
from rules.subjects.course_weeks import ILL, NO_REASON, UNEXCUSED, clusters, course_days, most_within, runs
from rules.subjects.fields import Field, Kind, Reading, Subject, count, flag, subject, working_days

_PERCENT = 100
_ONE_DAY = timedelta(days=1)


def absences(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each cluster of course days without a reported reason (MIT-03, A-15)."""
    course = course_days(reading.facts, reading.on, NO_REASON)
    days = [day for day, letter in course if letter == NO_REASON]
    for cluster in clusters(days, reading.bounds["MIT-03.window"]):
        yield _absence(reading, cluster)


def _absence(reading: Reading[CaseFacts], cluster: list[date]) -> Subject:
    """A cluster with its days until today; those to come are only announced."""
    past = [day for day in cluster if day <= reading.on]
    most = most_within(past, reading.bounds["MIT-03.window"])
    ref = _dated("absences", cluster[0])
    return subject(
        "absences",
        _ABSENCES,
        ref,
        cluster[0],
        counting(reading, ref),
        turns=tuple(cluster[len(past) :]),
        settled=most < reading.bounds["MIT-03.ask"] or _talked_since(reading, past[-1]),
        most_without_reason=most,
    )


def _talked_since(reading: Reading[CaseFacts], day: date) -> bool:
    talk = reading.facts.value_since("absence_talk", reading.on)
    return talk is not None and talk >= day


def spells(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each spell of illness that is long enough for a certificate (MIT-04)."""
    found = runs(course_days(reading.facts, reading.on, ILL), ILL)
    for spell, following in zip_longest(found, found[1:]):
        if len(spell) >= reading.bounds["MIT-04.course_day"]:
            yield _spell(reading, spell, following[0] if following else date.max)


def _spell(reading: Reading[CaseFacts], spell: list[date], before: date) -> Subject:
    on, ref = reading.on, _dated("spell", spell[0])
    needed_from = spell[reading.bounds["MIT-04.course_day"] - 1]
    clock = counting(reading, ref)
    return subject(
        "spell",
        _SPELL,
        ref,
        spell[0],
        clock,
        turns=tuple(day for day in spell if day > on),
        certificate_due=needed_from <= on and not _shown(reading, spell[0], before),
        net_working_days=clock(needed_from),
    )


def _shown(reading: Reading[CaseFacts], first: date, before: date) -> bool:
    """True if a certificate was shown in the spell or after it, before the next spell began."""
    return any(
        v.code == "certificate_shown" and not v.superseded and first <= v.valid_from < before
        for v in reading.facts.values
        if v.valid_from <= reading.on
    )


@dataclass(slots=True)
class _Sliding:
    """How many of sorted days lie in a window that only ever moves on."""

    days: Sequence[date]
    left: int = 0
    come: int = 0

    def within(self, first: date, last: date) -> int:
        """The number of days from `first` to `last`, neither of them before the ones asked for last time."""
        days, size = self.days, len(self.days)
        while self.come < size and days[self.come] <= last:
            self.come += 1
        while self.left < self.come and days[self.left] < first:
            self.left += 1
        return self.come - self.left


def _shares(
    held: Sequence[date], unexcused: Sequence[date], window: int, base: int
) -> list[tuple[date, int]]:
    """Each day on which a course day comes or leaves, with the whole percent of the window that ends with it.

    Before the first unexcused day that counts and after the last one left the share is 0, as it is below the base.
    """
    reach, end = timedelta(days=window), unexcused[-1] + timedelta(days=window)
    turning = {*held, *(day + reach for day in held)}
    of_held, of_unexcused = _Sliding(held), _Sliding(unexcused)
    found = []
    for day in sorted(day for day in turning if unexcused[0] <= day < end):
        first = day - reach + _ONE_DAY
        total, counted = of_held.within(first, day), of_unexcused.within(first, day)
        found.append((day, counted * _PERCENT // total if total >= base else 0))
    return found


def absence_share(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The share of absences that a person confirmed as unexcused, since the last talk about them (MIT-05).

    The highest one counts: what no talk has settled stays (A-05). Days that leave the window may raise it.
    """
    facts, on = reading.facts, reading.on
    course = course_days(facts, on, UNEXCUSED)
    talk = facts.value_since("absence_talk", on) or date.min
    unexcused = [day for day, letter in course if letter == UNEXCUSED and day > talk]
    if not unexcused:
        return
    held = [day for day, _ in course]
    shares = _shares(held, unexcused, reading.bounds["MIT-05.window"], reading.bounds["MIT-05.base"])
    highest = max((share for day, share in shares if day <= on), default=0)
    rising = {day for day, share in shares if day > on and share > highest}
    yield subject(
        "absence_share",
        _ABSENCE_SHARE,
        "absence_share",
        unexcused[0],
        counting(reading, "absence_share"),
        turns=tuple(sorted({day for day in held if day > on} | rising)),
        highest_share=highest,
    )


def counting(reading: Reading[CaseFacts], ref: str) -> Callable[[date], int]:
    """The clock of a demand: working days until today that count against the person (A-09)."""

    def clock(since: date) -> int:
        return counting_working_days(reading.facts, reading.calendar, reading.ask, ref, (since, reading.on))

    return clock


def _dated(kind: str, day: date) -> str:
    """What names one of several by its first day."""
    return f"{kind}/{day.isoformat().replace('-', '_')}"


_ABSENCES: tuple[Field, ...] = (
    flag(
        "settled",
        "the causes were talked about since, or too few days without a reason are left",
        "über die Gründe wurde gesprochen, oder es sind nicht genug Tage ohne Grund",
    ),
    count(
        "most_without_reason",
        "the most course days without a reported reason within the window (A-14, A-15)",
        "höchste Zahl von Kurstagen ohne gemeldeten Grund im Zeitraum",
    ),
)
_SPELL: tuple[Field, ...] = (
    flag(
        "certificate_due",
        "the illness has lasted until the course day of the certificate, and none was shown",
        "die Krankheit dauert bis zum Kurstag des Attests, und es wurde keines vorgelegt",
    ),
    working_days(
        "net_working_days",
        "working days since that course day that count",
        "anrechenbare Arbeitstage seit diesem Kurstag",
    ),
)
_ABSENCE_SHARE: tuple[Field, ...] = (
    Field(
        "highest_share",
        "%",
        0,
        _PERCENT,
        "the highest share of unexcused course days in a window since the last talk about causes (A-15)",
        "höchster Anteil unentschuldigter Kurstage seit dem letzten Gespräch über die Gründe",
    ),
)
KINDS: tuple[Kind[CaseFacts], ...] = (
    Kind("absences", "AT", _ABSENCES, absences),
    Kind("spell", "AT", _SPELL, spells),
    Kind("absence_share", "AT", _ABSENCE_SHARE, absence_share),
)
