"""A day in the making: the facts as they are so far, and the events that this day has brought."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.calendar import Calendar
from domain.decisions import StepPlan
from domain.events import Event, EventBody
from domain.facts import CaseFacts
from domain.folding import fold
from domain.programme import Programme, plan
from rules.book import Book

if TYPE_CHECKING:
    from activities.asks import Ask


@dataclass(frozen=True)
class Editions:
    """The versions that a decision is made by."""

    programme: Programme
    calendar: Calendar
    book: Book


@dataclass
class Draft:
    """Collects the events of one day; each is folded at once, so that the next thought sees it."""

    facts: CaseFacts
    seq: int
    now: datetime
    day: date
    editions: Editions
    events: list[Event] = field(default_factory=list)
    planned_steps: tuple[StepPlan, ...] | None = None
    standing: "tuple[Ask, ...] | None" = None

    def emit(self, body: EventBody) -> None:
        """Add an event of the machine and fold it."""
        self.seq += 1
        event = Event(seq=self.seq, recorded_at=self.now, body=body)
        self.facts = fold(self.facts, event)
        self.events.append(event)

    @property
    def calendar(self) -> Calendar:
        """The calendar of this day."""
        return self.editions.calendar

    def plan(self) -> tuple[StepPlan, ...]:
        """The steps with their due dates; no event of the machine changes them, so they are counted once."""
        if self.planned_steps is None:
            self.planned_steps = plan(self.editions.programme, self.facts, self.calendar)
        return self.planned_steps

    def on(self, day: date, now: datetime) -> "Draft":
        """The same journey on a later day, as if nothing happened in between."""
        return Draft(self.facts, self.seq, now, day, self.editions, [], self.planned_steps, self.standing)
