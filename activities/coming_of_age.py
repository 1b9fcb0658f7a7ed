"""Turning 18: what the parents allowed is good for four more weeks, and the person is asked in time (A-30)."""

from collections.abc import Iterator
from datetime import date, timedelta

from activities.draft import Draft
from activities.matters import open_task
from domain.codes import ConsentBy, ConsentOutcome, Purpose
from domain.facts import CaseFacts
from domain.turned import ConsentLapsed

STILL_GOOD = timedelta(weeks=4)
_ALLOWING = (ConsentOutcome.GIVEN, ConsentOutcome.PARTLY)


def lapse(draft: Draft) -> None:
    """End what the parents allowed, unless the person has answered; before the rules are asked that day."""
    day = of_age_on(draft.facts, draft.day)
    if day is not None and draft.day >= day + STILL_GOOD:
        for purpose in by_parents(draft.facts):
            draft.emit(ConsentLapsed(purpose=purpose, on=draft.day))


def ask(draft: Draft) -> None:
    """Let somebody ask the person themselves, from the day on which they are of age."""
    day = of_age_on(draft.facts, draft.day)
    if day is not None and draft.day >= day and by_parents(draft.facts):
        open_task(draft, "ask_own_consent", "consent", (day.isoformat(),))


def days(facts: CaseFacts, today: date) -> Iterator[date]:
    """The two days on which something happens by itself."""
    day = of_age_on(facts, today)
    if day is not None:
        yield from (day, day + STILL_GOOD)


def asked(facts: CaseFacts) -> bool:
    """True once the person has answered for themselves to casework, whatever the answer."""
    answer = facts.consent(Purpose.CASEWORK)
    return answer is not None and answer.by == ConsentBy.SELF


def of_age_on(facts: CaseFacts, today: date) -> date | None:
    """The day on which the person comes of age, as known today."""
    return facts.day_value("of_age_on", today)


def by_parents(facts: CaseFacts) -> tuple[Purpose, ...]:
    """The purposes whose latest answer is the parents' yes."""
    latest = ((purpose, facts.consent(purpose)) for purpose in Purpose)
    return tuple(
        purpose
        for purpose, answer in latest
        if answer is not None and answer.by == ConsentBy.PARENTS and answer.outcome in _ALLOWING
    )
