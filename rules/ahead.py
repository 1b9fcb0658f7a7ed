"""Which days need looking at: between two of them nothing can act, so foresight may pass over them.

Every counted field grows by at most one a day; all else changes only on a day that stands in the facts.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from domain.calendar import add_months, berlin_day
from domain.facts import CaseFacts
from domain.model import Wire
from rules.ladder import Memory, Weighed
from rules.plain import all_hold
from rules.subjects import FIELDS

_ONE_DAY = timedelta(days=1)
_SHORTEST_MONTH = 28
_NEVER = 10**6
_DAY_CODES = ("child_under_three_until", "announced_absence_until")
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
)


class Ahead:
    """The days in the facts on which something may turn, for stepping from one to the next."""

    def __init__(self, facts: CaseFacts, rules_from: Sequence[date]) -> None:
        """Collect every day once; `rules_from` are the first days of rules and the days after their last."""
        days = {add_months(facts.t0, facts.term_months), *rules_from, *_days_of(facts)}
        self._days = sorted(days | {day + _ONE_DAY for day in days})

    def next_day(self, day: date, weighed: Sequence[Weighed], memory: Memory) -> date:
        """The first day after `day` on which something might act or be lifted."""
        soonest = day + timedelta(days=min((_wait(e, memory) for e in weighed), default=_NEVER))
        index = bisect_right(self._days, day)
        return min(soonest, self._days[index]) if index < len(self._days) else soonest


def _days_of(facts: CaseFacts) -> Iterator[date]:
    if facts.closed_on is not None:
        yield facts.closed_on
    for name in _READ:
        for entry in getattr(facts, name):
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
    """How many days at least until the next stage of this matter can act; at least one."""
    compiled = entry.compiled
    spoken = memory.stages(entry.episode)
    stage = next((n for n in range(1, len(compiled.rows)) if n not in spoken), None)
    if stage is None or not all_hold(compiled.rows[stage][:-1], entry.values):
        return _NEVER
    field, _, bound = compiled.rows[stage][-1]
    lacking = bound - entry.values[field]
    if FIELDS[entry.subject.kind][field].unit == "M" and lacking > 0:
        lacking = (lacking - 1) * _SHORTEST_MONTH
    if stage > 1:
        before = spoken.get(stage - 1)
        if before is None:
            return _NEVER
        lacking = max(lacking, compiled.distances[stage - 1] - entry.subject.clock(before))
    return max(1, lacking)
