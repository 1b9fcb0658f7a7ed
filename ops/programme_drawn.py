"""A programme as a picture of letters: one line per step over the months, then what each side owes."""

from collections.abc import Iterator

from domain.programme_picture import Picture, Row
from domain.programme_rows import ProgrammeStep
from web.programme_said import actor_said, dates_said, exists_said, kind_said, notices_said, of
from web.words import Lang

TITLE = 40
MOST_WIDE = 27
SIGNS = {"core": "◆", "own": "◇", "talk": "○"}
_LEGEND = {
    "de": "◆ Kernschritt  ◇ mit eigener Frist  ○ beim nächsten Gespräch  ┄ sobald etwas eintritt  │ Ende der Laufzeit",
    "en": "◆ core step  ◇ with a date of its own  ○ at the next talk  ┄ once something happens  │ end of the term",
}


def drawn(picture: Picture, lang: Lang) -> Iterator[str]:
    """The picture line by line: the months, then the steps of each phase, then the legend."""
    wide = 2 if picture.until <= MOST_WIDE else 1
    yield f"{'':<{TITLE + 5}}{_months(picture, wide)}"
    for phase in picture.phases:
        yield f"{of(phase.title, lang)} (M{phase.from_month}–M{phase.to_month})"
        for row in picture.of(phase):
            title = _shortened(of(row.step.title, lang))
            # What no month of the picture shows, such as a date after the closing, is said.
            shown = row.marks or row.span
            line = _line(row, picture, wide) if shown else dates_said(row.step, picture.programme, lang)[0]
            yield f"  {row.step.code or '':<3}{title:<{TITLE}}{line}".rstrip()
    yield ""
    yield _LEGEND[lang]


def _shortened(title: str) -> str:
    return title if len(title) < TITLE else title[: TITLE - 2] + "…"


def _months(picture: Picture, wide: int) -> str:
    line = [" "] * (picture.until * wide + 4)
    for month in range(0, picture.until + 1, 3):
        for place, letter in enumerate(f"M{month}" if month % 6 == 0 or wide > 1 else ""):
            line[month * wide + place] = letter
    return "".join(line).rstrip()


def _line(row: Row, picture: Picture, wide: int) -> str:
    line = [" "] * (picture.until * wide + 1)
    line[picture.months * wide] = "│"
    if row.span is not None:
        first, last = (int(month * wide) for month in row.span)
        line[first:last] = "┄" * (last - first)
    for mark in row.marks:
        place = round(mark.month * wide)
        if place < len(line):
            line[place] = SIGNS[mark.shape]
    return "".join(line)


def told(step: ProgrammeStep, picture: Picture, lang: Lang) -> Iterator[str]:
    """One step in lines: whose, when, on what it depends, both sides, and what is said before and after."""
    yield f"{step.code or '':<3}{step.id}: {of(step.title, lang)}"
    head = [actor_said(step, lang), kind_said(step, lang), exists_said(step, lang)]
    yield f"     {' · '.join(part for part in head if part)}"
    for line in dates_said(step, picture.programme, lang):
        yield f"     {line}"
    pick = lang == "en"
    sides = (
        (("Fördern", "Fördern, the office")[pick], of(step.foerdern, lang)),
        (("Fordern", "Fordern, the person")[pick], of(step.fordern, lang)),
        (("Vorher", "Before")[pick], notices_said(step.notices, lang)),
        (("Regeln", "Rules")[pick], ", ".join(step.rules)),
    )
    for name, said in sides:
        if said:
            yield f"     {name}: {said}"
