"""What the rules will say on the days to come, if nothing else happens; the plain evaluation answers alone."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import Calendar
from domain.decisions import Decision
from rules import ladder, plain
from rules.book import Book
from rules.compiled import Compiled
from rules.judge import weigh
from rules.ladder import Memory, Ruled
from rules.subjects import AnyFacts, speaks_about
from rules.turning_days import TurningDays

Foreseen = tuple[date, Decision]
WATCH_DAYS = 400


def foresee(
    facts: AnyFacts, until: date, *, on: date, calendar: Calendar, book: Book
) -> tuple[Foreseen, ...]:
    """What will act from `on` until `until`, both included, if nothing else happens."""
    lives = _Foresight(facts, on, calendar=calendar, book=book)
    found = [
        (day, made) for part in lives.parts for day, (every, _) in lives.lived(part, until) for made in every
    ]
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].rule, pair[1].subject, pair[1].episode)))


def watch(
    facts: AnyFacts, *, on: date, calendar: Calendar, book: Book, days: int = WATCH_DAYS
) -> date | None:
    """The first day after `on` on which something acts by itself, or None within the days looked at."""
    until = min(on + timedelta(days=days), calendar.last)
    lives = _Foresight(facts, on, calendar=calendar, book=book)
    firsts = (
        next((day for day, (made, _) in lives.lived(part, until) if made and day > on), None)
        for part in lives.parts
    )
    return min((day for day in firsts if day is not None), default=None)


def coming_days(
    facts: AnyFacts, until: date, *, on: date, calendar: Calendar, book: Book
) -> tuple[date, ...]:
    """Every day after `on`, until `until`, on which a rule acts or an episode ends, if nobody does anything."""
    lives = _Foresight(facts, on, calendar=calendar, book=book)
    busy = {
        day
        for part in lives.parts
        for day, (made, lifted) in lives.lived(part, until)
        if day > on and (made or lifted)
    }
    return tuple(sorted(busy))


_Part = tuple[Compiled, ...]


class _Foresight:
    """Rule by rule: each is looked at on its own turning days only, with its own effects remembered.

    That is the same as deciding on every day: what one rule says changes nothing for another.
    """

    def __init__(self, facts: AnyFacts, on: date, *, calendar: Calendar, book: Book) -> None:
        self._facts, self._on, self._calendar, self._book = facts, on, calendar, book
        self._turns = TurningDays(facts, _turns_of(book))
        heard: dict[str, list[Compiled]] = {}
        for compiled in book.compiled:
            if speaks_about(compiled.rule.subject, facts):
                heard.setdefault(compiled.rule.id, []).append(compiled)
        self.parts: tuple[_Part, ...] = tuple(map(tuple, heard.values()))

    def lived(self, part: _Part, until: date) -> Iterator[tuple[date, Ruled]]:
        """Each turning day of one rule, in all its versions, and what it brings."""
        rule = part[0].rule.id
        memory = Memory(s for s in self._facts.spoken if s.on <= self._on and s.rule == rule)
        day = self._on
        while day <= until:
            weighed = weigh(self._facts, day, memory, calendar=self._calendar, book=self._book, only=part)
            held = plain.holds([(entry.compiled, entry.values) for entry in weighed])
            in_force = [c.rule.id for c in part if c.rule.in_force(day)]
            made, gone = ladder.ruled(self._facts, day, weighed, held, memory=memory, rules=in_force)
            yield day, (made, gone)
            for one in gone:
                memory.forget((one.rule, one.subject, one.episode))
            for said in made:
                memory.add((said.rule, said.subject, said.episode), said.stage, day)
            day = self._turns.next_day(day, weighed, memory)


def _turns_of(book: Book) -> list[date]:
    """The days on which rules come into force, and the last days of those that end."""
    return [day for rule in book.rules for day in (rule.since, rule.until) if day is not None]


__all__ = ["WATCH_DAYS", "Foreseen", "coming_days", "foresee", "watch"]
