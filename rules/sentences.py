"""Sentences, rendered from the book at reading: no history ever holds one."""

from collections.abc import Mapping

from domain.decisions import Decision
from rules import book as books
from rules.book import Book
from rules.shape import Rule, Stage
from rules.subjects import FIELDS
from rules.words import counted, pick_of


def explain(decision: Decision, language: str, *, book: Book | None = None) -> str:
    """Why a stage spoke, on which basis, and what the office itself still owes, as sentences."""
    of = book or books.book()
    pick = pick_of(language)
    basis = ", ".join(of.citations[key].provision for key in decision.basis)
    return " ".join((said(decision, language, book=of), _basis(basis, pick), *_own_debt(decision, pick)))


def said(decision: Decision, language: str, *, book: Book) -> str:
    """What the stage says, with the numbers of the decision."""
    rule = book.version(decision.rule, decision.version)
    pick = pick_of(language)
    return _template(rule.stages[decision.stage - 1], pick).format_map(_readable(decision.values, rule, pick))


def describe(rule_id: str, language: str, *, book: Book | None = None) -> str:
    """The statement of a rule."""
    rule = (book or books.book()).rule(rule_id)
    return (rule.title_de, rule.title_en)[pick_of(language)]


def _template(stage: Stage, pick: int) -> str:
    return (stage.says_de, stage.says_en)[pick]


def _readable(values: Mapping[str, int], rule: Rule, pick: int) -> dict[str, str]:
    fields = FIELDS[rule.subject]
    return {name: counted(value, fields[name].unit, pick) for name, value in values.items()}


def _basis(provisions: str, pick: int) -> str:
    return (f"Grundlage: {provisions}.", f"Basis: {provisions}.")[pick]


def _own_debt(decision: Decision, pick: int) -> tuple[str, ...]:
    """The office's own open part is named first among what follows (A-10)."""
    if not decision.twin_open:
        return ()
    return (
        ("Die Stelle schuldet hier selbst noch etwas.", "The office itself still owes its part here.")[pick],
    )
