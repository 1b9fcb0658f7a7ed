"""The office's own clocks: staffing, consent, the term and its end, offers and talks within it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from domain.calendar import add_months, half_months_since, months_since
from domain.codes import Purpose, TalkKind
from domain.facts import CaseFacts
from rules.subjects.clocks import paused_days, unpaused_days
from rules.subjects.fields import (
    Kind,
    Reading,
    Subject,
    count,
    days,
    flag,
    half_months,
    months,
    subject,
    working_days,
)
from rules.subjects.office_duties import held_on

HALVES = 2


def staffing(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The case worker and the substitute, from the day on which one of them last changed (FOE-01)."""
    facts, on, calendar = reading.facts, reading.on, reading.calendar
    since = facts.assigned_on or facts.opened_on
    yield subject(
        "staffing",
        _STAFFING,
        "staffing",
        since,
        lambda day: calendar.working_days_between(day, on),
        fully_staffed=facts.case_worker is not None and facts.substitute is not None,
        working_days_unstaffed=calendar.working_days_between(since, on),
    )


def consent(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The answer to casework consent, whichever it is (FOE-03); no pause stops the question."""
    facts, on = reading.facts, reading.on
    yield subject(
        "consent",
        _CONSENT,
        "consent",
        facts.t0,
        lambda day: (on - day).days,
        answered=any(c.purpose == Purpose.CASEWORK and c.on <= on for c in facts.consents),
        days_to_ask=_days_to_ask(reading),
    )


def _days_to_ask(reading: Reading[CaseFacts]) -> int:
    """Days since T0; a first talk that was held brings the mark forward, whichever comes first (A-30)."""
    since_t0 = (reading.on - reading.facts.t0).days
    if held_on(reading.facts, TalkKind.FIRST, "first_talk", reading.on):
        return max(since_t0, reading.bounds["FOE-03.task"])
    return since_t0


def term(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The decision about the end of the term, in half months before it, counted from T0 (FOE-15, A-21)."""
    facts, on = reading.facts, reading.on
    ref = f"term/{facts.term_months}"
    yield subject(
        "term",
        _TERM,
        ref,
        add_months(facts.t0, facts.term_months),
        lambda day: half_months_since(day, on),
        term_decided=facts.value("term_decision", on, ref) is not None,
        half_months_left=HALVES * facts.term_months - half_months_since(facts.t0, on),
    )


def handover(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The handover to the regular services before the term ends, pauses not counted (FOE-16, A-21)."""
    facts, on = reading.facts, reading.on
    yield subject(
        "handover",
        _HANDOVER,
        "handover",
        add_months(facts.t0, facts.term_months),
        lambda day: _net_months(facts, day, on),
        handover_held=bool(held_on(facts, TalkKind.HANDOVER, "handover", on)),
        net_months_left=facts.term_months - _net_months(facts, facts.t0, on),
    )


def civic(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """Civic contacts that were offered, whatever became of them (FOE-19)."""
    facts, on = reading.facts, reading.on
    offered = {v.valid_from for v in facts.values if v.code == "civic_offer" and not v.superseded}
    yield subject(
        "civic",
        _CIVIC,
        "civic",
        facts.t0,
        _unpaused(facts, on),
        civic_offer_days=sum(day <= on for day in offered),
        net_months_since_t0=_net_months(facts, facts.t0, on),
        net_days_after_first=_net_days_after(reading, "FOE-19.first"),
        net_days_after_second=_net_days_after(reading, "FOE-19.second"),
    )


def housing(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The talk about the way out of follow-up housing, where nobody recorded another home (FOE-21)."""
    facts, on = reading.facts, reading.on
    yield subject(
        "housing",
        _HOUSING,
        "housing",
        facts.t0,
        _unpaused(facts, on),
        in_follow_up_housing=facts.value("housing", on) in (None, "follow_up"),
        housing_talked=facts.value("housing_talk", on) is not None,
        net_months_since_t0=_net_months(facts, facts.t0, on),
        net_days_after_housing_mark=_net_days_after(reading, "FOE-21.task"),
    )


def _unpaused(facts: CaseFacts, on: date) -> Callable[[date], int]:
    return lambda since: unpaused_days(facts, since, on)


def _net_day(facts: CaseFacts, since: date, on: date) -> date:
    """The day that it would be, had no pause stopped the clock since."""
    return on - timedelta(days=paused_days(facts, since, on))


def _net_months(facts: CaseFacts, since: date, on: date) -> int:
    return months_since(since, _net_day(facts, since, on))


def _net_days_after(reading: Reading[CaseFacts], mark: str) -> int:
    """Days since a mark in months after T0, pauses not counted; before it less than 0."""
    facts = reading.facts
    reached = add_months(facts.t0, reading.bounds[mark])
    return (_net_day(facts, facts.t0, reading.on) - reached).days


_NET_MONTHS = months(
    "net_months_since_t0",
    "months since the allocation, pauses not counted",
    "Monate seit der Zuweisung ohne Pausen",
)
_STAFFING = (
    flag(
        "fully_staffed", "a case worker and a substitute are named", "Fachkraft und Vertretung sind benannt"
    ),
    working_days(
        "working_days_unstaffed",
        "working days since the staffing last changed",
        "Arbeitstage seit der letzten Änderung der Zuständigkeit",
    ),
)
_CONSENT = (
    flag(
        "answered",
        "consent to casework was answered, whichever way",
        "die Einwilligung zur Fallarbeit ist beantwortet",
    ),
    days(
        "days_to_ask",
        "days since the allocation; a first talk that was held brings the mark forward (A-30)",
        "Tage seit der Zuweisung, ein gehaltenes Erstgespräch zieht die Marke vor",
    ),
)
_TERM = (
    flag("term_decided", "the end of this term is decided", "über das Ende der Laufzeit ist entschieden"),
    half_months(
        "half_months_left",
        "half months until the end of the term, counted from the allocation (A-21)",
        "halbe Monate bis zum Ende der Laufzeit",
    ),
)
_HANDOVER = (
    flag("handover_held", "the handover talk was held", "das Übergabegespräch hat stattgefunden"),
    months(
        "net_months_left",
        "months until the end of the term, pauses not counted",
        "Monate bis zum Ende der Laufzeit ohne Pausen",
    ),
)
_CIVIC = (
    count(
        "civic_offer_days",
        "days on which a civic contact was offered, whatever the answer",
        "Tage mit einem Angebot eines Kontakts ins Ehrenamt oder in einen Verein",
    ),
    _NET_MONTHS,
    days(
        "net_days_after_first",
        "days since the first mark for a civic contact, pauses not counted",
        "Tage seit der ersten Marke für einen Kontakt ins Ehrenamt",
    ),
    days(
        "net_days_after_second",
        "days since the second mark for a civic contact, pauses not counted",
        "Tage seit der zweiten Marke für einen Kontakt ins Ehrenamt",
    ),
)
_HOUSING = (
    flag(
        "in_follow_up_housing",
        "the person lives in follow-up housing, as far as known",
        "die Person lebt in Anschlussunterbringung, soweit bekannt",
    ),
    flag(
        "housing_talked",
        "a talk about housing was offered or held",
        "ein Gespräch über das Wohnen ist angeboten oder gehalten",
    ),
    _NET_MONTHS,
    days(
        "net_days_after_housing_mark",
        "days since the mark for the talk about housing, pauses not counted",
        "Tage seit der Marke für das Gespräch über das Wohnen",
    ),
)
KINDS: tuple[Kind[CaseFacts], ...] = (
    Kind("staffing", "AT", _STAFFING, staffing),
    Kind("consent", "d", _CONSENT, consent),
    Kind("term", "hM", _TERM, term),
    Kind("handover", "M", _HANDOVER, handover),
    Kind("civic", "d", _CIVIC, civic),
    Kind("housing", "d", _HOUSING, housing),
)
