"""Facts that cannot be: dated after the day that is asked about, ending before they began, or against each other.

The live path reads facts that were checked when they were recorded; this is for facts handed in from outside.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from domain.calendar import berlin_day
from domain.codes import FACT_CODES, AppointmentStatus
from domain.errors import InvalidInput
from domain.facts import CaseFacts, ValueFact
from domain.office_facts import OfficeFacts
from rules.subjects import AnyFacts

_HELD = (AppointmentStatus.KEPT, AppointmentStatus.MISSED)
# What somebody wrote down can only have happened; due days, posts, pauses and absences may lie ahead.
_HAPPENED: dict[str, tuple[str, ...]] = {
    "appointments": ("offered_on", "settled_on"),
    "talks": ("on",),
    "steps": ("on",),
    "values": ("recorded_on",),
    "contacts": ("on",),
    "excuses": ("on", "decided_on"),
    "commitments": ("agreed_on", "kept_on", "released_on", "open_reported_on"),
    "spoken": ("on",),
    "matters": ("raised_on", "closed_on"),
    "tasks": ("opened_on", "closed_on"),
    "retentions": ("closed_on", "withdrawn_on", "erased_on"),
    "reports": ("sent_on",),
}
_SPANS: dict[str, tuple[tuple[str, str], ...]] = {
    "appointments": (("offered_on", "settled_on"),),
    "excuses": (("on", "decided_on"),),
    "commitments": (("agreed_on", "due"), ("agreed_on", "kept_on"), ("agreed_on", "released_on")),
    "pauses": (("start", "until"), ("start", "ended_on")),
    "matters": (("raised_on", "closed_on"),),
    "tasks": (("opened_on", "closed_on"),),
    "absences": (("first", "last"),),
    "retentions": (("closed_on", "erased_on"),),
}
Dated = tuple[str, date | None]


def refuse_impossible(facts: AnyFacts, on: date, *, file: str) -> None:
    """Let possible facts pass; refuse the first that cannot be so on the day that is asked about.

    Raises:
        InvalidInput: `fact_in_future`, `ends_before_start` or `facts_contradict`, with file, field, reason, remedy.
    """
    for field, day in _happened(facts, on):
        if day is not None and day > on:
            raise _in_future(file, field, day, on)
    for (first, start), (last, end) in _spans(facts):
        if start is not None and end is not None and end < start:
            raise _backwards(file, (first, start), (last, end))
    for field, other in _contradictions(facts):
        raise _against(file, field, other)


def _happened(facts: AnyFacts, on: date) -> Iterator[Dated]:
    if isinstance(facts, CaseFacts):
        yield "closed_on", facts.closed_on
        # One may ask about a day before a journey begins; its frame, with the consent, then lies ahead as a whole.
        if facts.opened_on <= on:
            yield from ((f"consents.{n}.on", answer.on) for n, answer in enumerate(facts.consents))
        yield from _appointments_held(facts)
        yield from (
            (f"values.{n}.valid_from", value.valid_from)
            for n, value in enumerate(facts.values)
            if not _is_day(value)
        )
    for part, names in _HAPPENED.items():
        for n, row in _rows(facts, part):
            yield from ((f"{part}.{n}.{name}", getattr(row, name)) for name in names)


def _appointments_held(facts: CaseFacts) -> Iterator[Dated]:
    for n, entry in enumerate(facts.appointments):
        if entry.status in _HELD:
            yield f"appointments.{n}.start", berlin_day(entry.start)


def _is_day(value: ValueFact) -> bool:
    """True where the value names a day of its own, which may lie ahead."""
    code = FACT_CODES.get(value.code)
    return code is not None and code.is_day


def _spans(facts: AnyFacts) -> Iterator[tuple[Dated, Dated]]:
    if isinstance(facts, CaseFacts):
        yield ("opened_on", facts.opened_on), ("closed_on", facts.closed_on)
        for n, entry in enumerate(facts.appointments):
            if entry.status in _HELD:
                path = f"appointments.{n}"
                yield (f"{path}.start", berlin_day(entry.start)), (f"{path}.settled_on", entry.settled_on)
    for part, pairs in _SPANS.items():
        for n, row in _rows(facts, part):
            path = f"{part}.{n}"
            for first, last in pairs:
                yield (f"{path}.{first}", getattr(row, first)), (f"{path}.{last}", getattr(row, last))


def _rows(facts: AnyFacts, part: str) -> Iterator[tuple[int, Any]]:
    rows: Sequence[Any] = getattr(facts, part, ())
    yield from enumerate(rows)


def _contradictions(facts: AnyFacts) -> Iterator[tuple[str, str]]:
    yield from _same_id(facts)
    if isinstance(facts, OfficeFacts):
        return
    yield from _values_apart(facts)
    for n, kept in enumerate(facts.commitments):
        if kept.kept_on is not None and kept.released_on is not None:
            yield f"commitments.{n}.kept_on", f"commitments.{n}.released_on"
    for n, excuse in enumerate(facts.excuses):
        if (excuse.decided_on is None) != (excuse.accepted is None):
            yield f"excuses.{n}.decided_on", f"excuses.{n}.accepted"
    yield from _appointments_apart(facts)


def _appointments_apart(facts: CaseFacts) -> Iterator[tuple[str, str]]:
    """A missed or cancelled appointment at which somebody talked, or one that was cancelled and held."""
    talked = {talk.appointment: n for n, talk in enumerate(facts.talks) if talk.appointment}
    for n, entry in enumerate(facts.appointments):
        if entry.id in talked and entry.status in (AppointmentStatus.MISSED, AppointmentStatus.CANCELLED):
            yield f"appointments.{n}.status", f"talks.{talked[entry.id]}.appointment"
        if entry.cancelled_by is not None and entry.status in _HELD:
            yield f"appointments.{n}.status", f"appointments.{n}.cancelled_by"


def _values_apart(facts: CaseFacts) -> Iterator[tuple[str, str]]:
    """Two sources that say different things about the same day, while nobody has called it disputed."""
    counted = [(n, v) for n, v in enumerate(facts.values) if not v.superseded and not v.disputed]
    for (n, one), (m, other) in combinations(counted, 2):
        same = (one.code, one.about, one.valid_from) == (other.code, other.about, other.valid_from)
        if same and one.source != other.source and one.value != other.value:
            yield f"values.{m}.value", f"values.{n}.value"


def _same_id(facts: AnyFacts) -> Iterator[tuple[str, str]]:
    for part in ("appointments", "talks", "commitments", "excuses", "pauses", "matters", "tasks"):
        for (n, one), (m, other) in combinations(_rows(facts, part), 2):
            if one.id == other.id and one != other:
                yield f"{part}.{m}.id", f"{part}.{n}.id"


def _in_future(file: str, field: str, day: date, on: date) -> InvalidInput:
    reason = f"{day} lies after the day asked about, {on}"
    remedy = "correct the date, leave out what came later, or ask about a later day with --on"
    return InvalidInput(
        "fact_in_future", file=file, field=field, reason=reason, day=str(day), on=str(on), remedy=remedy
    )


def _backwards(file: str, start: tuple[str, date], end: tuple[str, date]) -> InvalidInput:
    reason = f"{end[1]} lies before {start[0]}, {start[1]}"
    return InvalidInput(
        "ends_before_start",
        file=file,
        field=end[0],
        reason=reason,
        day=str(end[1]),
        other=start[0],
        start=str(start[1]),
        remedy="correct one of the two days",
    )


def _against(file: str, field: str, other: str) -> InvalidInput:
    reason = f"contradicts {other}"
    remedy = "leave out what is wrong; where two sources differ, mark one superseded or both disputed"
    return InvalidInput("facts_contradict", file=file, field=field, reason=reason, other=other, remedy=remedy)
