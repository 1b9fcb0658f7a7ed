"""Joining at the last moment: from a notice's codes and a journey's facts to the values of its text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from domain.calendar import add_months, berlin_day
from domain.decisions import StepPlan, Upcoming
from domain.facts import AppointmentFact, CaseFacts
from domain.model import Instant
from notices.invitation import CalendarEntry
from notices.texts import Values

_ONE_DAY = timedelta(days=1)
# By rule, how the last day follows from the day that names its episode (decision 008): the claim to a course ends
# one year after the permit (§ 44 (2) AufenthG), an application comes before the section begins (§ 4a IntV).
_LAST_DAY: dict[str, Callable[[date], date]] = {
    "FOE-06": lambda permit: add_months(permit, 12),
    "FOE-07": lambda end: end,
    "FOE-09": lambda section: section - _ONE_DAY,
    "FOE-11": lambda end: end,
    "MIT-12": lambda end: end,
}
_RIGHT = "entitlement_end"


class Order(Protocol):
    """What is known of a notice by codes alone."""

    text: str
    matter: str
    rule: str | None
    refers_to: date | None


@dataclass(frozen=True)
class Office:
    """How the office presents itself; what is empty is left out."""

    name: str
    street: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Joined:
    """Whom a notice is from and to, and what the journey knows."""

    office: Office
    contact: str
    name: str = field(repr=False)
    facts: CaseFacts
    plan: Sequence[StepPlan] = ()
    upcoming: Sequence[Upcoming] = ()
    written_on: date | None = None


def values_for(order: Order, joined: Joined) -> Values:
    """The values of the notice's text; what nobody knows stays empty and is refused by the text."""
    office = joined.office
    kind, _, ref = order.matter.partition("/")
    start = _start(joined.facts, ref) if kind == "appointment" else None
    missed = order.rule is not None and start is not None
    return Values(
        office=office.name,
        street=office.street,
        town=office.town,
        phone=office.phone,
        email=office.email,
        contact=joined.contact,
        name=joined.name,
        what=_right(joined) if kind == _RIGHT else _what(kind, ref, joined.facts),
        start=None if missed else start,
        day=berlin_day(start) if missed and start else _day(kind, ref, order, joined),
        answer_by=_answer_by(order, joined),
        ends=_ends(order, joined),
        written_on=joined.written_on,
    )


def entry_for(order: Order, joined: Joined, *, title: str, at: Instant) -> CalendarEntry | None:
    """The calendar entry of an invitation or reminder; None for every other notice."""
    kind, _, ref = order.matter.partition("/")
    start = _start(joined.facts, ref) if kind == "appointment" and order.rule is None else None
    if start is None:
        return None
    place = ", ".join(part for part in (joined.office.name, joined.office.street, joined.office.town) if part)
    return CalendarEntry(uid=ref, start=start, place=place, title=title, stamp=at)


def _appointment(facts: CaseFacts, ref: str) -> AppointmentFact | None:
    return next((entry for entry in facts.appointments if entry.id == ref), None)


def _start(facts: CaseFacts, ref: str) -> Instant | None:
    found = _appointment(facts, ref)
    return found.start if found else None


def _what(kind: str, ref: str, facts: CaseFacts) -> str:
    if kind == "appointment":
        found = _appointment(facts, ref)
        return f"talk/{found.talk}" if found else ""
    if kind == "commitment":
        return next((f"goal/{entry.goal}" for entry in facts.commitments if entry.id == ref), "")
    # Of a repeated step, `half_year_review/2`, the words are those of the step.
    return f"step/{ref.partition('/')[0]}" if kind == "step" else f"subject/{kind}"


def _right(joined: Joined) -> str:
    """What keeps an entitlement alive: to register, to begin, or to go on (§§ 4, 5 IntV)."""
    facts, on = joined.facts, joined.written_on or date.max
    if facts.value("course_started", on) == "yes":
        return "right/continue"
    step = any(entry.step == "course_registration" for entry in facts.steps)
    return "right/begin" if step or facts.value("course_registered", on) == "yes" else "right/register"


def _day(kind: str, ref: str, order: Order, joined: Joined) -> date | None:
    if kind == "commitment":
        return next((entry.due for entry in joined.facts.commitments if entry.id == ref), order.refers_to)
    if order.refers_to is not None:
        return order.refers_to
    if order.rule is not None:
        return _episode(order, joined.facts)
    return next((entry.due for entry in joined.plan if kind == "step" and entry.step == ref), None)


def _episode(order: Order, facts: CaseFacts) -> date | None:
    """The day that names what the rule spoke about last: an end, the beginning of a section, an exam."""
    same = [entry for entry in facts.spoken if (entry.rule, entry.subject) == (order.rule, order.matter)]
    return max(same, key=lambda entry: (entry.on, entry.episode)).episode if same else None


def _ends(order: Order, joined: Joined) -> date | None:
    """The last day of what the rule warns of, while it is still to come."""
    last_day, named = _LAST_DAY.get(order.rule or ""), _episode(order, joined.facts)
    if last_day is None or named is None:
        return None
    end = last_day(named)
    return end if end >= (joined.written_on or date.min) else None


def _answer_by(order: Order, joined: Joined) -> date | None:
    """The day on which the same rule would speak again: an answer until then spares everybody that."""
    if order.rule is None:
        return None
    today = joined.written_on or date.min
    same = (entry for entry in joined.upcoming if (entry.rule, entry.subject) == (order.rule, order.matter))
    return min((entry.on for entry in same if entry.on > today), default=None)
