"""An office's day in the making: the same effects as in a journey, folded into the memory of the office."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from activities.draft import Draft, Editions
from domain.calendar import Calendar
from domain.events import Event, EventBody
from domain.offices import OfficeMemory, remember
from rules.binding import Book

if TYPE_CHECKING:
    from domain.facts import CaseFacts
    from domain.programme import Programme


@dataclass(frozen=True)
class Versions:
    """What an office is judged by: it has no programme."""

    calendar: Calendar
    book: Book


class OfficeDraft(Draft):
    """A draft whose facts are the memory of an office: it has matters and tasks, and no person."""

    def __init__(
        self, memory: OfficeMemory, seq: int, now: datetime, *, day: date, versions: Versions
    ) -> None:
        """Begin the day with what is remembered."""
        editions = Editions(cast("Programme", None), versions.calendar, versions.book)
        super().__init__(cast("CaseFacts", memory), seq, now, day, editions)

    @property
    def memory(self) -> OfficeMemory:
        """What is remembered as far as the day has come."""
        return cast("OfficeMemory", self.facts)

    def emit(self, body: EventBody) -> None:
        """Add an event of the machine and fold it into the memory."""
        self.seq += 1
        event = Event(seq=self.seq, recorded_at=self.now, body=body)
        self.facts = cast("CaseFacts", remember(self.memory, event))
        self.events.append(event)
