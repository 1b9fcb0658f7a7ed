"""Subjects of letters of other bodies: until when one that threatens a cut must be answered."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import add_months, earliest_notified
from domain.facts import CaseFacts
from rules.subjects.fields import Kind, Reading, Subject, days, flag, subject

_TWO_WEEKS = timedelta(days=14)
_FICTIONS = {"sgb2": ("MIT-12.post_sgb_x",), "asylblg": ("MIT-12.post_lvwvfg",)}
_EITHER = ("MIT-12.post_sgb_x", "MIT-12.post_lvwvfg")
_FIRST_POSTING = date(1981, 1, 1)


def letters(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Each letter whose end is known (MIT-12); an answered one is settled."""
    facts, on = reading.facts, reading.on
    for ref in facts.numbered("letter", on):
        end = _end(reading, ref)
        if end is not None:
            yield subject(
                "letter",
                _LETTER,
                ref,
                end,
                lambda since: (on - since).days,
                answered=facts.value("letter_answered", on, ref) == "yes",
                days_to_end=(end - on).days,
            )


def _end(reading: Reading[CaseFacts], ref: str) -> date | None:
    """The last day that the letter names, else the earliest possible end of its period (A-27)."""
    facts, on = reading.facts, reading.on
    named = facts.day_value("letter_deadline", on, ref)
    period = facts.value("letter_period", on, ref)
    notified = _notified(reading, ref)
    if named is not None or period is None or notified is None:
        return named
    return notified + _TWO_WEEKS if period == "two_weeks" else add_months(notified, 1)


def _notified(reading: Reading[CaseFacts], ref: str) -> date | None:
    """The proven receipt, else the posting and its fiction; of two possible fictions the earlier one."""
    facts, on = reading.facts, reading.on
    posted = facts.day_value("letter_posted", on, ref)
    received = facts.day_value("letter_received", on, ref)
    if received is not None or posted is None:
        return received
    fictions = _FICTIONS.get(facts.value("letter_body", on, ref) or "", _EITHER)
    # No fiction is older than SGB X: a day before it is a slip of the pen, and must not stop the warning.
    law_of = max(posted, _FIRST_POSTING)
    return earliest_notified(posted, [reading.dated(name, law_of) for name in fictions])


_LETTER = (
    flag("answered", "the letter is settled with its body", "das Schreiben ist mit der Behörde geklärt"),
    days("days_to_end", "days until the earliest possible end (A-27)", "Tage bis zum frühesten Ende"),
)
KINDS: tuple[Kind[CaseFacts], ...] = (Kind("letter", "d", _LETTER, letters),)
