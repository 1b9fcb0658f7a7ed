"""Every field that a condition may name: its unit, its limits and what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.calendar import Calendar
from domain.facts import CaseFacts

MANY_DAYS = 4000
MANY = 99


@dataclass(frozen=True, slots=True)
class Field:
    """A bounded integer of a kind of subject."""

    name: str
    unit: str
    low: int
    high: int
    doc: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts as they are read on one day, with the calendar and the book's bounds."""

    facts: CaseFacts
    on: date
    calendar: Calendar
    bounds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject on one day; `clock` counts on its own clock from an earlier day until this one."""

    kind: str
    id: str
    episode: date
    fields: dict[str, int]
    clock: Callable[[date], int]


def _flag(name: str, doc: str) -> Field:
    return Field(name, "0/1", 0, 1, doc)


def _days(name: str, doc: str) -> Field:
    return Field(name, "d", 0, MANY_DAYS, doc)


def _working_days(name: str, doc: str) -> Field:
    return Field(name, "AT", 0, MANY_DAYS, doc)


COMMON = (
    _flag("running", "the journey is not closed"),
    _flag("consented", "consent to casework is given, wholly or partly"),
    _flag("paused", "the journey is paused on this day"),
    _flag("silenced", "an answer to the escalation of this matter silences it for now"),
    _flag("gate_open", "nothing shuts the gate for this rule and subject"),
)
OWN: dict[str, tuple[Field, ...]] = {
    "offers": (
        Field("offers_made", "offers", 0, MANY, "first-talk appointments offered and standing (A-33)"),
        _flag("talk_held", "the first talk took place"),
        _days("net_days_since_t0", "days since the allocation, pauses not counted"),
    ),
    "plan": (
        _flag("plan_agreed", "the integration plan is agreed"),
        _days("net_days_since_t0", "days since the allocation, pauses not counted"),
    ),
    "promise": (
        _flag("settled", "the promise of the office is kept or released"),
        _working_days("working_days_late", "working days since the raw due date (A-12)"),
    ),
    "childcare": (
        _flag("care_open", "care does not cover the course hours today (A-31)"),
        _flag("course_explained", "an entitlement exists and was explained"),
        _flag("course_over", "the course has ended"),
        _days("days_since_explained", "days since the entitlement was explained"),
    ),
    "review": (
        _flag(
            "offer_standing", "a review talk is offered for today or later, whatever became of today's (A-20)"
        ),
        Field("net_months", "M", 0, MANY, "months since the last review talk, pauses not counted"),
        _days("net_days_overdue", "days since the review talk was due, pauses not counted"),
    ),
    "no_show": (
        _flag("reason_known", "a reason for the missed appointment was given"),
        _flag("talked_since", "a talk was held on the day or later"),
        _working_days("net_working_days", "working days since the missed appointment that count"),
    ),
    "entitlement": (
        _flag("carried", "a duty, a claim or an admission is in hand and was explained (A-32)"),
        _flag("registered", "a registration is known from any side"),
        _days("net_days_since_explained", "days since it was explained that count against the person"),
    ),
    "own_step": (
        _flag("settled", "the own step is done, released, or excused with acceptance"),
        _days("net_days_late", "days since the moved due date that count against the person (A-12)"),
    ),
    "contact": (_days("net_days_silent", "days without a sign of life, pauses not counted (A-17)"),),
}
FIELDS: dict[str, dict[str, Field]] = {
    kind: {field.name: field for field in (*COMMON, *own)} for kind, own in OWN.items()
}


def bounded(kind: str, **values: int) -> dict[str, int]:
    """The own fields of a subject, each held within its limits."""
    fields = FIELDS[kind]
    return {name: min(max(int(v), fields[name].low), fields[name].high) for name, v in values.items()}
