"""Which days need looking at: between two of them nothing can act, so foresight may pass over them.

Every counted field grows by at most one a day; all else changes only on a day that stands in the facts.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from domain.calendar import add_months, berlin_day
from domain.codes import FACT_CODES
from domain.facts import CaseFacts
from domain.model import Wire
from rules.ladder import Memory, Weighed, distance_left, may_speak
from rules.plain import all_hold
from rules.subjects import FIELDS, AnyFacts

_ONE_DAY = timedelta(days=1)
_SHORTEST_MONTH = 28
_NEVER = 10**6
_SHORTEST_HALF_MONTH = 13
_DAY_CODES = frozenset(code.code for code in FACT_CODES.values() if code.is_day)
_READ = (
    "consents",
    "appointments",
    "talks",
    "steps",
    "values",
    "contacts",
    "excuses",
    "commitments",
    "pauses",
    "matters",
    "posts",
    "absences",
    "validities",
    "retentions",
    "reports",
)


class TurningDays:
    """The days in the facts on which something may turn, for stepping from one to the next."""

    def __init__(self, facts: AnyFacts, rules_from: Sequence[date]) -> None:
        """Collect every day once; `rules_from` are the first days of rules and the days after their last."""
        days = {*rules_from, *_days_of(facts)}
        self._days = sorted(days | {day + _ONE_DAY for day in days})

    def next_day(self, day: date, weighed: Sequence[Weighed], memory: Memory) -> date:
        """The first day after `day` on which something might act or be lifted."""
        soonest = day + timedelta(days=min((_wait(e, memory) for e in weighed), default=_NEVER))
        turns = [turn for entry in weighed for turn in entry.subject.turns if turn > day]
        index = bisect_right(self._days, day)
        return min([soonest, *turns, *self._days[index : index + 1]])


def _days_of(facts: AnyFacts) -> Iterator[date]:
    if isinstance(facts, CaseFacts):
        yield add_months(facts.t0, facts.term_months)
        if facts.closed_on is not None:
            yield facts.closed_on
    for name in _READ:
        for entry in getattr(facts, name, ()):
            yield from _days_in(entry)


def _days_in(entry: Wire) -> Iterator[date]:
    found = vars(entry)
    for value in found.values():
        if isinstance(value, datetime):
            yield berlin_day(value)
        elif isinstance(value, date):
            yield value
    if found.get("code") in _DAY_CODES:
        yield date.fromisoformat(found["value"])


def _wait(entry: Weighed, memory: Memory) -> int:
    """How many days at least until a further stage of this matter can act; at least one."""
    spoken = memory.stages(entry.episode)
    stages = may_speak(entry.compiled.rule, spoken)
    return max(1, min((_wait_for(entry, stage, spoken) for stage in stages), default=_NEVER))


def _wait_for(entry: Weighed, stage: int, spoken: Mapping[int, date]) -> int:
    """How many days at least until this stage can act, if only time goes by."""
    if not all_hold(entry.compiled.held_back(stage), entry.values):
        return _NEVER
    return max(_lacking(entry, stage), distance_left(entry, stage, spoken))


def _lacking(entry: Weighed, stage: int) -> int:
    """The days at least until the mark of a stage is reached; what only people change never is by itself."""
    mark = entry.compiled.marks[stage]
    if mark is None:
        return 0
    field, op, bound = mark
    found = entry.values[field]
    lacking = found - bound if op == "<=" else bound - found
    return lacking if lacking <= 0 else _DAYS_EACH[FIELDS[entry.subject.kind][field].unit](lacking)


_DAYS_EACH: dict[str, Callable[[int], int]] = {
    "d": lambda n: n,
    "AT": lambda n: n,
    "M": lambda n: (n - 1) * _SHORTEST_MONTH,
    "hM": lambda n: (n - 1) * _SHORTEST_HALF_MONTH,
    "n": lambda _: _NEVER,
    "%": lambda _: _NEVER,
    "0/1": lambda _: _NEVER,
}
