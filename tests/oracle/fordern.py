"""What is asked of the participant, and the help that is offered beside it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle import days
from tests.oracle.attendance import most_within
from tests.oracle.gate import acting_days, acting_working_days, gate_open, invited, permitted, spoken_to
from tests.oracle.ladder import Ladder, Stage, counting, falling, rising, working_days
from tests.oracle.states import (
    by,
    carried,
    consented,
    day_held,
    excuse_accepted,
    excuse_open,
    excused,
    holds,
    last_sign_of_life,
    numbered,
    paused,
    promises,
    recorded_since,
    registered,
    signs_of_life,
    since,
    talk_days,
    value,
)
from tests.oracle.table import AFTER_THE_LAST, MARKS

Facts = dict[str, Any]
Row = dict[str, Any]
NO_SHOW_WINDOW = 90
FOUR_DAYS_FROM = date(2025, 1, 1)
"""§ 37 (2) SGB X: letters posted from then on arrive on the fourth day, before on the third (A-27)."""


def ladders(facts: Facts, on: date) -> Iterator[Ladder]:
    """All that is asked or offered, the attendance of a course excepted."""
    yield from _no_shows(facts, on)
    yield from _registration(facts, on)
    yield from _drop_out(facts, on)
    yield from _exam(facts, on)
    yield from _own_steps(facts, on)
    yield from _many_no_shows(facts, on)
    yield _contact(facts, on)
    yield from _move(facts, on)
    yield from _letters(facts, on)


def _missed(facts: Facts, on: date) -> list[tuple[date, Row]]:
    """The no-shows that a person recorded by a day, in order, each with its Berlin day."""
    found = [
        (days.berlin_day(a["start"]), a)
        for a in facts.get("appointments", ())
        if a["status"] == "missed" and by(a.get("settled_on"), on)
    ]
    return sorted(found, key=lambda one: one[0])


def _no_shows(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-01: every no-show once, if the office did its part for this appointment (A-09, A-16)."""
    for missed, appointment in _missed(facts, on):
        subject = f"appointment/{appointment['id']}"
        clock = counting(acting_working_days(facts, "MIT-01", subject))
        speaks = gate_open(facts, "MIT-01", subject, on)
        stages = rising(clock, missed, on, MARKS["MIT-01"], speaks=speaks)
        yield Ladder("MIT-01", subject, missed, not _explained(facts, subject, missed, on), stages)


def _explained(facts: Facts, subject: str, missed: date, on: date) -> bool:
    """A reason was given, accepted or not, or a talk held since: nothing is left to ask."""
    known = any(e["subject"] == subject and by(e["on"], on) for e in facts.get("excuses", ()))
    return known or any(talk >= missed for talk in talk_days(facts, None, on))


