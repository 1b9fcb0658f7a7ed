"""A list as a spreadsheet holds it, and what each of its cells may say: text, days, codes.

What is read here comes from other programs: a leading zero may be lost, a date may be a date or a text. What is
unclear is refused, never guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from domain.calendar import add_months
from domain.errors import InvalidInput

LINE_MAX = 200
OLDEST_YEARS = 120
OF_AGE_MONTHS = 216
_AGS_DIGITS = 8
_SHORT_YEAR = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}")
_MAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
_PHONE = re.compile(r"\+?[0-9 /().-]{5,30}")
# What a spreadsheet could take for a formula stands behind an apostrophe in our own lists.
_SHIELDED = re.compile(r"'(?=[=+\-@\t])")
_YES = frozenset({"ja", "j", "x", "yes", "y", "true", "wahr", "1"})
_NO = frozenset({"nein", "n", "no", "false", "falsch", "0"})


class Unread:
    """A cell that computes something: its value is not taken, for nobody can see what it will be."""

    def __repr__(self) -> str:
        """Show the kind only."""
        return "Unread()"


Cell = str | date | Unread


@dataclass(frozen=True)
class Table:
    """A heading, and each row that is not blank with the number of its line."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...] = field(repr=False)


class Municipality(Protocol):
    """What must be known of a municipality."""

    @property
    def ags(self) -> str:
        """Its key."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def district(self) -> str:
        """The name of its district."""


@dataclass(frozen=True)
class Columns:
    """Which field stands in which column of a list, and how its heading calls it."""

    fields: tuple[str, ...]
    headings: Mapping[str, str]


def columns_of(
    table: Table, aliases: Mapping[str, tuple[str, ...]], *, needed: tuple[str, ...], ours: frozenset[str]
) -> Columns:
    """The columns of a table; `ours` are headings that we write into lists ourselves and do not read.

    Raises:
        InvalidInput: for an unknown, doubled or missing column; a mistyped heading must not lose what it holds.
    """
    field_of = {plain(alias): name for name, known in aliases.items() for alias in known}
    names = tuple("" if plain(cell) in ours else field_of.get(plain(cell), "?") for cell in table.heading)
    known = ", ".join(found[0] for found in aliases.values())
    for cell, name in zip(table.heading, names, strict=True):
        if name == "?":
            raise InvalidInput("list_column_unknown", field=cell.strip()[:40] or "–", known=known)
        if name and names.count(name) > 1:
            raise InvalidInput("list_column_twice", field=cell.strip()[:40])
    missing = [aliases[name][0] for name in needed if name not in names]
    if missing:
        raise InvalidInput("list_column_missing", field=", ".join(missing), known=known)
    headings = {n: c.strip() for c, n in zip(table.heading, names, strict=True) if n}
    return Columns(names, headings)


def plain(heading: str) -> str:
    """A heading as it is compared: without case, brackets, and what only decorates."""
    bare = re.sub(r"\(.*?\)|[*:]", " ", heading.replace("_", " ").replace("ß", "ss"))
    return " ".join(bare.split()).casefold()


@dataclass(frozen=True)
class Cells:
    """The cells of one line by field; each way of reading one refuses what does not fit, naming the field."""

    by_field: Mapping[str, Cell] = field(repr=False)

    def text(self, name: str) -> str:
        """The cell as one line of text; empty where there is none."""
        cell = self.by_field.get(name, "")
        if isinstance(cell, Unread):
            raise InvalidInput("cell_computes", field=name)
        if isinstance(cell, date):
            return cell.isoformat()
        found = " ".join(_SHIELDED.sub("", unicodedata.normalize("NFC", cell), count=1).split())
        if len(found) > LINE_MAX or not found.isprintable():
            raise InvalidInput("too_long", field=name, max=str(LINE_MAX))
        return found

    def needed(self, name: str) -> str:
        """The text of a cell that must be filled."""
        found = self.text(name)
        if not found:
            raise InvalidInput("required", field=name)
        return found

    def day(self, name: str) -> date | None:
        """The day in a cell, or None where it is empty: 31.12.2026, 2026-12-31, or a date of a spreadsheet."""
        cell = self.by_field.get(name, "")
        if isinstance(cell, date):
            return cell
        typed = self.text(name)
        if not typed:
            return None
        if _SHORT_YEAR.fullmatch(typed):
            raise InvalidInput("year_too_short", field=name)
        return _day(typed.removesuffix(" 00:00:00").removesuffix("T00:00:00"), name)

    def needed_day(self, name: str) -> date:
        """The day in a cell that must be filled."""
        found = self.day(name)
        if found is None:
            raise InvalidInput("required", field=name)
        return found

    def past_day(self, name: str, today: date) -> date | None:
        """The day in a cell; one in the future is refused."""
        found = self.day(name)
        if found is not None and found > today:
            raise InvalidInput("future_day", field=name, day=found.isoformat(), today=today.isoformat())
        return found

    def yes(self, name: str) -> bool | None:
        """True for yes, False for no, None for an empty cell."""
        said = self.text(name).casefold()
        if said and said not in _YES | _NO:
            raise InvalidInput("neither_yes_nor_no", field=name)
        return None if not said else said in _YES

    def number(self, name: str) -> int | None:
        """A whole number, or None where the cell is empty."""
        typed = self.text(name)
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):  # noqa: PLR2004 - no number here is longer
            raise InvalidInput("not_whole", field=name)
        return int(typed)

    def mail(self, name: str) -> str | None:
        """An e-mail address."""
        return self._fitting(name, _MAIL, "not_an_email")

    def phone(self, name: str) -> str | None:
        """A telephone number."""
        return self._fitting(name, _PHONE, "not_a_phone")

    def _fitting(self, name: str, pattern: re.Pattern[str], code: str) -> str | None:
        typed = self.text(name)
        if typed and not pattern.fullmatch(typed):
            raise InvalidInput(code, field=name)
        return typed or None

    def one_of(self, name: str, words: Mapping[str, str], code: str) -> str | None:
        """The code that a word stands for, or None where the cell is empty."""
        said = self.text(name).casefold()
        if said and said not in words:
            allowed = ", ".join(dict.fromkeys(words))
            raise InvalidInput(code, field=name, allowed=allowed)
        return words[said] if said else None

    def municipality(self, name: str, known: Mapping[str, Municipality]) -> str | None:
        """The AGS of a municipality given by its key or its name, or None where the cell is empty.

        A spreadsheet takes the key for a number and drops the zero in front.
        """
        typed = self.text(name)
        if not typed:
            return None
        key = re.match(r"\d+", typed)
        if key is not None:
            return _ags(key[0].rjust(_AGS_DIGITS, "0"), name, known)
        bearing = [entry for entry in known.values() if entry.name.casefold() == typed.casefold()]
        if len(bearing) > 1:
            options = ", ".join(f"{entry.ags} ({entry.district})" for entry in bearing)
            raise InvalidInput("ambiguous_municipality", field=name, options=options)
        if not bearing:
            raise InvalidInput("unknown_ags", field=name)
        return bearing[0].ags


class Faults(Exception):
    """Everything that is wrong with one line, by field."""

    def __init__(self, by_field: Mapping[str, InvalidInput]) -> None:
        """Keep it in the order in which it was found."""
        super().__init__(*by_field)
        self.by_field = dict(by_field)


def cells_of(columns: Columns, cells: tuple[Cell, ...]) -> Cells:
    """The cells of a line by field.

    Raises:
        Faults: the line has a cell beyond its last heading.
    """
    if any(cells[len(columns.fields) :]):
        raise Faults({"": InvalidInput("list_cells_over", field="", count=str(len(columns.fields)))})
    return Cells(dict(zip(columns.fields, cells, strict=False)))


@dataclass
class Gathered:
    """What was read of a line so far, and what was wrong with it."""

    read: dict[str, object] = field(default_factory=dict, repr=False)
    faults: dict[str, InvalidInput] = field(default_factory=dict)

    def take(self, name: str, read: Callable[[], object]) -> None:
        """Read one field, or keep why it was refused."""
        try:
            self.read[name] = read()
        except InvalidInput as wrong:
            self.faults.setdefault(name, wrong)

    def refuse(self, wrong: InvalidInput) -> None:
        """Keep a refusal of a field that could be read by itself."""
        self.faults.setdefault(wrong.params.get("field", ""), wrong)

    def day(self, name: str) -> date | None:
        """A day that was read and not refused, or None: nothing is compared with what is wrong by itself."""
        found = None if name in self.faults else self.read.get(name)
        return found if isinstance(found, date) else None

    def finish(self) -> dict[str, object]:
        """All that was read; raises `Faults` if anything was wrong."""
        if self.faults:
            raise Faults(self.faults)
        return self.read


def check_birth_and_t0(got: Gathered, today: date) -> None:
    """Born before allocated, allocated before today, and nobody older than people become."""
    birth, t0 = got.day("birth_date"), got.day("t0")
    if birth is not None and birth > today:
        got.refuse(InvalidInput("birth_in_future", field="birth_date"))
    elif birth is not None and birth.year < today.year - OLDEST_YEARS:
        got.refuse(InvalidInput("birth_too_early", field="birth_date"))
    birth = got.day("birth_date")
    if t0 is not None and t0 > today:
        got.refuse(InvalidInput("allocation_in_future", field="t0"))
    elif t0 is not None and birth is not None and t0 < birth:
        got.refuse(InvalidInput("allocation_before_birth", field="t0"))


def of_age(birth: date) -> date:
    """The day on which a person turns 18 (§ 2 BGB); of those born on 29 February the day after the 28th."""
    day = add_months(birth, OF_AGE_MONTHS)
    return day if day.day == birth.day else date(day.year, 3, 1)


def person_words(name: str, birth: date, t0: date) -> str:
    """What tells one line from another that has no number of its own; only ever kept as a keyed hash."""
    words = sorted(re.findall(r"\w+", name.casefold()))
    return "\x1f".join((*words, birth.isoformat(), t0.isoformat()))


def _day(typed: str, name: str) -> date:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    raise InvalidInput("not_a_day", field=name)


def _ags(key: str, name: str, known: Mapping[str, Municipality]) -> str:
    if key not in known:
        raise InvalidInput("unknown_ags", field=name)
    return key
