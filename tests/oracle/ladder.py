"""How a rule rises: its stages, the clocks that raise them, and the one stage that acts on a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.oracle import days
from tests.oracle.states import by, by_yesterday

Facts = dict[str, Any]
Clock = Callable[[date, date, int], bool]
"""Since, on, n: have n units passed?"""


@dataclass(frozen=True)
class Stage:
    """One stage on the day that is looked at."""

    reached: Callable[[], bool]
    apart: Callable[[date], bool] | None = None
    """Whether the stage before, which acted on that day, is far enough away; None: this one stands alone."""
    speaks: bool = True
    """False holds the stage back without ending the episode."""


@dataclass(frozen=True)
class Ladder:
    """One rule for one subject on one day; `alive` is its cause."""

    rule: str
    subject: str
    episode: date
    alive: bool
    stages: tuple[Stage, ...]

    def speaks(self, stage: int) -> bool:
        """Whether nothing holds this stage back."""
        return self.stages[stage - 1].speaks


def acting(ladder: Ladder, facts: Facts, on: date) -> int:
    """The stage that acts, from 1, or 0: the lowest silent one that is reached, and one a day at most."""
    if not ladder.alive:
        return 0
    spoke = {
        s["stage"]: date.fromisoformat(s["on"])
        for s in facts.get("spoken", ())
        if (s["rule"], s["subject"], s["episode"])
        == (ladder.rule, ladder.subject, ladder.episode.isoformat())
    }
    if on in spoke.values() or _answered(ladder, facts, on, has_spoken=bool(spoke)):
        return 0
    for number, stage in enumerate(ladder.stages, 1):
        if number in spoke or not stage.speaks or not _follows(stage, spoke.get(number - 1)):
            continue
        if stage.reached():
            return number
    return 0


def _follows(stage: Stage, before: date | None) -> bool:
    return stage.apart is None or (before is not None and stage.apart(before))


def _answered(ladder: Ladder, facts: Facts, on: date, *, has_spoken: bool) -> bool:
    """A person answered this matter: silent up to the day named, or closed as long as the episode lasts."""
    return any(
        (by(matter.get("closed_on"), on) and has_spoken) or not by_yesterday(matter.get("silent_until"), on)
        for matter in facts.get("matters", ())
        if (matter["rule"], matter["subject"]) == (ladder.rule, ladder.subject)
        and date.fromisoformat(matter["episode"]) == ladder.episode
    )


# --- Clocks ----------------------------------------------------------------------------------------------


def calendar_days(since: date, on: date, number: int) -> bool:
    """Days; the day of the event is day 0."""
    return (on - since).days >= number


def working_days(since: date, on: date, number: int) -> bool:
    """Working days; the day of the event is day 0 (A-01)."""
    return days.reach(since, on, number, days.is_working)


def months(since: date, on: date, number: int) -> bool:
    """Months, counted forward from the event (A-04)."""
    return on >= days.add_months(since, number)


def half_months(since: date, on: date, number: int) -> bool:
    """Half months (A-03)."""
    return on >= days.add_half_months(since, number)


def counting(counts: Callable[[date], bool]) -> Clock:
    """A clock that stands still on days that do not count."""
    return lambda since, on, number: days.reach(since, on, number, counts)


# --- Stages ----------------------------------------------------------------------------------------------


def when(*, reached: bool, apart: Callable[[date], bool] | None = None, speaks: bool = True) -> Stage:
    """A stage of which it is known already whether it is reached."""
    return Stage(lambda: reached, apart, speaks)


def rising(
    clock: Clock, since: date, on: date, marks: Sequence[int], *, speaks: bool | Sequence[bool] = True
) -> tuple[Stage, ...]:
    """Each stage at its mark, and at its distance from the day on which the one before acted (A-06)."""
    may = [speaks] * len(marks) if isinstance(speaks, bool) else speaks

    def stage(at: int) -> Stage:
        far = (lambda acted: clock(acted, on, marks[at] - marks[at - 1])) if at else None
        return Stage(lambda: clock(since, on, marks[at]), far, speaks=may[at])

    return tuple(stage(at) for at in range(len(marks)))


def falling(end: date, on: date, marks: Sequence[int], *, speaks: bool = True) -> tuple[Stage, ...]:
    """Each stage so many days before an end, counted back from the raw day; in force after it, too."""

    def stage(at: int) -> Stage:
        far = (lambda acted: calendar_days(acted, on, marks[at - 1] - marks[at])) if at else None
        return Stage(lambda: on >= end - timedelta(days=marks[at]), far, speaks=speaks)

    return tuple(stage(at) for at in range(len(marks)))


def dated(
    clock: Clock, on: date, marks: Sequence[date], gaps: Sequence[int], *, speaks: bool = True
) -> tuple[Stage, ...]:
    """Each stage on a day that was worked out, with its distance on a clock of its own."""

    def stage(at: int) -> Stage:
        far = (lambda acted: clock(acted, on, gaps[at - 1])) if at else None
        return Stage(lambda: on >= marks[at], far, speaks=speaks)

    return tuple(stage(at) for at in range(len(marks)))
