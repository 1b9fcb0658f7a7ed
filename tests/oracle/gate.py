"""The gate: what must be true on a day before anything is asked of a person, for each rule that asks."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.oracle import days
from tests.oracle.states import (
    allowed,
    childcare_settled,
    closed,
    consented,
    disputed,
    excuse_open,
    holds,
    in_term,
    paused,
    promises,
    rejected,
    understood,
)

Facts = dict[str, Any]
Row = dict[str, Any]
Twin = Callable[[Facts, str, date], bool]
ATTENDANCE = ("MIT-03", "MIT-04", "MIT-05", "MIT-06")
"""These read what the course provider told, so they need consent to attendance as well."""
NEEDY = ("sgb2", "sgb12", "asylblg")


def gate_open(facts: Facts, rule: str, subject: str, on: date) -> bool:
    """True if this rule may ask something of the participant about this subject on that day."""
    return (
        not closed(facts, on)
        and in_term(facts, on)
        and not disputed(facts, subject, on)
        and could_act(facts, rule, subject, on)
    )


def could_act(facts: Facts, rule: str, subject: str, day: date) -> bool:
    """True if the day counts against nobody's will: the person could act on it (A-09, A-11, A-37)."""
    return (
        permitted(facts, rule, day)
        and not paused(facts, day)
        and not rejected(facts, day)
        and not excuse_open(facts, excuse_name(subject), day)
        and TWINS[rule](facts, subject, day)
    )


def permitted(facts: Facts, rule: str, day: date) -> bool:
    """Consent to casework, and where the rule reads attendance to that as well."""
    return consented(facts, day) and (rule not in ATTENDANCE or allowed(facts, "attendance", day))


def acting_days(facts: Facts, rule: str, subject: str) -> Callable[[date], bool]:
    """The days that count for a demand."""
    return lambda day: could_act(facts, rule, subject, day)


def acting_working_days(facts: Facts, rule: str, subject: str) -> Callable[[date], bool]:
    """The working days that count for a demand."""
    return lambda day: days.is_working(day) and could_act(facts, rule, subject, day)


def excuse_name(subject: str) -> str:
    """Under which subject a reason is given: absences of all kinds share one."""
    kind = subject.partition("/")[0]
    return "attendance" if kind in ("absences", "absence_share", "spell") else subject


# --- The twins (A-09) ------------------------------------------------------------------------------------


def _with_id(facts: Facts, kind: str, subject: str) -> Row | None:
    wanted = subject.partition("/")[2]
    return next((row for row in facts.get(kind, ()) if row["id"] == wanted), None)


def _offered(facts: Facts, subject: str, day: date) -> bool:
    """FOE-02 for this appointment: not taken back, invited in the person's language, interpreting in order."""
    appointment = _with_id(facts, "appointments", subject)
    if appointment is None or appointment.get("cancelled_by") == "office":
        return False
    return invited(facts, appointment, day) and spoken_to(facts, appointment)


def spoken_to(facts: Facts, appointment: Row) -> bool:
    """A letter alone informs nobody who does not read: some word passed between offer and start."""
    start = days.berlin_day(appointment["start"])
    if holds(facts, "reading", start) != "does_not_read":
        return True
    words = [c["on"] for c in facts.get("contacts", ()) if c["kind"] != "attempt"]
    words += [t["on"] for t in facts.get("talks", ())]
    words += [
        t["completed_on"]
        for t in facts.get("tasks", ())
        if t["what"] == "speak_in_person" and t.get("completed_on")
    ]
    return any(appointment["offered_on"] <= day <= start.isoformat() for day in words)


def invited(facts: Facts, appointment: Row, day: date) -> bool:
    """The office did its part for this appointment."""
    return bool(appointment["invited_in_language"]) and understood(facts, appointment, day)


def _course_open(facts: Facts, _subject: str, day: date) -> bool:
    """FOE-10, FOE-08 and the explanation of the entitlement."""
    return (
        childcare_settled(facts, day)
        and holds(facts, "course_place", day) == "exists"
        and holds(facts, "entitlement_explained", day) == "yes"
    )


def _cared_and_paid(facts: Facts, _subject: str, day: date) -> bool:
    """FOE-10 and FOE-09: care, and the way to the course is paid."""
    return childcare_settled(facts, day) and _way_is_paid(facts, day)


def _way_is_paid(facts: Facts, day: date) -> bool:
    if holds(facts, "benefit", day) not in NEEDY:
        return True
    under_way = holds(facts, "course_started", day) == "yes"
    known = under_way or holds(facts, "course_section_starts", day) is not None
    return not known or holds(facts, "travel_grant", day) is not None


def _cared(facts: Facts, _subject: str, day: date) -> bool:
    return childcare_settled(facts, day)


def _place_and_care(facts: Facts, _subject: str, day: date) -> bool:
    """FOE-08 and FOE-10: there is a course, and there is care."""
    return holds(facts, "course_place", day) == "exists" and childcare_settled(facts, day)


def _exam_prepared(facts: Facts, _subject: str, day: date) -> bool:
    """Date and place told, registered, and no promise of the office for the language is overdue."""
    told = holds(facts, "exam_told", day) == "yes" and holds(facts, "exam_registered", day) == "yes"
    return told and not any(
        office["goal"] == "language" and date.fromisoformat(office["due"]) < day
        for office in promises(facts, "office", day)
    )


def _office_first(facts: Facts, subject: str, day: date) -> bool:
    """FOE-05 for promises of the same goal, and for the paired one at once."""
    own = _with_id(facts, "commitments", subject)
    return own is not None and not any(
        _goes_first(office, own, day) for office in promises(facts, "office", day)
    )


def _goes_first(office: Row, own: Row, day: date) -> bool:
    """The paired counter-promise always; another promise for the same goal once it is overdue (A-09)."""
    paired = office.get("twin") == own["id"] or own.get("twin") == office["id"]
    return paired or (office["goal"] == own["goal"] and date.fromisoformat(office["due"]) < day)


def _somebody_named(facts: Facts, _subject: str, _day: date) -> bool:
    return facts.get("case_worker") is not None


def _rule_explained(facts: Facts, _subject: str, day: date) -> bool:
    return holds(facts, "residence_rule_explained", day) == "yes"


def _none(_facts: Facts, _subject: str, _day: date) -> bool:
    return True


TWINS: dict[str, Twin] = {
    "MIT-01": _offered,
    "MIT-02": _course_open,
    "MIT-03": _cared_and_paid,
    "MIT-04": _cared,
    "MIT-05": _cared_and_paid,
    "MIT-06": _place_and_care,
    "MIT-07": _exam_prepared,
    "MIT-08": _office_first,
    "MIT-09": _none,  # In the count: a no-show counts only if the office did its part for it.
    "MIT-10": _somebody_named,
    "MIT-11": _rule_explained,
    "MIT-12": _none,
}
