"""What the rules say: on a day, on the days to come, and why.

`decide` answers for one day. With a `judge` (the supervised engine) both evaluations must agree, or nothing
is decided; without one the plain evaluation answers alone, for foresight and for the desk.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from domain.calendar import Calendar
from domain.codes import Purpose
from domain.decisions import Decision, Ruling
from domain.errors import EngineDisagreement
from domain.facts import CaseFacts
from domain.gate import gate
from domain.office_facts import OfficeFacts
from rules import ladder, plain
from rules.ahead import Ahead
from rules.book import Book
from rules.compiled import Compiled
from rules.ladder import Memory, Weighed
from rules.plain import Holds
from rules.sentences import describe, explain
from rules.shape import ask_of
from rules.subjects import AnyFacts, Reading, Subject, speaks_about, subjects_of

Foreseen = tuple[date, Decision]
WATCH_DAYS = 400


class Engine(Protocol):
    """The other evaluation: the rows of a book that hold, by position and stage."""

    def holds(self, book: Book, rows: Sequence[tuple[Compiled, dict[str, int]]], facts_sha256: str) -> Holds:
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
    held = _agreed(facts, weighed, book, judge)
    in_force = [r.id for r in book.rules if r.in_force(on) and speaks_about(r.subject, facts)]
    acting = sorted(ladder.acting(weighed, held, memory, on), key=lambda pair: pair[0].episode)
    made = (d for entry, stage in acting for d in ladder.decisions_of(entry, stage, facts, on))
    return Ruling(
        as_of=on,
        book=book.id,
        book_sha256=book.sha256,
        agreement=judge is not None,
        decisions=tuple(made),
        lifted=ladder.lifted(weighed, held, memory, in_force),
    )


def weigh(
    facts: AnyFacts, on: date, memory: Memory, *, calendar: Calendar, book: Book
) -> tuple[Weighed, ...]:
    """Every rule in force with every subject that it speaks about; a closed journey has none."""
    if _closed(facts, on):
        return ()
    common = _common(facts, on)
    found = []
    for compiled in book.compiled:
        rule = compiled.rule
        if not rule.in_force(on) or not speaks_about(rule.subject, facts):
            continue
        reading = Reading(facts, on, calendar, book.bounds, ask_of(rule), book.dated)
        subjects = subjects_of(reading, rule.subject)
        found += [_weighed(reading, compiled, subject, common, memory) for subject in subjects]
    return tuple(found)


def _closed(facts: AnyFacts, on: date) -> bool:
    """True from the day on which a journey was closed; an office never is."""
    return isinstance(facts, CaseFacts) and facts.closed_on is not None and facts.closed_on <= on


def _common(facts: AnyFacts, on: date) -> dict[str, int]:
    """The fields that every subject has; for an office there is nobody who consents or pauses."""
    if isinstance(facts, OfficeFacts):
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


def _agreed(facts: AnyFacts, weighed: Sequence[Weighed], book: Book, judge: Engine | None) -> Holds:
    rows = [(entry.compiled, entry.values) for entry in weighed]
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


def foresee(
    facts: AnyFacts, until: date, *, on: date, calendar: Calendar, book: Book
) -> tuple[Foreseen, ...]:
    """What will act from `on` until `until`, both included, if nothing else happens."""
    return tuple(_foreseen(facts, on, until, calendar=calendar, book=book))


def watch(
    facts: AnyFacts, *, on: date, calendar: Calendar, book: Book, days: int = WATCH_DAYS
) -> date | None:
    """The first day after `on` on which something acts by itself, or None within the days looked at."""
    until = min(on + timedelta(days=days), calendar.last)
    ahead = _foreseen(facts, on, until, calendar=calendar, book=book)
    return next((day for day, _ in ahead if day > on), None)


def _foreseen(
    facts: AnyFacts, on: date, until: date, *, calendar: Calendar, book: Book
) -> Iterator[Foreseen]:
    """`decide` on every day on which something can act, with its own effects remembered."""
    memory = Memory(s for s in facts.spoken if s.on <= on)
    ahead = Ahead(facts, _turns_of(book))
    day = on
    while day <= until:
        weighed = weigh(facts, day, memory, calendar=calendar, book=book)
        ruling = _ruling(facts, day, weighed, memory=memory, book=book, judge=None)
        for gone in ruling.lifted:
            memory.forget((gone.rule, gone.subject, gone.episode))
        for made in ruling.decisions:
            memory.add((made.rule, made.subject, made.episode), made.stage, day)
        yield from ((day, made) for made in ruling.decisions)
        day = ahead.next_day(day, weighed, memory)


def next_turn(facts: AnyFacts, day: date, *, calendar: Calendar, book: Book) -> date:
    """The first day after `day` on which a rule might act or an episode end, if nobody does anything."""
    memory = Memory(s for s in facts.spoken if s.on <= day)
    weighed = weigh(facts, day, memory, calendar=calendar, book=book)
    return Ahead(facts, _turns_of(book)).next_day(day, weighed, memory)


def _turns_of(book: Book) -> list[date]:
    """The days on which rules come into force, and the last days of those that end."""
    return [day for rule in book.rules for day in (rule.since, rule.until) if day is not None]


def owed(facts: AnyFacts, on: date, *, calendar: Calendar, book: Book) -> tuple[tuple[str, str], ...]:
    """What the office itself still owes: each of its rules and subjects past the first mark and unsettled."""
    weighed = weigh(facts, on, Memory(), calendar=calendar, book=book)
    return tuple(
        (entry.compiled.rule.id, entry.subject.id)
        for entry in weighed
        if entry.compiled.rule.side == "foerdern"
        and plain.all_hold((*entry.compiled.rows[0], *entry.compiled.rows[1][-1:]), entry.values)
    )


def answer_json(
    facts: AnyFacts, on: date, *, calendar: Calendar, book: Book, judge: Engine | None = None
) -> dict[str, Any]:
    """The answer of `pakt rules decide --json`."""
    ruling = decide(facts, on, calendar=calendar, book=book, judge=judge)
    following = watch(facts, on=on, calendar=calendar, book=book)
    return {
        "as_of": on.isoformat(),
        "book": book.id,
        "book_sha256": book.sha256,
        "agreement": ruling.agreement,
        "decisions": [decision_json(made, book) for made in ruling.decisions],
        "lifted": [gone.model_dump(mode="json") for gone in ruling.lifted],
        "watch": following.isoformat() if following else None,
    }


def decision_json(decision: Decision, book: Book) -> dict[str, Any]:
    """One decision with its explanation in both languages."""
    return {
        **decision.model_dump(mode="json"),
        "explanation_de": explain(decision, "de", book=book),
        "explanation_en": explain(decision, "en", book=book),
    }


__all__ = [
    "Engine",
    "answer_json",
    "decide",
    "decision_json",
    "describe",
    "explain",
    "facts_sha256",
    "foresee",
    "owed",
    "watch",
    "weigh",
]
