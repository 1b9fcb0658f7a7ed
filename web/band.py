"""The journey over its term as a picture: phases, marks in four lanes, and today; numbers only, drawn by a template."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.calendar import add_months
from web.dates import days_between

LEFT, RIGHT, WIDTH = 24, 24, 1040
STATES = ("done", "now", "next")
Shape = Literal["step", "talk", "notice", "escalation"]
LANES: dict[Shape, int] = {"step": 92, "talk": 116, "notice": 138, "escalation": 162}


@dataclass(frozen=True)
class Mark:
    """One symbol of the picture: what it is, when, how it stands, and its sentence."""

    shape: Shape
    on: date
    tone: str
    title: str


@dataclass(frozen=True)
class Placed:
    """A mark with its place."""

    x: float
    y: int
    mark: Mark


@dataclass(frozen=True)
class Stretch:
    """A phase with its place and whether it is done, running or to come."""

    x: float
    width: float
    title: str
    state: str


@dataclass(frozen=True)
class Band:
    """All that the template draws."""

    phases: list[Stretch]
    marks: list[Placed]
    months: list[tuple[float, int]]
    today_x: float | None


def draw(
    t0: date, term_months: int, today: date, *, phases: Iterable[tuple[str, int, int]], marks: Iterable[Mark]
) -> Band:
    """Lay a journey out between its first and its last day; what lies outside stands at the edge."""
    end = add_months(t0, term_months)

    def x(day: date) -> float:
        share = days_between(t0, day) / max(1, days_between(t0, end))
        return round(LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT), 1)

    def month_x(month: int) -> float:
        return x(add_months(t0, month))

    stretches = [
        Stretch(
            month_x(a),
            month_x(b) - month_x(a) - 3,
            title,
            _state(add_months(t0, a), add_months(t0, b), today),
        )
        for title, a, b in phases
        if a < term_months
    ]
    placed = [Placed(x(mark.on), LANES[mark.shape], mark) for mark in marks]
    ticks = [(month_x(month), month) for month in range(0, term_months + 1, 3)]
    return Band(stretches, placed, ticks, x(today) if t0 <= today <= end else None)


def _state(begin: date, end: date, today: date) -> str:
    if today >= end:
        return STATES[0]
    return STATES[1] if today >= begin else STATES[2]


def month_of(t0: date, today: date, term_months: int) -> int:
    """The month of the term that a day lies in, between 0 and the term."""
    months = (today.year - t0.year) * 12 + today.month - t0.month - (today.day < t0.day)
    return min(term_months, max(0, months))
