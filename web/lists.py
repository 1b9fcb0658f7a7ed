"""What a list is read against, and how its refusals are said: the same for the page and for the shell."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlmodel import Session

from domain import allocation_list, take_over_reading
from domain.calendar import berlin_day
from domain.errors import InvalidInput
from domain.list_cells import Columns
from store import clock, editions, people
from web.sentences import sentence
from web.words import LANGUAGE_NAMES, Lang

_ALSO = {"farsi": "fa", "persisch": "fa", "kurdisch": "kmr", "kurmanci": "kmr", "kurmanji": "kmr",
         "tigrinisch": "ti", "pashto": "ps", "sorani-kurdisch": "ckb"}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One refusal of one line: where, what is wrong, and what helps."""

    line: int
    field: str
    column: str
    code: str
    text: str
    remedy: str


@cache
def languages() -> Mapping[str, str]:
    """The tag of each contact language by everything that people write for it."""
    named = {name.casefold(): tag for tag, names in LANGUAGE_NAMES.items() for name in names}
    return {**_ALSO, **named, **{tag.casefold(): tag for tag in LANGUAGE_NAMES}}


def around_cases(session: Session, office: str) -> take_over_reading.Around:
    """What a list of running cases of an office is read against."""
    return take_over_reading.Around(
        municipalities=editions.municipalities(),
        languages=languages(),
        programme=editions.newest_programme()[0],
        today=berlin_day(clock.now(session)),
        ags=people.office(session, office).ags,
    )


def around_allocations(session: Session) -> allocation_list.Around:
    """What an allocation list is read against."""
    today = berlin_day(clock.now(session))
    return allocation_list.Around(editions.municipalities(), languages(), today)


def said(line: int, fault: InvalidInput, columns: Columns, lang: Lang) -> Said:
    """A refusal as a person reads it; the column is called as the list calls it."""
    name = fault.params.get("field", "")
    known = take_over_reading.COLUMNS.get(name, ("–",))[0]
    text = sentence(fault.code, fault.params, lang)
    remedy = text.partition(". ")[2] or text
    return Said(line, name, columns.headings.get(name, known), fault.code, text, remedy)


def problem(found: Said) -> str:
    """What is wrong, without what helps."""
    return found.text.removesuffix(found.remedy).strip() or found.text
