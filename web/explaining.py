"""Why an escalation exists: the sentence of its rule, rendered from the book at reading."""

from collections.abc import Iterable

from domain.decisions import Decision
from domain.errors import PaktError
from domain.events import DecisionMade
from rules.library import Library, find
from rules.sentences import describe, explain
from store.ledger import Entry
from store.tables import EscalationRow
from web.timeline import events_of
from web.words import Lang


def why(row: EscalationRow, entries: Iterable[Entry], lang: Lang, library: Library) -> str:
    """The explanation of the decision behind a matter; the rule's statement where there is none to read.

    The book that decided explains it: that book's words are what was meant.
    """
    made = [
        (event.body, entry.book)
        for entry in entries
        for event in events_of([entry])
        if isinstance(event.body, DecisionMade)
        and (event.body.rule, event.body.subject) == (row.rule, row.subject)
    ]
    try:
        if not made:
            return describe(row.rule, lang)
        body, book_id = made[-1]
        return explain(_decision(body), lang, book=find(library, book_id) if book_id else None)
    except (PaktError, KeyError, IndexError):
        return ", ".join(row.basis)


def _decision(body: DecisionMade) -> Decision:
    return Decision.model_validate(body.model_dump(exclude={"type", "on"}))
