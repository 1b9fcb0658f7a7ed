"""The picture of a programme in numbers, drawn by a template: phases, rows, marks, months."""

from dataclasses import dataclass

from domain.programme_picture import Mark, Picture, Row
from web.programme_said import dates_said, of
from web.words import Lang

WIDTH, LEFT, RIGHT = 1040, 372, 18
TOP, HEADING, LINE, FOOT = 44, 30, 26, 24


@dataclass(frozen=True)
class Stretch:
    """A phase over the months, with its place."""

    x: float
    width: float
    title: str


@dataclass(frozen=True)
class DrawnMark:
    """A date of a step: where, in which shape."""

    x: float
    shape: str


@dataclass(frozen=True)
class DrawnRow:
    """A step with its place: its marks, the stretch in which it may come, or words where neither is drawn."""

    y: int
    code: str
    title: str
    said: str
    marks: tuple[DrawnMark, ...]
    span: tuple[float, float] | None
    voluntary: bool


@dataclass(frozen=True)
class DrawnGroup:
    """The steps of a phase under its name."""

    y: int
    title: str
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True)
class Drawn:
    """All that the template draws."""

    height: int
    bottom: int
    stretches: tuple[Stretch, ...]
    months: tuple[tuple[float, int], ...]
    end_x: float
    groups: tuple[DrawnGroup, ...]


def draw(picture: Picture, lang: Lang) -> Drawn:
    """Lay the picture out: one line for each step, the months from left to right."""
    groups, y = [], TOP
    for phase in picture.phases:
        rows = picture.of(phase)
        if rows:
            lines = tuple(
                _row(row, y + HEADING + i * LINE + LINE // 2, picture, lang) for i, row in enumerate(rows)
            )
            groups.append(DrawnGroup(y + HEADING - 9, of(phase.title, lang), lines))
            y += HEADING + LINE * len(rows)
    stretches = tuple(
        Stretch(_x(phase.from_month, picture), _x(phase.to_month, picture) - _x(phase.from_month, picture) - 2,
                of(phase.title, lang))
        for phase in picture.programme.model_copy(update={"phases": picture.phases}).stretches
    )  # fmt: skip
    months = tuple((_x(month, picture), month) for month in range(0, picture.until + 1, _step(picture)))
    return Drawn(y + FOOT + 8, y + 6, stretches, months, _x(picture.months, picture), tuple(groups))


def _step(picture: Picture) -> int:
    return 3 if picture.until <= 2 * 15 else 6


def _x(month: float, picture: Picture) -> float:
    return round(LEFT + month / picture.until * (WIDTH - LEFT - RIGHT), 1)


def _row(row: Row, y: int, picture: Picture, lang: Lang) -> DrawnRow:
    seen = [mark for mark in row.marks if mark.month <= picture.until]
    said = "; ".join(dates_said(row.step, picture.programme, lang))
    return DrawnRow(
        y=y,
        code=row.step.code or "",
        title=of(row.step.title, lang),
        said=said,
        marks=tuple(_mark(mark, picture) for mark in seen),
        span=(_x(row.span[0], picture), _x(row.span[1], picture)) if row.span else None,
        voluntary=row.step.voluntary,
    )


def _mark(mark: Mark, picture: Picture) -> DrawnMark:
    return DrawnMark(_x(mark.month, picture), mark.shape)
