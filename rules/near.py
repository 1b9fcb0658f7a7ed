"""What is one step away from speaking, and what would lift what has spoken: for people who want to act in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from domain.calendar import Calendar
from rules.book import Book
from rules.compiled import CAUSE, Comparison
from rules.foresight import foresee
from rules.judge import weigh
from rules.ladder import Memory, Weighed, may_speak
from rules.plain import all_hold
from rules.subjects import FIELDS, AnyFacts
from rules.words import POINTS, counted, day, label, pick_of, several

HORIZON_DAYS = 120
_GROWS = ("d", "AT", "M", "hM")
Step = Literal["time", "count", "state"]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A stage that lacks one thing only; `on` is the day it comes by itself, where it is time that lacks."""

    rule: str
    kind: str
    subject: str
    stage: int
    step: Step
    lacking: Comparison
    found: int
    unit: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Lift:
    """A matter that has spoken, and the conditions of which any one, once gone, would lift it."""

    rule: str
    kind: str
    subject: str
    stage: int
    holds: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """The answer for one day."""

    on: date
    misses: tuple[NearMiss, ...]
    lifts: tuple[Lift, ...]


def near_misses(facts: AnyFacts, on: date, *, calendar: Calendar, book: Book) -> Near:
    """What lacks one step only on this day, and what would lift each matter that has spoken."""
    memory = Memory(s for s in facts.spoken if s.on <= on)
    weighed = weigh(facts, on, memory, calendar=calendar, book=book)
    comes = _days_to_come(facts, on, calendar=calendar, book=book)
    misses = tuple(miss for entry in weighed for miss in _misses(entry, memory, comes))
    lifts = tuple(lift for entry in weighed for lift in _lifts(entry, memory, on, comes))
    return Near(on, misses, lifts)


Coming = dict[tuple[str, str, date, int], date]


def _days_to_come(facts: AnyFacts, on: date, *, calendar: Calendar, book: Book) -> Coming:
    """The day on which each stage speaks by itself, if nothing else happens."""
    until = min(on + timedelta(days=HORIZON_DAYS), calendar.last)
    ahead = foresee(facts, until, on=on, calendar=calendar, book=book)
    return {(d.rule, d.subject, d.episode, d.stage): day for day, d in reversed(ahead)}


def _misses(entry: Weighed, memory: Memory, comes: Coming) -> Iterator[NearMiss]:
    for number in may_speak(entry.compiled.rule, memory.stages(entry.episode)):
        lacking = [c for c in entry.compiled.rows[number] if not all_hold((c,), entry.values)]
        if len(lacking) == 1:
            yield _miss(entry, number, lacking[0], comes.get((*entry.episode, number)))


def _miss(entry: Weighed, stage: int, lacking: Comparison, comes: date | None) -> NearMiss:
    unit = FIELDS[entry.subject.kind][lacking[0]].unit
    counted: Step = "time" if unit in _GROWS else "count"
    step: Step = counted if lacking == entry.compiled.marks[stage] else "state"
    found = entry.values[lacking[0]]
    rule, subject = entry.compiled.rule.id, entry.subject
    return NearMiss(rule, subject.kind, subject.id, stage, step, lacking, found, unit, comes)


def _lifts(entry: Weighed, memory: Memory, on: date, comes: Coming) -> Iterator[Lift]:
    """A matter in force: its cause holds, and a stage has spoken or speaks today."""
    spoken = set(memory.stages(entry.episode))
    spoken |= {n for n in range(1, len(entry.compiled.rows)) if comes.get((*entry.episode, n)) == on}
    cause = entry.compiled.rows[CAUSE]
    if spoken and all_hold(cause, entry.values):
        subject = entry.subject
        yield Lift(entry.compiled.rule.id, subject.kind, subject.id, max(spoken), cause)


def as_json(near: Near, language: str) -> dict[str, Any]:
    """The answer of `pakt rules near-misses --json`, each line with its sentence."""
    return {
        "on": near.on.isoformat(),
        "near_misses": [
            {
                "rule": m.rule,
                "subject": m.subject,
                "stage": m.stage,
                "step": m.step,
                "field": m.lacking[0],
                "op": m.lacking[1],
                "bound": m.lacking[2],
                "found": m.found,
                "unit": m.unit,
                "speaks_on": m.on.isoformat() if m.on else None,
                "text": sentence(m, language),
            }
            for m in near.misses
        ],
        "lifted_by": [
            {"rule": x.rule, "subject": x.subject, "stage": x.stage, "text": list(lifted_by(x, language))}
            for x in near.lifts
        ],
    }


def _label(kind: str, name: str, pick: int) -> str:
    """What a field is called, without the number of its definition."""
    return label(FIELDS[kind][name], pick)


def sentence(miss: NearMiss, language: str) -> str:
    """One line: what is one step away, and which step."""
    pick = pick_of(language)
    field, op, bound = miss.lacking
    label = _label(miss.kind, field, pick)
    head = (f"{miss.rule}, Stufe {miss.stage}", f"{miss.rule}, stage {miss.stage}")[pick]
    if miss.step == "state":
        tail = _if_it(op, bound, label, pick)
    else:
        unit = POINTS[pick] if miss.unit == "%" else several(miss.unit, pick)
        lacks = counted(abs(bound - miss.found), miss.unit, pick)
        tail = (f"noch {lacks} {unit} ({label})", f"{lacks} {unit} to go ({label})")[pick].replace("  ", " ")
    if miss.on is not None:
        tail += f", {('am', 'on')[pick]} {day(miss.on, pick)}"
    return f"{head}: {tail}"


def _if_it(op: str, bound: int, label: str, pick: int) -> str:
    if op == "==" and bound in (0, 1):
        return _flags(label, holds=bool(bound), pick=pick)
    return (f"sobald {label} {op} {bound}", f"once {label} {op} {bound}")[pick]


def _flags(label: str, *, holds: bool, pick: int) -> str:
    german = f"sobald gilt: {label}" if holds else f"sobald nicht mehr gilt: {label}"
    english = f"once it holds that {label}" if holds else f"once it no longer holds that {label}"
    return (german, english)[pick]


def lifted_by(lift: Lift, language: str) -> Sequence[str]:
    """Each condition whose end would lift the matter, as a line; without any, only a new event begins anew."""
    pick = pick_of(language)
    if not lift.holds:
        return (
            ("durch ein neues Ereignis: dann wird neu gezählt", "by a new event: counting begins anew")[pick],
        )
    return tuple(_without(lift.kind, comparison, pick) for comparison in lift.holds)


def _without(kind: str, comparison: Comparison, pick: int) -> str:
    field, op, bound = comparison
    label = _label(kind, field, pick)
    if op == "==" and bound in (0, 1):
        return _flags(label, holds=not bound, pick=pick)
    if op == ">=":
        return (f"sobald weniger als {bound}: {label}", f"once fewer than {bound}: {label}")[pick]
    return (f"sobald mehr als {bound}: {label}", f"once more than {bound}: {label}")[pick]


__all__ = ["Lift", "Near", "NearMiss", "as_json", "lifted_by", "near_misses", "sentence"]
