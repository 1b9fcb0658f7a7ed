"""The allocation list of the Landratsamt: who was allocated to which municipality on which day, typed once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.errors import InvalidInput
from domain.ids import Ags
from domain.list_cells import (
    Cell,
    Cells,
    Columns,
    Faults,
    Gathered,
    Municipality,
    Table,
    cells_of,
    check_birth_and_t0,
    columns_of,
    person_words,
)
from domain.take_over_reading import COLUMNS as OF_CASES
from domain.take_over_reading import OURS, language

NEEDED = ("name", "birth_date", "language", "municipality", "t0")
_TAKEN = (*NEEDED, "interpreter", "email", "phone", "address", "number")
COLUMNS = {name: OF_CASES[name] for name in OF_CASES if name in _TAKEN}
# An older allocation is no allocation any more: such a case is running, and is taken over.
OLDEST = timedelta(days=366)


@dataclass(frozen=True)
class Allocated:
    """One person of the list; what names the person is never shown by `repr`."""

    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    language: str
    ags: Ags
    t0: date
    interpreter: bool | None = None
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Around:
    """What an allocation list is read against."""

    municipalities: Mapping[str, Municipality]
    languages: Mapping[str, str]
    today: date


@dataclass(frozen=True)
class Line:
    """One line: its number, and who it allocates or what is wrong with it."""

    no: int
    person: Allocated | None = None
    faults: tuple[InvalidInput, ...] = field(default=())


def read_allocations(table: Table, around: Around) -> tuple[Columns, tuple[Line, ...]]:
    """The columns of a list, and its lines in order.

    Raises:
        InvalidInput: the table is no allocation list: an unknown, doubled or missing column.
    """
    columns = columns_of(table, COLUMNS, needed=NEEDED, ours=OURS)
    lines = (_line(no, cells, columns, around) for no, cells in table.rows)
    return columns, tuple(_once_each(lines))


def _line(no: int, cells: tuple[Cell, ...], columns: Columns, around: Around) -> Line:
    try:
        return Line(no, _read(cells_of(columns, cells), around))
    except Faults as wrong:
        return Line(no, faults=tuple(wrong.by_field.values()))


def _once_each(lines: Iterable[Line]) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for line in lines:
        if line.person is None:
            yield line
            continue
        person = line.person
        before = seen.setdefault(person_words(person.name, person.birth_date, person.t0), line.no)
        if before == line.no:
            yield line
        else:
            yield Line(line.no, faults=(InvalidInput("line_twice", field="name", line=str(before)),))


def _read(cells: Cells, around: Around) -> Allocated:
    got = Gathered()
    got.take("name", lambda: cells.needed("name"))
    got.take("birth_date", lambda: cells.needed_day("birth_date"))
    got.take("language", lambda: language(cells, around.languages))
    got.take("ags", lambda: _municipality(cells, around))
    got.take("t0", lambda: cells.needed_day("t0"))
    got.take("interpreter", lambda: cells.yes("interpreter"))
    got.take("email", lambda: cells.mail("email"))
    got.take("phone", lambda: cells.phone("phone"))
    got.take("address", lambda: cells.text("address") or None)
    got.take("number", lambda: cells.text("number") or None)
    check_birth_and_t0(got, around.today)
    t0 = got.day("t0")
    if t0 is not None and t0 < around.today - OLDEST:
        got.refuse(InvalidInput("allocation_too_old", field="t0"))
    return Allocated(**got.finish())  # type: ignore[arg-type]


def _municipality(cells: Cells, around: Around) -> str:
    cells.needed("municipality")
    found = cells.municipality("municipality", around.municipalities)
    if found is None:
        raise InvalidInput("required", field="municipality")
    return found
