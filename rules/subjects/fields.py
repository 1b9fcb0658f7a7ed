"""Every field that a condition may name: its unit, its limits and what it means."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from domain.calendar import Calendar
from domain.facts import CaseFacts
from domain.gate import Ask
from domain.office_facts import OfficeFacts

MANY_DAYS = 4000
MANY = 99
AnyFacts = CaseFacts | OfficeFacts
F = TypeVar("F", bound=AnyFacts)


@dataclass(frozen=True, slots=True)
class Field:
    """A bounded integer of a kind of subject, and its name in English and German."""

    name: str
    unit: str
    low: int
    high: int
    doc: str
    doc_de: str


@dataclass(frozen=True, slots=True)
class Reading(Generic[F]):
    """The facts as one rule reads them on one day, with the calendar and the numbers of the book."""

    facts: F
    on: date
    calendar: Calendar
    bounds: Mapping[str, int]
    ask: Ask
    dated: Callable[[str, date], int]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject on one day; `clock` counts on its own clock from an earlier day until this one.

    `turns` are days, not written in the facts, on which a field may change otherwise than by a day's growth.
    """

    kind: str
    id: str
    episode: date
    fields: dict[str, int]
    clock: Callable[[date], int]
    turns: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind(Generic[F]):
    """One kind of subject: its own fields, the unit of its clock, and who reads it from the facts."""

    name: str
    clock: str
    own: tuple[Field, ...]
    read: Callable[[Reading[F]], Iterator[Subject]] = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a field that is named twice, before a rule could mean either."""
        names = [f.name for f in (*COMMON, *self.own)]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: a field is named twice")


def flag(name: str, doc: str, doc_de: str) -> Field:
    """A field that is 1 or 0."""
    return Field(name, "0/1", 0, 1, doc, doc_de)


def days(name: str, doc: str, doc_de: str) -> Field:
    """A field in calendar days."""
    return Field(name, "d", 0, MANY_DAYS, doc, doc_de)


def working_days(name: str, doc: str, doc_de: str) -> Field:
    """A field in working days."""
    return Field(name, "AT", 0, MANY_DAYS, doc, doc_de)


def months(name: str, doc: str, doc_de: str) -> Field:
    """A field in whole months."""
    return Field(name, "M", 0, MANY, doc, doc_de)


def half_months(name: str, doc: str, doc_de: str) -> Field:
    """A field in half months."""
    return Field(name, "hM", 0, 2 * MANY, doc, doc_de)


def count(name: str, doc: str, doc_de: str, *, high: int = MANY) -> Field:
    """A field that counts things; time alone does not change it."""
    return Field(name, "n", 0, high, doc, doc_de)


COMMON = (
    flag("running", "the journey is not closed", "der Fall läuft"),
    flag("consented", "consent to casework is given, wholly or partly", "die Einwilligung liegt vor"),
    flag(
        "attendance_allowed",
        "consent to attendance data is given",
        "die Einwilligung zu Anwesenheitsdaten liegt vor",
    ),
    flag("paused", "the journey is paused on this day", "der Fall ist pausiert"),
    flag(
        "silenced",
        "an answer to the escalation silences it",
        "eine Antwort auf die Eskalation lässt sie ruhen",
    ),
    flag("gate_open", "nothing shuts the gate for this rule", "das Tor ist für diese Regel offen"),
)


def bounded(own: tuple[Field, ...], values: Mapping[str, int]) -> dict[str, int]:
    """Every own field of a subject, each held within its limits; one that is missing is a defect and raises."""
    return {f.name: min(max(int(values[f.name]), f.low), f.high) for f in own}


def subject(
    kind: str,
    own: tuple[Field, ...],
    ref: str,
    episode: date,
    clock: Callable[[date], int],
    *,
    turns: tuple[date, ...] = (),
    **values: int,
) -> Subject:
    """A subject with its own fields held within their limits."""
    return Subject(kind, ref, episode, bounded(own, values), clock, turns)
