"""What another version of the programme would change for one journey: steps that appear, vanish or shift."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.calendar import Calendar
from domain.facts import CaseFacts
from domain.programme import Programme, plan, settled

Kind = Literal["appears", "vanishes", "shifts"]


@dataclass(frozen=True, slots=True)
class Change:
    """One step that is not the same under both versions; `before` and `after` are its due dates."""

    step: str
    kind: Kind
    before: date | None
    after: date | None

    @property
    def on(self) -> date:
        """The date by which the change is sorted: the new one, else the old one."""
        return self.after or self.before or date.min


def difference(old: Programme, new: Programme, facts: CaseFacts, calendar: Calendar) -> tuple[Change, ...]:
    """The changes by date, of what is open only: what is done or needless changes nothing any more."""
    before, after = _open(old, facts, calendar), _open(new, facts, calendar)
    changes = [
        Change(step, _kind(before.get(step), after.get(step)), before.get(step), after.get(step))
        for step in before.keys() | after.keys()
        if before.get(step) != after.get(step)
    ]
    return tuple(sorted(changes, key=lambda change: (change.on, change.step)))


def _open(programme: Programme, facts: CaseFacts, calendar: Calendar) -> dict[str, date]:
    planned = plan(programme, facts, calendar)
    return {entry.step: entry.due for entry in planned if not settled(programme, facts, entry.step)}


def _kind(before: date | None, after: date | None) -> Kind:
    if before is None:
        return "appears"
    return "vanishes" if after is None else "shifts"
