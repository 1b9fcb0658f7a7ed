"""Lists as offices keep them: the bytes of a CSV file or of a workbook become one table.

A workbook is a ZIP archive of XML from somebody else's machine: its size is looked at before anything is unpacked,
a document type (and with it every entity) is refused, and a formula is marked, never computed.
"""

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from domain.errors import InvalidInput
from domain.list_cells import Cell, Table, Unread

BYTES_MAX = 1_000_000
ROWS_MAX = 2_000
COLUMNS_MAX = 60
UNPACKED_MAX = 16_000_000
PARTS_MAX = 400
_BLANK_ROWS_MAX = 1_000
_CELL_MAX = 2_000
_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEPARATORS = ";,\t"
_WHOLE_BELOW = 1e15  # beyond it a workbook has lost digits


def read_table(content: bytes) -> Table:
    """The table in a file: the first sheet of a workbook, or CSV in UTF-8 or Windows-1252.

    Raises:
        InvalidInput: nothing of it can be read, or it is too large.
    """
    if len(content) > BYTES_MAX:
        raise InvalidInput("list_too_large", field="file", max=str(BYTES_MAX // 1_000_000))
    if content.startswith(_OLD_WORKBOOK):
        raise InvalidInput("list_old_workbook", field="file")
    rows = _sheet(content) if content.startswith(_ZIP) else _lines(_text(content))
    return _table(rows)


def to_bytes(table: Table) -> bytes:
    """A table as it is kept between preview and confirmation."""
    rows = [[no, [_kept(cell) for cell in cells]] for no, cells in table.rows]
    return json.dumps({"heading": table.heading, "rows": rows}).encode()


def from_bytes(content: bytes) -> Table:
    """What `to_bytes` kept."""
    known = json.loads(content)
    rows = tuple((int(no), tuple(_cell(cell) for cell in cells)) for no, cells in known["rows"])
    return Table(tuple(known["heading"]), rows)


def to_csv(table: Table, said: dict[int, tuple[str, str]], extra: tuple[str, str, str]) -> bytes:
    """Some lines as CSV that a spreadsheet opens and that can be sent back: what is wrong stands behind each.

    Nothing in it can act as a formula.
    """
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow((*table.heading, *extra))
    width = len(table.heading)
    for no, cells in table.rows:
        if no in said:
            padded = [_shielded(cell) for cell in cells[:width]] + [""] * (width - len(cells))
            writer.writerow((*padded, no, *said[no]))
    return ("\ufeff" + made.getvalue()).encode("utf-8")


def _kept(cell: Cell) -> str | dict[str, str]:
    if isinstance(cell, Unread):
        return {"computes": "yes"}
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _cell(kept: Any) -> Cell:
    if isinstance(kept, str):
        return kept
    return date.fromisoformat(kept["day"]) if "day" in kept else Unread()


def _shielded(cell: Cell) -> str:
    if isinstance(cell, Unread):
        return ""
    text = cell.strftime("%d.%m.%Y") if isinstance(cell, date) else cell
    return f"'{text}" if text[:1] in "=+-@\t" and text else text


def _table(rows: Iterator[tuple[int, tuple[Cell, ...]]]) -> Table:
    heading = next(rows, None)
    if heading is None:
        raise InvalidInput("list_empty", field="file")
    names = tuple(cell if isinstance(cell, str) else "" for cell in heading[1])
    if len(names) > COLUMNS_MAX:
        raise InvalidInput("list_too_wide", field="file", max=str(COLUMNS_MAX))
    found = list[tuple[int, tuple[Cell, ...]]]()
    for row in rows:
        if len(found) == ROWS_MAX:
            raise InvalidInput("list_too_long", field="file", max=str(ROWS_MAX))
        found.append(row)
    if not found:
        raise InvalidInput("list_without_lines", field="file")
    return Table(names, tuple(found))


def _text(content: bytes) -> str:
    """UTF-8 if it is; otherwise what German Windows writes, in which a NUL never stands."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InvalidInput("list_encoding", field="file")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            found = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in found:
            return found
    raise InvalidInput("list_encoding", field="file")


def _lines(text: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Each row that is not blank, with the number of the line on which it begins."""
    first, _, rest = text.partition("\n")
    begins = 1
    if first.strip().lower().startswith("sep="):  # what spreadsheets write above a table
        text, begins, first = rest, 2, rest.partition("\n")[0]
    before = begins - 1
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, _trimmed(tuple(_plain(cell) for cell in cells))
            begins = before + reader.line_num + 1
    except csv.Error:
        raise InvalidInput("list_broken", field="file", line=str(begins)) from None


def _plain(cell: str) -> Cell:
    return cell[:_CELL_MAX]


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = len(cells)
    while last and isinstance(cell := cells[last - 1], str) and not cell.strip():
        last -= 1
    return cells[:last]


def _sheet(content: bytes) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    _expect_harmless(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a workbook has beside its cells is not read
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            yield from _cells_of(book)
    except InvalidInput:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError,
            IndexError, AttributeError, OverflowError, EOFError, OSError):  # fmt: skip
        # The library says in many ways that a workbook is broken; a broken one is no defect of ours.
        raise InvalidInput("list_broken_workbook", field="file") from None


def _expect_harmless(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
                raise InvalidInput("list_unpacks_too_large", field="file")
            if any("vbaproject" in part.filename.casefold() for part in parts):
                raise InvalidInput("list_with_macros", field="file")
            if any(_declares(packed.read(part)) for part in parts):
                raise InvalidInput("list_broken_workbook", field="file")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise InvalidInput("list_broken_workbook", field="file") from None


def _declares(part: bytes) -> bool:
    """True for a document type, or an encoding that would hide one; no spreadsheet writes either."""
    return b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff")


def _cells_of(book: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The rows of the first sheet that is shown; what its size is said to be is not believed."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise InvalidInput("list_empty", field="file")
    sheets[0].reset_dimensions()
    blank = 0
    for no, row in enumerate(sheets[0].iter_rows(), start=1):
        cells = _trimmed(tuple(_value(cell) for cell in row[: COLUMNS_MAX + 1]))
        blank = 0 if cells else blank + 1
        if blank > _BLANK_ROWS_MAX:
            return
        if cells:
            yield no, cells


def _value(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Unread()
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE_BELOW:
        return str(int(value))
    return "" if value is None else str(value)[:_CELL_MAX]
