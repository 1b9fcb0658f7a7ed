"""Old books give the same decisions for ever: those kept with a release are made again, byte for byte."""

import json
from pathlib import Path

import pytest

from rules.binding import Book
from rules.book import FIRST_BOOK, book, books, frozen
from rules.drafting import draft
from tests.support import stored_decisions as stored

TOLD = (
    "No decisions are kept for {book}. Freeze the book and keep what it decides:\n"
    "    .venv/bin/python -m rules.freeze\n"
    f"    .venv/bin/{stored.COMMAND}\n"
    "and commit rules/books and tests/unit/stored_decisions."
)
RELEASED = [b.id for b in frozen()] or [FIRST_BOOK]


def differing(of: Book, rows: list[str]) -> list[int]:
    """The numbers of the rows that come out otherwise today."""
    calendar = json.loads(rows[0])["calendar"]
    again = (stored.line(stored.answered(json.loads(row), of, calendar)) for row in rows[1:])
    return [number for number, (row, now) in enumerate(zip(rows[1:], again, strict=True), 1) if row != now]


@pytest.mark.parametrize("book_id", RELEASED)
def test_a_released_book_still_decides_what_it_decided_byte_for_byte(book_id: str) -> None:
    if not any(b.id == book_id for b in frozen()) or not stored.file_of(book_id).exists():
        pytest.fail(TOLD.format(book=book_id))
    rows = stored.read(book_id)
    of = next(b for b in frozen() if b.id == book_id)

    assert json.loads(rows[0]) == stored.head(of)
    assert len(rows) > stored.LIVES
    assert differing(of, rows) == []


def test_a_book_that_decides_otherwise_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "PLACE", tmp_path)
    monkeypatch.setattr(stored, "LIVES", 6)
    monkeypatch.setattr(stored, "OFFICES", 2)
    kept = stored.write(book())
    rows = stored.read(book().id)

    assert kept == len(rows) - 1
    assert differing(books()[-1], rows) == []
    assert differing(draft(book(), {"FOE-02.task": "2"}, "sooner"), rows) != []


def test_writing_twice_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "PLACE", tmp_path)
    monkeypatch.setattr(stored, "LIVES", 2)
    monkeypatch.setattr(stored, "OFFICES", 1)
    stored.write(book())
    first = stored.file_of(book().id).read_bytes()
    stored.write(book())

    assert stored.file_of(book().id).read_bytes() == first
