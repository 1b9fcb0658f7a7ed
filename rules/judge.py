"""What the rules say on a day, and what the office owes.

`decide` answers for one day. With a `judge` (the supervised engine) both evaluations must agree, or nothing
is decided; without one the plain evaluation answers alone, for the desk.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from domain.calendar import Calendar
from domain.codes import Purpose
from domain.decisions import Ruling
from domain.errors import EngineDisagreement
from domain.facts import CaseFacts
from domain.gate import gate
from rules import ladder, plain
from rules.book import Book
from rules.compiled import CAUSE, Compiled
from rules.ladder import Memory, Weighed
from rules.plain import Holds, Numbered
from rules.subjects import AnyFacts, Reading, Subject, speaks_about, subjects_of


class Engine(Protocol):
    """The other evaluation: the rows of a book that hold, by position and stage."""

    def holds(self, book: Book, rows: Sequence[tuple[Numbered, dict[str, int]]], facts_sha256: str) -> Holds:
        """Answer for these rows, or raise; never guess."""


def decide(
    facts: AnyFacts, on: date, *, calendar: Calendar, book: Book, judge: Engine | None = None
) -> Ruling:
    """What acts on this day, and which episodes are over."""
    memory = Memory(s for s in facts.spoken if s.on <= on)
    return _decide(facts, on, memory, calendar=calendar, book=book, judge=judge)


def _decide(
    facts: AnyFacts, on: date, memory: Memory, *, calendar: Calendar, book: Book, judge: Engine | None
) -> Ruling:
    weighed = weigh(facts, on, memory, calendar=calendar, book=book)
    return _ruling(facts, on, weighed, memory=memory, book=book, judge=judge)


def _ruling(
    facts: AnyFacts,
    on: date,
    weighed: Sequence[Weighed],
    *,
    memory: Memory,
    book: Book,
    judge: Engine | None,
) -> Ruling:
    held = _agreed(facts, weighed, memory, book, judge)
    in_force = [r.id for r in book.rules if r.in_force(on) and speaks_about(r.subject, facts)]
    made, gone = ladder.ruled(facts, on, weighed, held, memory=memory, rules=in_force)
    return Ruling(
        as_of=on,
        book=book.id,
        book_sha256=book.sha256,
        agreement=judge is not None,
        decisions=made,
        lifted=gone,
    )


def weigh(
    facts: AnyFacts,
    on: date,
    memory: Memory,
    *,
    calendar: Calendar,
    book: Book,
    only: Sequence[Compiled] | None = None,
) -> tuple[Weighed, ...]:
    """Every rule in force with every subject that it speaks about; a closed journey has none.

    `only` looks at some of the book's rules, as foresight does: one rule never waits for another.
    """
    if _closed(facts, on):
        return ()
    common = _common(facts, on)
    found = []
    for compiled in book.compiled if only is None else only:
        rule = compiled.rule
        if not rule.in_force(on) or not speaks_about(rule.subject, facts):
            continue
        reading = Reading(facts, on, calendar, book.bounds, compiled.ask, book.dated)
        subjects = subjects_of(reading, rule.subject)
        found += [_weighed(reading, compiled, subject, common, memory) for subject in subjects]
    return tuple(found)


def _closed(facts: AnyFacts, on: date) -> bool:
    """True from the day on which a journey was closed; an office never is."""
    # Asked on every day of foresight: the type itself, because a model's own check of instances is slow.
    return type(facts) is CaseFacts and facts.closed_on is not None and facts.closed_on <= on


def _common(facts: AnyFacts, on: date) -> dict[str, int]:
    """The fields that every subject has; for an office there is nobody who consents or pauses."""
    if type(facts) is not CaseFacts:
        return {"running": 1, "consented": 1, "attendance_allowed": 1, "paused": 0}
    return {
        "running": 1,
        "consented": int(facts.allows(Purpose.CASEWORK)),
        "attendance_allowed": int(facts.allows(Purpose.ATTENDANCE)),
        "paused": int(facts.paused(on)),
    }


def _weighed(
    reading: Reading[Any], compiled: Compiled, subject: Subject, common: dict[str, int], memory: Memory
) -> Weighed:
    """All fields of the subject for this rule; the gate is looked at only where a cause asks for it."""
    facts, on = reading.facts, reading.on
    values = {**common, **subject.fields, "silenced": 0, "gate_open": 1}
    entry = Weighed(compiled, subject, values)
    values["silenced"] = int(_silenced(facts, entry, memory, on))
    if compiled.gated:
        asks = plain.all_hold(compiled.rows[0], values)
        values["gate_open"] = int(asks and gate(facts, reading.ask, subject.id, on).open)
    return entry


def _silenced(facts: AnyFacts, entry: Weighed, memory: Memory, on: date) -> bool:
    """True until the day to which an answer put the matter to rest, or for good where a person closed it.

    A matter that closed because its cause was gone has no stage left in the memory, so it may speak anew.
    """
    same = (m for m in facts.matters if (m.rule, m.subject, m.episode) == entry.episode)
    return any(
        (m.silent_until is not None and on <= m.silent_until)
        or (m.closed_on is not None and m.closed_on <= on and bool(memory.stages(entry.episode)))
        for m in same
    )


def _agreed(
    facts: AnyFacts, weighed: Sequence[Weighed], memory: Memory, book: Book, judge: Engine | None
) -> Holds:
    """What holds of the stages whose answer can matter today, by both evaluations."""
    rows = [(ladder.asked(entry, memory), entry.values) for entry in weighed]
    ours = plain.holds(rows)
    if judge is None or not rows:
        return ours
    digest = facts_sha256(facts)
    theirs = judge.holds(book, rows, digest)
    if ours != theirs:
        raise EngineDisagreement(
            "engines_disagree",
            book=book.id,
            facts_sha256=digest,
            plain=_readable(weighed, ours),
            engine=_readable(weighed, theirs),
        )
    return ours


def _readable(weighed: Sequence[Weighed], held: Holds) -> str:
    """An answer as JSON, for the record of a disagreement."""
    answer = [
        {"rule": weighed[position].compiled.rule.id, "subject": weighed[position].subject.id, "stage": stage}
        for position, stage in sorted(held)
        if position < len(weighed)
    ]
    return json.dumps(answer, separators=(",", ":"))


def facts_sha256(facts: AnyFacts) -> str:
    """The hash that stands for these facts in a record or a quarantine."""
    return hashlib.sha256(facts.model_dump_json().encode()).hexdigest()


def owed(facts: AnyFacts, on: date, *, calendar: Calendar, book: Book) -> tuple[tuple[str, str], ...]:
    """What the office itself still owes: each of its rules and subjects past the first mark and unsettled."""
    weighed = weigh(facts, on, Memory(), calendar=calendar, book=book)
    return tuple(
        (entry.compiled.rule.id, entry.subject.id)
        for entry in weighed
        if entry.compiled.rule.side == "foerdern" and _past_first_mark(entry)
    )


def _past_first_mark(entry: Weighed) -> bool:
    mark = entry.compiled.marks[1]
    return plain.all_hold((*entry.compiled.rows[CAUSE], *((mark,) if mark else ())), entry.values)
