"""Which stages act on a day, for all rules, as the definitions, the rule table and the design say.

Facts are the JSON form of `CaseFacts`. Thresholds are in `table.py`, the office's own rules in `office.py`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.oracle import attendance, courses, foerdern, fordern
from tests.oracle.gate import gate_open
from tests.oracle.ladder import Ladder, acting
from tests.oracle.office import office_acts, office_acts_with_episode, office_lifted
from tests.oracle.states import closed, indexed, paused
from tests.oracle.table import MARKS, OFFICE_OUTCOMES, OUTCOMES, REMIND, TASK, WARNINGS, Outcome

Facts = dict[str, Any]
Act = tuple[str, str, int, str, str]
"""Rule, subject, stage, outcome, addressee."""
Episode = tuple[str, str, date]
"""Rule, subject, the day that names the episode."""


def acts(facts: Facts, on: date) -> set[Act]:
    """What acts on a day: for each rule and subject at most one stage, with all its outcomes."""
    return {act for act, _ in acts_with_episode(facts, on)}


def acts_with_episode(facts: Facts, on: date, rule: str | None = None) -> set[tuple[Act, date]]:
    """As `acts`, each with the day that names its episode; of one rule alone if it is named."""
    found = set()
    for ladder in ladders(facts, on):
        if rule not in (None, ladder.rule):
            continue
        stage = acting(ladder, facts, on)
        for outcome, addressee in _outcomes(ladder.rule, stage, facts, on) if stage else ():
            found.add(((ladder.rule, ladder.subject, stage, outcome, addressee), ladder.episode))
    return found


def lifted(facts: Facts, on: date) -> set[Episode]:
    """Episodes that spoke and whose cause is gone on a day; a shut gate, a pause or the end lifts nothing."""
    if closed(facts, on):
        return set()
    alive = {(one.rule, one.subject, one.episode) for one in ladders(facts, on) if one.alive}
    spoken = {(s["rule"], s["subject"], date.fromisoformat(s["episode"])) for s in facts.get("spoken", ())}
    return spoken - alive


def ladders(facts: Facts, on: date) -> Iterator[Ladder]:
    """Every rule and subject that the facts name; nothing at all for a closed journey."""
    if closed(facts, on):
        return
    known = indexed(facts)
    for part in (foerdern, courses, attendance, fordern):
        yield from part.ladders(known, on)


def _outcomes(rule: str, stage: int, facts: Facts, on: date) -> tuple[Outcome, ...]:
    """A stage's outcomes; in a pause a warning of the office becomes a task."""
    found = OUTCOMES[rule][stage - 1]
    if rule in WARNINGS and paused(facts, on):
        return tuple(TASK if outcome == REMIND else outcome for outcome in found)
    return found


__all__ = [
    "MARKS",
    "OFFICE_OUTCOMES",
    "OUTCOMES",
    "Act",
    "Episode",
    "Ladder",
    "acts",
    "acts_with_episode",
    "gate_open",
    "ladders",
    "lifted",
    "office_acts",
    "office_acts_with_episode",
    "office_lifted",
]
