"""Running cases that an office brings along: what a line of its list says, and when each is first looked at.

What was due before the day of the take-over speaks to nobody; every case is looked at once, and these first reviews
are spread so that none of them is lost in a heap.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from domain.calendar import Calendar
from domain.happened import JourneyStarted, KnownConsent, KnownValue
from domain.ids import Ags, Subject
from domain.model import Handed

REVIEWS_A_WEEK = 5
_WEEK = timedelta(days=7)


class Brought(Handed):
    """What a registration brings along when it takes over a case that was led before."""

    on: date
    first_review_on: date
    steps_before: tuple[Subject, ...] = ()
    known: tuple[KnownValue, ...] = ()
    consents: tuple[KnownConsent, ...] = ()
    last_contact_on: date | None = None
    of_age_on: date | None = None

    def told_by(self, started: JourneyStarted) -> JourneyStarted:
        """The first event of the journey with all of it."""
        mine = {name: getattr(self, name) for name in Brought.model_fields if name != "on"}
        return started.model_copy(update={"taken_over_on": self.on, **mine})


@dataclass(frozen=True)
class Running:
    """One running case as its line says it; what names the person is never shown by `repr`."""

    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    language: str
    interpreter: Literal["needed", "not_needed"]
    reading: Literal["reads", "does_not_read"]
    ags: Ags
    t0: date
    term_months: int
    case_worker: str
    substitute: str | None = None
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    of_age_on: date | None = None
    steps: tuple[Subject, ...] = ()
    known: tuple[KnownValue, ...] = ()
    consents: tuple[KnownConsent, ...] = ()
    last_contact_on: date | None = None
    no_double: bool = False

    def brought(self, on: date, first_review_on: date) -> Brought:
        """What the registration of this case brings along."""
        return Brought(
            on=on,
            first_review_on=first_review_on,
            steps_before=self.steps,
            known=self.known,
            consents=self.consents,
            last_contact_on=self.last_contact_on,
            of_age_on=self.of_age_on,
        )


def first_reviews(
    case_workers: Sequence[str],
    planned: Mapping[str, Collection[date]],
    *,
    taken_over_on: date,
    calendar: Calendar,
    office: str,
) -> tuple[date, ...]:
    """A day of the first review for each case, in the order of the cases, from the next week on.

    Each case worker has at most one a working day, and so at most five a week; `planned` are the days that earlier
    take-overs have used. Where the office is closed, nobody is expected to review anything.
    """
    monday = taken_over_on - timedelta(days=taken_over_on.weekday()) + _WEEK
    used = {who: set(days) for who, days in planned.items()}
    next_day: dict[str, date] = {}
    found = []
    for who in case_workers:
        day = calendar.next_working_day(next_day.get(who, monday), office)
        while day in used.setdefault(who, set()):
            day = calendar.add_working_days(day, 1, office)
        used[who].add(day)
        next_day[who] = day
        found.append(day)
    return tuple(found)
