"""Checks a rule against its own cases: each comes out as written, and every threshold has its three days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.calendar import Calendar
from domain.facts import CaseFacts
from rules.book import Book
from rules.compiled import Compiled
from rules.finding import Finding, file_of
from rules.judge import decide, weigh
from rules.ladder import Memory
from rules.shape import Case


@dataclass(frozen=True, slots=True)
class _Tried:
    """A case with the stage that acted and the fields of its subjects."""

    case: Case
    acted: int
    fields: tuple[dict[str, int], ...]


def case_findings(compiled: Compiled, book: Book, calendar: Calendar) -> Iterator[Finding]:
    """Cases that come out otherwise, and thresholds without the day before, the day and a day after."""
    tried = [_try(case, compiled, book, calendar) for case in compiled.rule.cases]
    file = file_of(compiled.rule.id)
    for one in tried:
        if one.acted != one.case.stage:
            reason = f"case_fails: stage {one.acted} acts, the case says {one.case.stage}"
            yield Finding(file, one.case.name, reason, "correct the rule, or the case")
    if not any(one.case.stage == 0 for one in tried):
        yield Finding(file, "cases", "no_case_of_silence", "add a case in which the rule is silent")
    yield from _boundaries(compiled, tried)


def _try(case: Case, compiled: Compiled, book: Book, calendar: Calendar) -> _Tried:
    facts = CaseFacts.model_validate(case.facts)
    rule = compiled.rule.id
    ruling = decide(facts, case.on, calendar=calendar, book=book)
    acted = {d.stage for d in ruling.decisions if d.rule == rule}
    memory = Memory(s for s in facts.spoken if s.on <= case.on)
    weighed = weigh(facts, case.on, memory, calendar=calendar, book=book)
    fields = tuple(e.values for e in weighed if e.compiled.rule.id == rule)
    return _Tried(case, max(acted, default=0), fields)


def _boundaries(compiled: Compiled, tried: Sequence[_Tried]) -> Iterator[Finding]:
    for number, row in enumerate(compiled.rows[1:], start=1):
        field, _, bound = row[-1]
        missing = [name for name, there in _sides(tried, number, field, bound) if not there]
        if missing:
            after = compiled.rule.stages[number - 1].after
            remedy = f"add literal cases for {' and '.join(missing)}"
            yield Finding(
                file_of(compiled.rule.id), after, f"threshold_without_boundary: stage {number}", remedy
            )


def _sides(tried: Sequence[_Tried], stage: int, field: str, bound: int) -> Iterator[tuple[str, bool]]:
    """Is there a silent day just before, a speaking day at the mark, and another speaking day after it?"""
    before = [t for t in tried if t.acted != stage and any(f[field] == bound - 1 for f in t.fields)]
    at = [t for t in tried if t.acted == stage and any(f[field] == bound for f in t.fields)]
    days = {t.case.on for t in at}
    late = {t.case.on for t in tried if t.acted == stage and any(f[field] >= bound for f in t.fields)}
    yield "the day before", bool(before)
    yield "the day itself", bool(at)
    yield "the day after", bool(days) and max(late) > min(days)
