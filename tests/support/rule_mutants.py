"""Mutants of the rules: each number moved by one, each comparison turned round, each condition left out.

A mutant is killed if at least one of the rule's own cases comes out otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.calendar import Calendar
from rules.book import Book
from rules.check_cases import facts_of
from rules.compiled import Comparison, Compiled, compile_rule
from rules.judge import decide
from rules.shape import Case, Condition, Op, Rule
from rules.subjects import FIELDS

_TURNED: dict[Op, Op] = {">=": "<=", "<=": ">="}


@dataclass(frozen=True)
class Mutant:
    """One small wrong turn of a rule, and the book that makes it."""

    name: str
    rule: Rule
    book: Book


def mutants(book: Book) -> Iterator[Mutant]:
    """Every mutant of every rule."""
    for compiled in book.compiled:
        yield from _moved(compiled, book)
        yield from _dropped(compiled, book)
        yield from _turned(compiled, book)


def killed(mutant: Mutant, calendar: Calendar) -> bool:
    """True if a case of the rule notices."""
    rule = mutant.rule
    return any(_comes_out(case, rule, mutant.book, calendar) != case.stage for case in rule.cases)


def _comes_out(case: Case, rule: Rule, book: Book, calendar: Calendar) -> int:
    facts = facts_of(case)
    made = decide(facts, case.on, calendar=calendar, book=book).decisions
    return max((d.stage for d in made if (d.rule, d.version) == (rule.id, rule.version)), default=0)


def _alone(book: Book, compiled: Compiled, **changed: object) -> Book:
    """The book with this rule alone to evaluate; all its numbers stay at hand."""
    return replace(book, compiled=(compiled,), **changed)  # type: ignore[arg-type]


def _moved(compiled: Compiled, book: Book) -> Iterator[Mutant]:
    rule = compiled.rule
    for parameter in dict.fromkeys(p for p in rule.parameters if p.in_force(book.valid_from)):
        for step in (-1, 1):
            moved = replace(parameter, value=parameter.value + step)
            named = {**book.parameters, parameter.name: moved}
            again = compile_rule(rule, 0, named)
            bounds = {**book.bounds, parameter.name: moved.bound("")}
            mutated = tuple(_with(r, parameter.name, step) for r in book.rules)
            yield Mutant(
                f"{rule.id}/{rule.version} {parameter.name} {step:+d}",
                rule,
                _alone(book, again, bounds=bounds, rules=mutated),
            )


def _with(rule: Rule, name: str, step: int) -> Rule:
    moved = tuple(replace(p, value=p.value + step) if p.name == name else p for p in rule.parameters)
    return replace(rule, parameters=moved)


def _dropped(compiled: Compiled, book: Book) -> Iterator[Mutant]:
    rule = compiled.rule
    own = (*rule.cause, *rule.quiet, *(c for stage in rule.stages for c in stage.quiet))
    for left_out in dict.fromkeys(own):
        without = replace(
            rule,
            cause=_less(rule.cause, left_out),
            quiet=_less(rule.quiet, left_out),
            stages=tuple(replace(s, quiet=_less(s.quiet, left_out)) for s in rule.stages),
        )
        name = f"{rule.id}/{rule.version} without {left_out.field} {left_out.op} {left_out.bound}"
        yield Mutant(name, rule, _alone(book, compile_rule(without, 0, book.parameters)))


def _less(conditions: tuple[Condition, ...], left_out: Condition) -> tuple[Condition, ...]:
    return tuple(c for c in conditions if c != left_out)


def _turned(compiled: Compiled, book: Book) -> Iterator[Mutant]:
    """Each comparison of each row turned round; what the compiler adds included."""
    seen: set[tuple[int, Comparison]] = set()
    for stage, row in enumerate(compiled.rows[1:], start=1):
        for comparison in row:
            key = (stage if comparison == compiled.marks[stage] else 0, comparison)
            if key in seen:
                continue
            seen.add(key)
            yield _one_turned(compiled, book, comparison)


def _one_turned(compiled: Compiled, book: Book, comparison: Comparison) -> Mutant:
    turned = _other_way(compiled, comparison)
    rows = tuple(tuple(turned if c == comparison else c for c in row) for row in compiled.rows)
    marks = tuple(turned if mark == comparison else mark for mark in compiled.marks)
    field, op, bound = comparison
    name = f"{compiled.rule.id}/{compiled.rule.version} turned {field} {op} {bound}"
    return Mutant(name, compiled.rule, _alone(book, replace(compiled, rows=rows, marks=marks)))


def _other_way(compiled: Compiled, comparison: Comparison) -> Comparison:
    field, op, bound = comparison
    if op != "==":
        return field, _TURNED[op], bound
    known = FIELDS[compiled.rule.subject][field]
    return (field, "==", known.high - bound) if known.unit == "0/1" else (field, ">=", bound + 1)


__all__ = ["Mutant", "killed", "mutants"]