def _registration(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-02: from the day the entitlement was explained, until a registration is known (A-32).

    An accepted reason covers its own days only: the duty itself goes on (A-37).
    """
    explained = value(facts, "entitlement_explained", on)
    if not explained or not carried(facts, on) or registered(facts, on):
        return
    begun = date.fromisoformat(explained["valid_from"])
    clock = counting(acting_days(facts, "MIT-02", "entitlement"))
    speaks = gate_open(facts, "MIT-02", "entitlement", on)
    stages = rising(clock, begun, on, MARKS["MIT-02"], speaks=speaks)
    yield Ladder("MIT-02", "entitlement", begun, True, stages)


def _drop_out(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-06: contact at once, which is help; the lead hears of it after days on which help was possible."""
    told = since(facts, "course_dropped_out", on, "yes")
    if told is None:
        return
    heard = any(sign >= told for sign in signs_of_life(facts, on))
    at_once, later = MARKS["MIT-06"]
    clock = counting(acting_working_days(facts, "MIT-06", "drop_out"))
    stages = (
        Stage(lambda: working_days(told, on, at_once), speaks=permitted(facts, "MIT-06", on)),
        Stage(
            lambda: clock(told, on, later),
            lambda acted: clock(acted, on, later - at_once),
            speaks=gate_open(facts, "MIT-06", "drop_out", on),
        ),
    )
    yield Ladder("MIT-06", "drop_out", told, not heard, stages)


def _exam(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-07: the exam is over and nobody knows how it went."""
    exam = day_held(facts, "exam_date", on)
    if exam is None:
        return
    clock = counting(acting_working_days(facts, "MIT-07", "exam"))
    stages = rising(clock, exam, on, MARKS["MIT-07"], speaks=gate_open(facts, "MIT-07", "exam", on))
    yield Ladder("MIT-07", "exam", exam, not recorded_since(facts, "exam_result", on, exam), stages)


def _own_steps(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-08: days after the due date, moved to a working day; the office's promises go first.

    What somebody means to do in civic life is voluntary and never asked about.
    """
    for promise in promises(facts, "participant", on):
        if promise["goal"] == "participation":
            continue
        subject = f"commitment/{promise['id']}"
        due = date.fromisoformat(promise["due"])
        clock = counting(acting_days(facts, "MIT-08", subject))
        speaks = gate_open(facts, "MIT-08", subject, on)
        stages = rising(clock, days.next_working(due), on, MARKS["MIT-08"], speaks=speaks)
        yield Ladder("MIT-08", subject, due, not excused(facts, subject, due, on), stages)


def _many_no_shows(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-09: three no-shows within ninety days lead to a visit, if the office did its part for each."""
    counted = [day for day, appointment in _missed(facts, on) if _counts(facts, day, appointment, on)]
    if not counted:
        return
    clock = counting(acting_working_days(facts, "MIT-09", "no_shows"))
    speaks = gate_open(facts, "MIT-09", "no_shows", on)
    enough = most_within(counted, NO_SHOW_WINDOW) >= MARKS["MIT-09"][0]
    stages = (
        Stage(lambda: enough, speaks=speaks),
        Stage(lambda: True, lambda acted: clock(acted, on, AFTER_THE_LAST["MIT-09"]), speaks=speaks),
    )
    yield Ladder("MIT-09", "no_shows", counted[0], enough, stages)


def _counts(facts: Facts, day: date, appointment: Row, on: date) -> bool:
    """Invited and understood, no open or accepted reason, and nobody met the person since."""
    subject = f"appointment/{appointment['id']}"
    visits = [c["on"] for c in facts.get("contacts", ()) if c["kind"] == "visit" and by(c["on"], on)]
    met = [*talk_days(facts, None, on), *map(date.fromisoformat, visits)]
    reason = excuse_open(facts, subject, on) or excuse_accepted(facts, subject, on)
    told = invited(facts, appointment, on) and spoken_to(facts, appointment)
    return told and not reason and not any(one >= day for one in met)


def _contact(facts: Facts, on: date) -> Ladder:
    """MIT-10: days since the last sign of life, net of pauses (A-17); two stages of help, then a proposal."""
    last = last_sign_of_life(facts, on)
    clock = counting(lambda day: not paused(facts, day))
    help_ = consented(facts, on)
    speaks = (help_, help_, gate_open(facts, "MIT-10", "contact", on))
    return Ladder("MIT-10", "contact", last, True, rising(clock, last, on, MARKS["MIT-10"], speaks=speaks))


def _move(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-11: any knowledge of a move leads to one task, which is help (A-38)."""
    known = value(facts, "move_known", on)
    if known is None:
        return
    day = date.fromisoformat(known["valid_from"])
    done = recorded_since(facts, "move_checked", on, day)
    stage = Stage(lambda: on >= day + timedelta(days=MARKS["MIT-11"][0]), speaks=consented(facts, on))
    yield Ladder("MIT-11", "move", day, not done, (stage,))


def _letters(facts: Facts, on: date) -> Iterator[Ladder]:
    """MIT-12: help before a cut of another body, counted back from the earliest possible end."""
    for letter in numbered(facts, "letter"):
        end = letter_end(facts, letter, on)
        if end is not None:
            answered = holds(facts, "letter_answered", on, letter) == "yes"
            stages = falling(end, on, MARKS["MIT-12"], speaks=consented(facts, on))
            yield Ladder("MIT-12", letter, end, not answered, stages)


def letter_end(facts: Facts, letter: str, on: date) -> date | None:
    """The day that the letter names, or its period from receipt or from the earliest notification."""
    named = day_held(facts, "letter_deadline", on, letter)
    if named is not None:
        return named
    known, period = _known_since(facts, letter, on), holds(facts, "letter_period", on, letter)
    if known is None or period is None:
        return None
    return known + timedelta(days=14) if period == "two_weeks" else days.add_months(known, 1)


def _known_since(facts: Facts, letter: str, on: date) -> date | None:
    received = day_held(facts, "letter_received", on, letter)
    posted = day_held(facts, "letter_posted", on, letter)
    if received is not None or posted is None:
        return received
    federal = holds(facts, "letter_body", on, letter) == "sgb2"
    return posted + timedelta(days=4 if federal and posted >= FOUR_DAYS_FROM else 3)
