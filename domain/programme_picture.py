"""A programme as a picture: in which month each step stands, and which of them wait for what happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from domain.programme_rows import Due, Part, Phase, Programme, ProgrammeStep

AFTER_CARE_MONTHS = 3
_DAYS_OF_A_MONTH = 365.25 / 12
_DAYS = {"d": 1.0, "AT": 7 / 5, "W": 7.0, "M": _DAYS_OF_A_MONTH}
Shape = Literal["core", "own", "talk"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One date of a step, in months since T0."""

    month: float
    shape: Shape


@dataclass(frozen=True, slots=True)
class Row:
    """One step in the picture: its dates, and the stretch in which it may come once something happens."""

    step: ProgrammeStep
    marks: tuple[Mark, ...]
    span: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture: `months` is the term, `until` the end of the axis."""

    programme: Programme
    months: int
    until: int
    phases: tuple[Phase, ...]
    rows: tuple[Row, ...]

    def of(self, phase: Phase) -> tuple[Row, ...]:
        """The rows of a phase, in the order of the programme."""
        return tuple(row for row in self.rows if row.step.phase == phase.id)


def picture(programme: Programme, months: int | None = None) -> Picture:
    """The picture of a programme over its term, or over a longer one."""
    term = months or programme.term_months
    phases = tuple(_stretched(phase, programme, term) for phase in programme.phases)
    rows = tuple(_row(step, programme, phases, term) for step in programme.steps)
    return Picture(programme, term, term + AFTER_CARE_MONTHS, phases, rows)


def _stretched(phase: Phase, programme: Programme, term: int) -> Phase:
    """A phase of a longer term: what comes near the end moves with it, what lies before grows."""
    longer = term - programme.term_months
    last = phase.to_month >= programme.term_months
    starts = phase.from_month + (longer if last and phase.from_month else 0)
    grows = last or phase.to_month == _begin_of_last(programme)
    update = {"from_month": starts, "to_month": phase.to_month + (longer if grows else 0)}
    return phase.model_copy(update=update)


def _begin_of_last(programme: Programme) -> int:
    return max(phase.from_month for phase in programme.phases)


def _row(step: ProgrammeStep, programme: Programme, phases: tuple[Phase, ...], term: int) -> Row:
    marks = {
        Mark(month, _shape(step, part))
        for part in step.dates
        for month in _months(step, part, programme, term)
    }
    return Row(step, tuple(sorted(marks, key=lambda mark: mark.month)), _span(step, phases, term))


def _shape(step: ProgrammeStep, part: Part) -> Shape:
    if step.core:
        return "core"
    return "talk" if (part.at or step.at) == "talk" else "own"


def _span(step: ProgrammeStep, phases: tuple[Phase, ...], term: int) -> tuple[float, float] | None:
    """Where a step may come: with its season or on need at any time, with a fact somewhere in its phase."""
    if _in_season(step) or _on_need(step):
        return 0.0, float(term)
    if not any(part.due.after.startswith("fact:") for part in step.dates):
        return None
    phase = next(phase for phase in phases if phase.id == step.phase)
    return float(phase.from_month), float(min(phase.to_month, term))


def _on_need(step: ProgrammeStep) -> bool:
    return step.chosen and step.when is None and all(part.due.n == 0 for part in step.dates)


def _in_season(step: ProgrammeStep) -> bool:
    return step.repeat is not None and step.repeat.season is not None


def _months(step: ProgrammeStep, part: Part, programme: Programme, term: int) -> Iterator[float]:
    first = _month(part.due, programme, term)
    if first is None or _in_season(step) or _on_need(step):
        return
    if step.repeat is None:
        yield first
        return
    every = step.repeat.every.n * _DAYS[step.repeat.every.unit] / _DAYS_OF_A_MONTH
    number, month = 0, first
    while month < term and (step.repeat.times is None or number < step.repeat.times):
        yield month
        number, month = number + 1, first + (number + 1) * every


def _month(due: Due, programme: Programme, term: int) -> float | None:
    length = due.n * _DAYS[due.unit] / _DAYS_OF_A_MONTH
    kind, _, name = due.after.partition(":")
    match kind:
        case "t0":
            return length
        case "term":
            return term - length if due.back else term + length
        case "step":
            step = programme.step(name)
            since = _month(step.dates[0].due, programme, term) if step and step.dates else None
            return None if since is None else since + length
        case _:
            return None
