"""Two books over the same facts: what would come otherwise, when, and whether that is better or worse.

Better and worse are seen from the participant: a demand that goes or waits is better, help that goes or waits is
worse. What the house asks of itself is neither.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from domain.calendar import Calendar
from rules.binding import Book
from rules.compiled import Compiled
from rules.foresight import foresee
from rules.judge import weigh
from rules.ladder import Memory, Weighed
from rules.plain import all_hold
from rules.shape import Rule, is_help
from rules.subjects import FIELDS, AnyFacts

Effect = Literal["better", "worse", "neutral"]
Kind = Literal["gained", "lost", "earlier", "later"]
Slot = tuple[str, str, date, int, str, str]
BEYOND = timedelta(days=120)
"""How far behind the horizon one looks for what has only moved out of it."""
SHARED = ("MIT-02.admissions",)
"""Numbers by which subjects of other rules are read too: where one of them differs, no rule is left out."""
_TIME = frozenset({"d", "AT", "M", "hM"})


@dataclass(frozen=True, slots=True)
class Change:
    """One outcome that comes on another day, or under one of the books only."""

    rule: str
    subject: str
    stage: int
    outcome: str
    addressee: str
    old: date | None
    new: date | None
    effect: Effect

    @property
    def kind(self) -> Kind:
        """Gained, lost, or moved to an earlier or a later day."""
        if self.old is None or self.new is None:
            return "gained" if self.old is None else "lost"
        return "earlier" if self.new < self.old else "later"


@dataclass(frozen=True, slots=True)
class Shorter:
    """A deadline that is running and would be over sooner; `old` and `new` are what is left, in `unit`."""

    rule: str
    subject: str
    stage: int
    unit: str
    old: int
    new: int
    effect: Effect


@dataclass(frozen=True, slots=True)
class Compared:
    """What two books make of the same facts otherwise; empty where they make the same of it."""

    changes: tuple[Change, ...] = ()
    shorter: tuple[Shorter, ...] = ()

    @property
    def worse(self) -> bool:
        """True if the participant loses something by it, or has less time."""
        worse = [c.effect for c in self.changes] + [s.effect for s in self.shorter]
        return "worse" in worse

    def __bool__(self) -> bool:
        """True if anything differs."""
        return bool(self.changes or self.shorter)


@dataclass(frozen=True)
class Pair:
    """Two books, narrowed to the rules that can differ; made once for many facts."""

    old: Book
    new: Book

    def compare(self, facts: AnyFacts, *, on: date, until: date, calendar: Calendar) -> Compared:
        """What comes otherwise from `on` until `until`, both included, if nothing else happens."""
        if not self.old.compiled and not self.new.compiled:
            return Compared()
        last = min(until, calendar.last)
        before, after = (_slots(facts, on, last, book, calendar) for book in (self.old, self.new))
        changes: list[Change] = []
        if before != after:
            changes = list(self._changes(facts, on, last, calendar, slots=(before, after)))
        return Compared(tuple(changes), tuple(self._shorter(facts, on, calendar)))

    def _changes(
        self,
        facts: AnyFacts,
        on: date,
        last: date,
        calendar: Calendar,
        *,
        slots: tuple[dict[Slot, date], dict[Slot, date]],
    ) -> Iterator[Change]:
        """Each outcome whose day differs; what seems lost or gained is looked for behind the horizon too."""
        before, after = slots
        beyond = min(last + BEYOND, calendar.last)
        sooner = self._looked_for(after.keys() - before.keys(), self.old, facts, (on, beyond), calendar)
        later = self._looked_for(before.keys() - after.keys(), self.new, facts, (on, beyond), calendar)
        for slot in sorted({*before, *after}):
            old, new = before.get(slot, sooner.get(slot)), after.get(slot, later.get(slot))
            if old != new:
                yield _change(slot, old, new, self._rule(slot[0]))

    @staticmethod
    def _looked_for(
        missing: AbstractSet[Slot],
        book: Book,
        facts: AnyFacts,
        days: tuple[date, date],
        calendar: Calendar,
    ) -> dict[Slot, date]:
        """The day, behind the horizon too, of what a book did not bring until there; only its rules are asked."""
        rules = {slot[0] for slot in missing}
        asked = replace(book, compiled=tuple(c for c in book.compiled if c.rule.id in rules))
        return _slots(facts, *days, asked, calendar) if asked.compiled else {}

    def _rule(self, rule_id: str) -> Rule:
        named = (r for book in (self.new, self.old) for r in book.rules if r.id == rule_id)
        return next(named)

    def _shorter(self, facts: AnyFacts, on: date, calendar: Calendar) -> Iterator[Shorter]:
        """Every deadline that runs under both books and has less left under the new one."""
        memory = Memory(s for s in facts.spoken if s.on <= on)
        before, after = (
            {entry.episode: entry for entry in weigh(facts, on, memory, calendar=calendar, book=book)}
            for book in (self.old, self.new)
        )
        for episode in sorted(before.keys() & after.keys()):
            yield from _shortened(before[episode], after[episode], memory)


def pair(old: Book, new: Book) -> Pair:
    """Two books to compare, each left with the rules whose answer can differ."""
    differing = {name for name in {*old.bounds, *new.bounds} if _number(old, name) != _number(new, name)}
    if differing & set(SHARED):
        return Pair(old, new)
    # A rule's own subjects may read its numbers beside its conditions.
    touched = {name.partition(".")[0] for name in differing}
    return Pair(_narrowed(old, new, touched), _narrowed(new, old, touched))


def compare(old: Book, new: Book, facts: AnyFacts, *, on: date, until: date, calendar: Calendar) -> Compared:
    """What two books make of the same facts otherwise, from a day until another."""
    return pair(old, new).compare(facts, on=on, until=until, calendar=calendar)


def _number(book: Book, name: str) -> object:
    # Dated versions count as well: a subject may ask for the number of an earlier day.
    return [(p.value, p.unit, p.since, p.until) for p in book.versions.get(name, ())]


def _narrowed(book: Book, other: Book, touched: AbstractSet[str]) -> Book:
    """The book with those rules only that the other does not have exactly so, and those whose numbers differ."""
    known = [_speech(compiled) for compiled in other.compiled]
    kept = (c for c in book.compiled if c.rule.id in touched or _speech(c) not in known)
    return replace(book, compiled=tuple(kept))


def _speech(compiled: Compiled) -> object:
    """All of a rule that makes it speak or not; no words, no cases."""
    rule = compiled.rule
    stages = [(s.no, s.outcomes, s.field, s.op, s.gap, s.alone) for s in rule.stages]
    days = (rule.id, rule.since, rule.until, rule.subject, rule.twin)
    return days, stages, compiled.rows, compiled.marks, compiled.distances, compiled.gated


def _slots(facts: AnyFacts, on: date, until: date, book: Book, calendar: Calendar) -> dict[Slot, date]:
    """The first day of each outcome; a stage that speaks again in a later episode has a slot of its own."""
    found: dict[Slot, date] = {}
    for day, made in foresee(facts, until, on=on, calendar=calendar, book=book):
        slot = (made.rule, made.subject, made.episode, made.stage, made.outcome.value, made.addressee.value)
        found.setdefault(slot, day)
    return found


def _change(slot: Slot, old: date | None, new: date | None, rule: Rule) -> Change:
    rule_id, subject, _, stage, outcome, addressee = slot
    sooner = old is None or (new is not None and new < old)
    effect = _effect(rule, stage, sooner=sooner)
    return Change(rule_id, subject, stage, outcome, addressee, old, new, effect)


def _effect(rule: Rule, stage: int, *, sooner: bool) -> Effect:
    if rule.side == "quality":
        return "neutral"
    helps = rule.side == "foerdern" or any(is_help(rule, s) for s in rule.stages if s.no == stage)
    return "better" if helps == sooner else "worse"


def _shortened(before: Weighed, after: Weighed, memory: Memory) -> Iterator[Shorter]:
    if not all_hold(before.compiled.rows[0], before.values):
        return
    spoken = memory.stages(before.episode)
    stages = min(len(before.compiled.rows), len(after.compiled.rows))
    for stage in (n for n in range(1, stages) if n not in spoken):
        old, new = _left(before, stage, spoken), _left(after, stage, spoken)
        if old is None or new is None or old[1] != new[1] or not max(new[0], 0) < old[0]:
            continue
        rule = after.compiled.rule
        yield Shorter(
            rule.id,
            after.subject.id,
            stage,
            old[1],
            old[0],
            max(new[0], 0),
            _effect(rule, stage, sooner=True),
        )


def _left(entry: Weighed, stage: int, spoken: Mapping[int, date]) -> tuple[int, str] | None:
    """How much is left until a stage is reached, and in which unit; None where time does not bring it."""
    mark, fields = entry.compiled.marks[stage], FIELDS[entry.subject.kind]
    if mark is not None:
        field, op, bound = mark
        unit = fields[field].unit
        found = entry.values[field]
        return (found - bound if op == "<=" else bound - found, unit) if unit in _TIME else None
    gap, since = entry.compiled.distances[stage - 1], spoken.get(stage - 1)
    return gap - (entry.subject.clock(since) if since is not None else 0), "clock"


@dataclass(frozen=True, slots=True)
class Row:
    """How often one thing comes otherwise over many journeys; `what` is a kind of change, or `shorter`."""

    rule: str
    stage: int
    outcome: str
    addressee: str
    what: str
    effect: Effect
    times: int
    journeys: int


def tally(compared: Iterable[Compared]) -> tuple[Row, ...]:
    """What differs over many journeys, counted by rule, stage and outcome."""
    counts: dict[tuple[str, int, str, str, str, Effect], list[int]] = {}
    for one in compared:
        seen = [(c.rule, c.stage, c.outcome, c.addressee, str(c.kind), c.effect) for c in one.changes]
        seen += [(s.rule, s.stage, "", "", "shorter", s.effect) for s in one.shorter]
        for key in seen:
            counts.setdefault(key, [0, 0])[0] += 1
        for key in set(seen):
            counts[key][1] += 1
    return tuple(Row(*key, *numbers) for key, numbers in sorted(counts.items()))


def added(tallies: Iterable[Sequence[Row]]) -> tuple[Row, ...]:
    """Several tallies of different journeys as one."""
    sums: dict[tuple[str, int, str, str, str, Effect], list[int]] = {}
    for rows in tallies:
        for row in rows:
            key = (row.rule, row.stage, row.outcome, row.addressee, row.what, row.effect)
            total = sums.setdefault(key, [0, 0])
            total[0] += row.times
            total[1] += row.journeys
    return tuple(Row(*key, *numbers) for key, numbers in sorted(sums.items()))
