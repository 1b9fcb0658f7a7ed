"""Whoever gives no sign of life is not written to without end: after some unanswered words a person goes and asks.

Invitations and help that the law gives still leave. A reminder of what was said already is left out; what a rule
asks for becomes a word in person, so that it is not lost.
"""

from activities import hands
from activities.asks import INVITATION, Ask
from activities.draft import Draft
from domain.facts import CaseFacts
from domain.gate import Rank
from rules.subjects.own_part import signs_of_life

SILENT_DAYS, AT_MOST = 30, 4
_NEVER_LEFT = ("lapsed", "failed")


def enough(draft: Draft) -> bool:
    """True while the person has been silent for a month and four words since the last sign are unanswered."""
    facts, day = draft.facts, draft.day
    last = max((on for on in signs_of_life(facts, day) if on <= day), default=facts.t0)
    since = [n for n in facts.notices if n.planned_on > last and n.state not in _NEVER_LEFT]
    return (day - last).days >= SILENT_DAYS and len(since) >= AT_MOST


def still_leaves(ask: Ask) -> bool:
    """True for what is written all the same."""
    return ask.text == INVITATION or ask.rank == Rank.STATUTORY


def ask_in_person(draft: Draft, ask: Ask) -> None:
    """What is not written is said: a rule's word always, a date that was not said yet unless somebody asks anyway."""
    if ask.decision is None:
        if not hands.said_before(draft.facts, ask.subject, ask.refers_to) and not _asked_after(draft.facts):
            hands.speak(draft, ask.subject, ask.about)
        return
    mine = (ask.decision.rule, ask.subject, draft.day)
    if all((t.rule, t.subject, t.opened_on) != mine for t in draft.facts.tasks):
        hands.speak(draft, ask.subject, ask.about)


def _asked_after(facts: CaseFacts) -> bool:
    """True while somebody is to look for the person, or to speak with them."""
    return any((t.rule == "MIT-10" or t.what == hands.SPEAK) and t.closed_on is None for t in facts.tasks)
