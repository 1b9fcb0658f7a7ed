"""A life's agenda: what people mean to do and when, one thing at a time, at whole minutes of office hours."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count

from domain.calendar import Calendar, at_berlin
from domain.commands import Body
from domain.facts import CaseFacts
from store.queries import View

# After ten, so that no act falls on the minute in which the journey itself looks at the day (8:00 to 9:59).
FIRST_MINUTE = time(10, 30)
GAP = timedelta(minutes=11)


@dataclass(frozen=True)
class Scene:
    """What somebody who acts sees: the day, and the journey as the read model has it."""

    now: datetime
    day: date
    view: View

    @property
    def facts(self) -> CaseFacts:
        """What was recorded."""
        return self.view.facts


@dataclass(frozen=True)
class Deed:
    """A command, the role in which it is given, and the role of the second person who agrees, if any."""

    body: Body
    role: str = "case_worker"
    approved_by: str | None = None


Act = Callable[[Scene], Deed | None]


@dataclass
class Agenda:
    """Acts in order of time. Two acts never share an instant, so that the order of their events is certain."""

    calendar: Calendar
    now: datetime
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _taken: set[datetime] = field(default_factory=set)
    _numbers: "count[int]" = field(default_factory=count)

    def plan(self, day: date, act: Act, *, at: time = FIRST_MINUTE) -> None:
        """Have `act` happen on the next working day from `day` on, at or soon after a time."""
        instant = at_berlin(self.calendar.next_working_day(day), at)
        while instant < self.now + GAP or any(abs(instant - other) < GAP for other in self._taken):
            instant = max(instant, self.now) + GAP
        self._taken.add(instant)
        heappush(self._acts, (instant, next(self._numbers), act))

    def working_days_later(self, day: date, n: int, act: Act) -> None:
        """Have `act` happen n working days after a day."""
        self.plan(self.calendar.add_working_days(day, n), act)

    def next_at(self) -> datetime | None:
        """When the next act is due."""
        return self._acts[0][0] if self._acts else None

    def pop(self) -> Act:
        """Take the next act; from now on it is that late."""
        self.now, _, act = heappop(self._acts)
        self._taken.discard(self.now)
        return act

    def clear(self) -> None:
        """Nothing is meant any more."""
        self._acts.clear()
        self._taken.clear()
