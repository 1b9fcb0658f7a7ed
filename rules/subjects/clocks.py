"""The clocks: days net of pauses, and days or working days that count against a person."""

from datetime import date, timedelta

from domain.calendar import Calendar
from domain.facts import CaseFacts
from domain.gate import Ask, open_spans

_ONE_DAY = timedelta(days=1)


def paused_days(facts: CaseFacts, after: date, until: date) -> int:
    """How many days of (after, until] are paused; overlapping pauses count once (A-11)."""
    if not facts.pauses:
        return 0
    total, covered = 0, after
    for pause in sorted(facts.pauses, key=lambda p: p.start):
        first = max(pause.start, covered + _ONE_DAY)
        last = until if pause.ended_on is None else min(pause.ended_on, until)
        if first <= last:
            total += (last - first).days + 1
            covered = last
    return total


def unpaused_days(facts: CaseFacts, after: date, until: date) -> int:
    """Days of (after, until] without pauses; at least 0."""
    return max(0, (until - after).days - paused_days(facts, after, until)) if until > after else 0


def counting_working_days(
    facts: CaseFacts, calendar: Calendar, ask: Ask, subject: str, span: tuple[date, date]
) -> int:
    """Working days of (after, until] on which the person could act."""
    spans = open_spans(facts, ask, subject, *span)
    return sum(calendar.working_days_between(first, last) for first, last in spans)
