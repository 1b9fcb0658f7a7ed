"""Subjects of taking part: a course broken off, the final test, missed appointments, a move."""

from collections.abc import Iterator
from datetime import date

from domain.calendar import berlin_day
from domain.codes import AppointmentStatus, ContactKind
from domain.duties import in_order, told_in_person
from domain.facts import AppointmentFact, CaseFacts, ExcuseFact
from rules.subjects.attendance import counting
from rules.subjects.course_weeks import most_within
from rules.subjects.fields import Kind, Reading, Subject, count, days, flag, subject, working_days
from rules.subjects.own_part import signs_of_life


def drop_out(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The course that the provider reports as broken off, until the person is heard from (MIT-06, A-17)."""
    facts, on = reading.facts, reading.on
    told = facts.entry("course_dropped_out", on)
    if told is None or told.value != "yes":
        return
    since, clock = told.valid_from, counting(reading, "drop_out")
    yield subject(
        "drop_out",
        _DROP_OUT,
        "drop_out",
        since,
        clock,
        heard_from=any(since <= day <= on for day in signs_of_life(facts, on)),
        working_days_since=reading.calendar.working_days_between(since, on),
        net_working_days=clock(since),
    )


def exam(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The final test, whose day never moves (MIT-07, A-12); any result from that day on settles it."""
    facts, on = reading.facts, reading.on
    day = facts.day_value("exam_date", on)
    if day is None:
        return
    result, clock = facts.value_since("exam_result", on), counting(reading, "exam")
    yield subject(
        "exam",
        _EXAM,
        "exam",
        day,
        clock,
        result_known=result is not None and result >= day,
        net_working_days=clock(day),
    )


def no_shows(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """The missed appointments that count together (MIT-09)."""
    missed = sorted(_counted(reading))
    if not missed:
        return
    yield subject(
        "no_shows",
        _NO_SHOWS,
        "no_shows",
        missed[0],
        counting(reading, "no_shows"),
        most_missed=most_within(missed, reading.bounds["MIT-09.window"]),
    )


def _counted(reading: Reading[CaseFacts]) -> Iterator[date]:
    """The day of each no-show since people last met for which the office had done its part (A-16)."""
    facts, on = reading.facts, reading.on
    met = _last_met(facts, on)
    for missed in facts.appointments:
        day = berlin_day(missed.start)
        if missed.status != AppointmentStatus.MISSED or not met < day <= on:
            continue
        asked = in_order(facts, missed, on) and told_in_person(facts, missed)
        if asked and not _excused(facts, missed, on):
            yield day


def _last_met(facts: CaseFacts, on: date) -> date:
    """The day of the last talk or visit, or the first day there is."""
    met = [talk.on for talk in facts.talks]
    met += [contact.on for contact in facts.contacts if contact.kind == ContactKind.VISIT]
    return max((day for day in met if day <= on), default=date.min)


def _excused(facts: CaseFacts, missed: AppointmentFact, on: date) -> bool:
    """True while a reason for it is open or was accepted; a rejected one leaves it counting (A-37)."""
    ref = f"appointment/{missed.id}"
    return any(e.subject == ref and e.on <= on and not _rejected(e, on) for e in facts.excuses)


def _rejected(excuse: ExcuseFact, on: date) -> bool:
    return excuse.decided_on is not None and excuse.decided_on <= on and not excuse.accepted


def move(reading: Reading[CaseFacts]) -> Iterator[Subject]:
    """A move, however the office learned of it (MIT-11, A-38)."""
    facts, on = reading.facts, reading.on
    since = facts.value_since("move_known", on)
    if since is None:
        return
    checked = facts.value_since("move_checked", on)
    yield subject(
        "move",
        _MOVE,
        "move",
        since,
        lambda day: (on - day).days,
        checked=checked is not None and checked >= since,
        days_since_known=(on - since).days,
    )


_DROP_OUT = (
    flag("heard_from", "a sign of life was given since (A-17)", "seither gab es ein Lebenszeichen"),
    working_days(
        "working_days_since", "working days since the provider told", "Arbeitstage seit der Meldung"
    ),
    working_days(
        "net_working_days",
        "working days since the provider told that count",
        "anrechenbare Arbeitstage seit der Meldung",
    ),
)
_EXAM = (
    flag("result_known", "a result is known since the day of the test", "ein Ergebnis ist bekannt"),
    working_days(
        "net_working_days", "working days since the test that count", "anrechenbare Arbeitstage seit dem Test"
    ),
)
_NO_SHOWS = (
    count(
        "most_missed",
        "the most missed appointments that count within the window (A-14, A-16)",
        "höchste Zahl anrechenbarer versäumter Termine im Zeitraum",
    ),
)
_MOVE = (
    flag("checked", "the move was checked and the rule explained", "der Umzug ist geprüft und erklärt"),
    days("days_since_known", "days since the office learned of the move", "Tage seit Bekanntwerden"),
)
KINDS: tuple[Kind[CaseFacts], ...] = (
    Kind("drop_out", "AT", _DROP_OUT, drop_out),
    Kind("exam", "AT", _EXAM, exam),
    Kind("no_shows", "AT", _NO_SHOWS, no_shows),
    Kind("move", "d", _MOVE, move),
)
