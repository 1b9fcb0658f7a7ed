"""What the office itself still owes in a case: its open promises, and its own rules that ran past their mark."""

from datetime import date

import structlog

from domain.codes import Side
from domain.errors import PaktError
from domain.facts import CaseFacts
from rules.judge import owed
from rules.library import Library, decides
from rules.sentences import describe
from store import editions
from web.naming import Naming
from web.promises import open_promises

log = structlog.get_logger("web")


def owed_by_office(facts: CaseFacts, on: date, names: Naming, library: Library) -> list[str]:
    """Every debt in words: agreed promises first, then what a rule asks of the office, with its statement."""
    still_open = {row.id for row in open_promises(facts, Side.OFFICE, on)}
    agreed = [names.commitment(entry) for entry in facts.commitments if entry.id in still_open]
    return [*agreed, *_by_rule(facts, on, names, library)]


def _by_rule(facts: CaseFacts, on: date, names: Naming, library: Library) -> list[str]:
    """What no promise says: a rule about a promise would only say it twice."""
    try:
        of = decides(library, facts.pinned_book, on)
        found = owed(facts, on, calendar=editions.calendar()[0], book=of)
    except PaktError as unanswered:
        # A case that the rules cannot weigh must not close the inbox for everybody.
        log.warning("debts_unknown", journey=facts.journey, code=unanswered.code)
        return []
    return [
        f"{names.subject(subject)}: {describe(rule, names.lang, book=of).removesuffix('.')} ({rule})"
        for rule, subject in found
        if not subject.startswith("commitment/")
    ]
