"""Checks a rule against its own cases: each comes out as written, and every threshold has its three days."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from domain.calendar import Calendar
from domain.facts import CaseFacts
from domain.office_facts import OfficeFacts
from rules.book import Book
from rules.compiled import Compiled
from rules.finding import Finding, file_of
from rules.judge import decide, weigh
from rules.ladder import Memory, Weighed
from rules.shape import Case
from rules.subjects import AnyFacts


@dataclass(frozen=True, slots=True)
class _Tried:
    """A case with the stage that acted and what the rule saw of its subjects."""

    case: Case
    acted: int
    weighed: tuple[Weighed, ...]
    memory: Memory


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


def facts_of(case: Case) -> AnyFacts:
    """The facts of a case: of a journey, or of an office where no journey is named."""
    model = CaseFacts if "journey" in case.facts else OfficeFacts
    return model.model_validate(case.facts)


def _try(case: Case, compiled: Compiled, book: Book, calendar: Calendar) -> _Tried:
    facts = facts_of(case)
    rule = compiled.rule.id
    ruling = decide(facts, case.on, calendar=calendar, book=book)
    acted = {d.stage for d in ruling.decisions if (d.rule, d.version) == (rule, compiled.rule.version)}
    memory = Memory(s for s in facts.spoken if s.on <= case.on)
    weighed = weigh(facts, case.on, memory, calendar=calendar, book=book)
    return _Tried(
        case, max(acted, default=0), tuple(e for e in weighed if e.compiled.rule is compiled.rule), memory
    )


Measure = Callable[[Weighed, Memory], int | None]


def _boundaries(compiled: Compiled, tried: Sequence[_Tried]) -> Iterator[Finding]:
    """Each mark and each gap needs a silent day just before it, its own day, and a later day that speaks."""
    for stage in compiled.rule.stages:
        mark = compiled.marks[stage.no]
        if mark is not None:
            step = -1 if mark[1] == "<=" else 1
            limits = (mark[2] - step, mark[2], step)
            yield from _missing(
                compiled, tried, stage=stage.no, name=stage.after, limits=limits, measure=_of_field(mark[0])
            )
        if stage.gap:
            gap = compiled.distances[stage.no - 1]
            yield from _missing(
                compiled,
                tried,
                stage=stage.no,
                name=stage.gap,
                limits=(gap - 1, gap, 1),
                measure=_since(stage.no - 1),
            )


def _of_field(name: str) -> Measure:
    return lambda entry, _: entry.values[name]


def _since(stage: int) -> Measure:
    """How long ago, on its own clock, the stage before acted."""

    def measure(entry: Weighed, memory: Memory) -> int | None:
        day = memory.stages(entry.episode).get(stage)
        return None if day is None else entry.subject.clock(day)

    return measure


def _missing(
    compiled: Compiled,
    tried: Sequence[_Tried],
    *,
    stage: int,
    name: str,
    limits: tuple[int, int, int],
    measure: Measure,
) -> Iterator[Finding]:
    before, at, step = limits
    seen = [(t, found) for t in tried for e in t.weighed if (found := measure(e, t.memory)) is not None]
    speaks = [(t, found) for t, found in seen if t.acted == stage]
    days = {t.case.on for t, found in speaks if found == at}
    later = {t.case.on for t, found in speaks if (found - at) * step >= 0}
    sides = (
        ("the day before", before < 0 or any(t.acted != stage and found == before for t, found in seen)),
        ("the day itself", bool(days)),
        ("the day after", bool(days) and (max(later) > min(days) or any(f != at for _, f in speaks))),
    )
    lacking = [side for side, there in sides if not there]
    if lacking:
        reason = f"threshold_without_boundary: stage {stage}"
        remedy = f"add literal cases for {' and '.join(lacking)}"
        yield Finding(file_of(compiled.rule.id), name, reason, remedy)
