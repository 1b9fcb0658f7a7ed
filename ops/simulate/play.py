"""What all parts of one life share: the ways of its people, its chances, its agenda and its ids."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from domain.facts import CaseFacts
from domain.ids import derived_id
from ops.simulate.agenda import Agenda
from ops.simulate.chance import Chance
from ops.simulate.mix import Life


@dataclass
class Play:
    """One life as it is played."""

    journey: str
    t0: date
    life: Life
    chance: Chance
    agenda: Agenda
    silent_from: date | None = None
    stand_in: str | None = None
    _numbers: "count[int]" = field(default_factory=count)

    def new_id(self, kind: str) -> str:
        """An id that this life draws again on every run."""
        return derived_id(kind, "simulated", self.journey, str(next(self._numbers)))

    def office_late(self) -> int:
        """By how many working days the office is late this time."""
        return self.chance.between(self.life.office.late)

    def silent(self, day: date) -> bool:
        """True once the person has fallen silent."""
        return self.silent_from is not None and day >= self.silent_from

    def comes(self, day: date) -> bool:
        """True if the person comes to an appointment on this day."""
        return self.chance.happens(self.life.person.keeps) and not self.silent(day)


def busy(facts: CaseFacts, day: date) -> bool:
    """True while somebody would do casework: the journey is open and not paused."""
    return facts.closed_on is None and not facts.paused(day)


def days(n: int) -> timedelta:
    """A span of n days."""
    return timedelta(days=n)
