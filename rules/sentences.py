"""Sentences, rendered from the book at reading: no history ever holds one."""

from collections.abc import Mapping

from domain.decisions import Decision
from rules import book as books
from rules.book import Book
from rules.shape import HALVES, Rule, Stage
from rules.subjects import FIELDS

GERMAN = "de"


def explain(decision: Decision, language: str, *, book: Book | None = None) -> str:
    """Why a stage spoke, on which basis, and what the office itself still owes, as sentences."""
    of = book or books.book()
    basis = ", ".join(of.citations[key].provision for key in decision.basis)
    return " ".join(
        (said(decision, language, book=of), _basis(basis, language), *_own_debt(decision, language))
    )


def said(decision: Decision, language: str, *, book: Book) -> str:
    """What the stage says, with the numbers of the decision."""
    rule = book.version(decision.rule, decision.version)
    stage = rule.stages[decision.stage - 1]
    return _template(stage, language).format_map(_readable(decision.values, rule, language))


def describe(rule_id: str, language: str, *, book: Book | None = None) -> str:
    """The statement of a rule."""
    return _title((book or books.book()).rule(rule_id), language)


def _readable(values: Mapping[str, int], rule: Rule, language: str) -> dict[str, str]:
    """The values as people say them: half months as months, 11,5 in German and 11.5 in English."""
    fields = FIELDS[rule.subject]
    return {
        name: in_months(value, language) if fields[name].unit == "hM" else str(value)
        for name, value in values.items()
    }


def in_months(halves: int, language: str) -> str:
    """Half months as people say them: 11,5 in German, 11.5 in English."""
    whole, half = divmod(halves, HALVES)
    if not half:
        return str(whole)
    return f"{whole},5" if language.startswith(GERMAN) else f"{whole}.5"


def _template(stage: Stage, language: str) -> str:
    return stage.says_de if language.startswith(GERMAN) else stage.says_en


def _title(rule: Rule, language: str) -> str:
    return rule.title_de if language.startswith(GERMAN) else rule.title_en


def _basis(provisions: str, language: str) -> str:
    return f"Grundlage: {provisions}." if language.startswith(GERMAN) else f"Basis: {provisions}."


def _own_debt(decision: Decision, language: str) -> tuple[str, ...]:
    """The office's own open part is named first among what follows (A-10)."""
    if not decision.twin_open:
        return ()
    if language.startswith(GERMAN):
        return ("Die Stelle schuldet hier selbst noch etwas.",)
    return ("The office itself still owes its part here.",)
