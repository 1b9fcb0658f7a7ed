"""Files become tables: CSV and workbooks as offices keep them; what could harm is refused."""

import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.errors import InvalidInput, NotFound
from domain.list_cells import Unread
from store import clock, uploads
from store.database import Store
from store.keys import KeyDestroyed
from store.reading_lists import BYTES_MAX, ROWS_MAX, UNPACKED_MAX, from_bytes, read_table, to_bytes, to_csv
from store.tables_take_over import UploadRow
from tests.store.test_take_overs import BEGINNING, HEAD, at, row
from tests.support.registered import House

__all__ = ["at"]
NEW_YEAR = datetime(2027, 1, 2)  # noqa: DTZ001 - as spreadsheets have days


def test_a_kept_list_is_sealed_is_only_its_senders_and_goes_within_half_a_day(
    store: Store, at: House
) -> None:
    table = read_table(f"{HEAD}\n{row(1)}".encode())
    with store.write() as session:
        kept = uploads.keep(session, store, table, kind="cases", sha256="c" * 64, whose=(at.lead, at.office))

    with store.read() as session:
        assert uploads.find(session, store, kept, kind="cases", person=at.lead).table == table
        assert b"rgen" not in session.get_one(UploadRow, kept).content
        with pytest.raises(NotFound):
            uploads.find(session, store, kept, kind="cases", person=at.case_worker)
    with store.write() as session:
        clock.set_to(session, BEGINNING + timedelta(hours=13))
        uploads.purge(session, store)
        assert session.get(UploadRow, kept) is None
    with pytest.raises(KeyDestroyed):
        store.keys.key_of(kept)


def workbook(*rows: list[object]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    for cells in rows:
        sheet.append(cells)
    made.save(out)
    return out.getvalue()


def rezipped(content: bytes, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
        for name in changed.keys() - set(old.namelist()):
            new.writestr(name, changed[name])
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(InvalidInput) as wrong:
        read_table(content)
    return wrong.value.code


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_however_it_was_saved(separator: str, encoding: str) -> None:
    text = f"Name{separator}Straße\r\n\r\nMüller{separator}Über 1\r\n"
    table = read_table(text.encode(encoding))
    assert (table.heading, table.rows) == (("Name", "Straße"), ((3, ("Müller", "Über 1")),))


def test_a_quoted_cell_may_hold_a_line_break_and_lines_keep_their_numbers() -> None:
    table = read_table(b'sep=;\nName;Ort\n"A\nB";1\nC;2\n')
    assert [no for no, _ in table.rows] == [3, 5]


def test_a_workbook_gives_text_numbers_days_and_marks_formulas() -> None:
    content = workbook(["Name", "Tag", "Zahl", "Ja", "Formel"], ["Ä", NEW_YEAR, 8115003, True, "=1+1"])
    ((no, cells),) = read_table(content).rows
    assert (no, cells[:4]) == (2, ("Ä", date(2027, 1, 2), "8115003", "ja"))
    assert isinstance(cells[4], Unread)


def test_a_file_that_is_no_list_is_refused_with_what_it_is() -> None:
    assert refused(b"") == "list_empty"
    assert refused(b"Name;Ort\n") == "list_without_lines"
    assert refused(b"Name;Ort\n" + b"a;b\n" * (ROWS_MAX + 1)) == "list_too_long"
    assert refused(b"x" * (BYTES_MAX + 1)) == "list_too_large"
    assert refused(b'Name;Ort\n"a;b\n') == "list_broken"
    assert refused("Name;Ort\nA;B\n".encode("utf-16")) == "list_encoding"
    assert refused(b"a\x00;b\n1;2") == "list_encoding"
    assert refused(b"\xd0\xcf\x11\xe0" + b"\x00" * 600) == "list_old_workbook"
    assert refused(b"PK\x03\x04 and nothing more") == "list_broken_workbook"
    assert refused(";".join("x" * 61).encode() + b"\na\n") == "list_too_wide"


def test_a_workbook_that_unpacks_without_end_is_refused_before_it_is_unpacked() -> None:
    good = workbook(["Name"], ["A"])
    bomb = rezipped(good, {"xl/worksheets/sheet1.xml": b" " * (UNPACKED_MAX + 1)})
    assert len(bomb) < BYTES_MAX
    assert refused(bomb) == "list_unpacks_too_large"


def test_a_workbook_with_entities_or_macros_is_refused() -> None:
    good = workbook(["Name"], ["A"])
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    evil = sheet.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1).encode()
    hidden = sheet.encode("utf-16")

    assert refused(rezipped(good, {"xl/worksheets/sheet1.xml": evil})) == "list_broken_workbook"
    assert refused(rezipped(good, {"xl/worksheets/sheet1.xml": hidden})) == "list_broken_workbook"
    assert refused(rezipped(good, {"xl/vbaProject.bin": b"x"})) == "list_with_macros"
    assert refused(rezipped(good, {"xl/workbook.xml": b"<no>"})) == "list_broken_workbook"


def test_a_table_survives_being_kept() -> None:
    table = read_table(workbook(["Name", "Tag", "Formel"], ["Ä", NEW_YEAR, "=1+1"]))
    kept = from_bytes(to_bytes(table))
    assert kept.rows[0][1][:2] == ("Ä", date(2027, 1, 2))
    assert isinstance(kept.rows[0][1][2], Unread)


def test_refused_lines_come_back_as_a_list_that_can_be_sent_again_and_computes_nothing() -> None:
    table = read_table(b"Name;Telefon\n=HYPERLINK(1);+49 711 1\nB;2\n")
    content = to_csv(table, {2: ("Name", "Bitte")}, ("Zeile", "Spalte", "Was fehlt"))

    text = content.decode("utf-8-sig")
    assert text.splitlines() == [
        "Name;Telefon;Zeile;Spalte;Was fehlt",
        "'=HYPERLINK(1);'+49 711 1;2;Name;Bitte",
    ]
    assert read_table(content).rows[0][1][1] == "'+49 711 1"


def test_the_examples_of_the_documentation_are_read() -> None:
    home = Path(__file__).parents[2] / "docs" / "examples"
    csv, sheet = (read_table((home / f"laufende-faelle.{kind}").read_bytes()) for kind in ("csv", "xlsx"))
    assert csv.heading == sheet.heading
    assert len(csv.rows) == len(sheet.rows) == 4
    assert "Gartenstraße" in str(csv.rows)
