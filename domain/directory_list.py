"""A list of offers as offices keep it: bytes of a table become lines, and each line an entry or its refusals."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.directory import Entry
from domain.directory_reading import Around, Faults, read_entry
from domain.errors import InvalidInput
from domain.ids import derived_id

BYTES_MAX = 4_000_000
LINES_MAX = 10_000
NEEDED = ("kind", "name", "provider", "ags", "checked_on")
COLUMNS: dict[str, tuple[str, ...]] = {
    "kind": ("art", "kind", "angebotsart"),
    "name": ("name", "angebot", "bezeichnung", "titel", "title"),
    "provider": ("anbieter", "provider"),
    "carrier": ("träger", "traeger", "carrier"),
    "ags": ("gemeinde", "ags", "ort", "place", "municipality"),
    "venue": ("adresse", "anschrift", "treffpunkt", "venue", "address"),
    "start": ("beginn", "start", "ab"),
    "level": ("niveau", "level", "sprachniveau", "deutsch"),
    "childcare": ("kinderbetreuung", "childcare"),
    "free_places": ("freie plätze", "freie plaetze", "plätze frei", "free places", "places"),
    "phone": ("telefon", "phone", "tel"),
    "checked_on": ("zuletzt geprüft", "zuletzt geprueft", "geprüft", "stand", "last checked", "checked on", "checked"),
}  # fmt: skip
_FIELD_OF = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
_SEPARATORS = ";,\t"


@dataclass(frozen=True)
class Line:
    """One line of a list: where it stands, and the entry that it says or what is wrong with it."""

    no: int
    entry: Entry | None = None
    faults: tuple[InvalidInput, ...] = field(default=())


def read_list(content: bytes, around: Around) -> tuple[Line, ...]:
    """The lines of a table with a heading, in UTF-8 or Windows-1252, divided by semicolon, comma or tab.

    Raises:
        InvalidInput: nothing of it can be read: no table, an unknown, doubled or missing column, too much.
    """
    if len(content) > BYTES_MAX:
        raise InvalidInput("list_too_large", field="file", max=str(BYTES_MAX // 1_000_000))
    rows = _rows(_text(content))
    heading = next(rows, None)
    if heading is None:
        raise InvalidInput("list_empty", field="file")
    columns = _columns(heading[1])
    lines = tuple(_line(no, cells, columns, around) for no, cells in rows)
    if len(lines) > LINES_MAX:
        raise InvalidInput("list_too_long", field="file", max=str(LINES_MAX))
    return tuple(_once_each(lines))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput("list_encoding", field="file")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the number of the line on which it begins."""
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):  # what spreadsheets write above a table
        text, skipped, (first, _, _) = rest, 1, rest.partition("\n")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins + skipped, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise InvalidInput("list_broken", field="file", line=str(begins + skipped)) from None


def _columns(heading: list[str]) -> list[str]:
    named = [_FIELD_OF.get(" ".join(cell.replace("_", " ").split()).casefold(), "") for cell in heading]
    for cell, name in zip(heading, named, strict=True):
        if not name:
            raise InvalidInput("list_column_unknown", field=cell.strip()[:40] or "–", known=_known())
        if named.count(name) > 1:
            raise InvalidInput("list_column_twice", field=cell.strip()[:40])
    missing = [COLUMNS[name][0] for name in NEEDED if name not in named]
    if missing:
        raise InvalidInput("list_column_missing", field=", ".join(missing), known=_known())
    return named


def _known() -> str:
    return ", ".join(aliases[0] for aliases in COLUMNS.values())


def _line(no: int, cells: list[str], columns: list[str], around: Around) -> Line:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Line(no, faults=(InvalidInput("list_cells_over", field="line", count=str(len(columns))),))
    typed = dict(zip(columns, cells, strict=False))
    try:
        return Line(no, read_entry("", typed, around))
    except Faults as wrong:
        return Line(no, faults=tuple(wrong.by_field.values()))


def _once_each(lines: Iterable[Line]) -> Iterator[Line]:
    """The same offer stands in a list once; what a list says makes its id, so that two readings agree."""
    seen: dict[object, int] = {}
    for line in lines:
        if line.entry is None:
            yield line
            continue
        before = seen.setdefault(line.entry.identity, line.no)
        if before != line.no:
            yield Line(line.no, faults=(InvalidInput("list_line_twice", field="name", line=str(before)),))
        else:
            yield line


def id_of(entry: Entry) -> str:
    """The id of an entry that came from a list: the same offer has the same id in every reading."""
    return derived_id("offer", *(str(part) for part in entry.identity))
