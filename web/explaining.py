"""Why an escalation exists: the sentence of its rule, rendered from the book at reading."""

from collections.abc import Iterable

from domain.decisions import Decision
from domain.errors import PaktError
from domain.events import DecisionMade
from rules.sentences import describe, explain
from store.ledger import Entry
from store.tables import EscalationRow
from web.timeline import events_of
from web.words import Lang


def why(row: EscalationRow, entries: Iterable[Entry], lang: Lang) -> str:
    """The explanation of the decision behind a matter; the rule's statement where there is none to read."""
    made = [
        event.body
        for event in events_of(list(entries))
        if isinstance(event.body, DecisionMade)
        and (event.body.rule, event.body.subject) == (row.rule, row.subject)
    ]
    try:
        return explain(_decision(made[-1]), lang) if made else describe(row.rule, lang)
    except (PaktError, KeyError, IndexError):
        return ", ".join(row.basis)


def _decision(body: DecisionMade) -> Decision:
    return Decision.model_validate(body.model_dump(exclude={"type", "on"}))
