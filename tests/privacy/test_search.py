"""The search itself is proven: it finds a needle however it is written, and nothing where there is none."""

import base64
import json
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.privacy.needles import FIRST_NAME, TEXTS, search

WRITTEN: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: text.encode(),
    "in capitals": lambda text: text.upper().encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Latin-1": lambda text: text.encode("latin-1"),
    "JSON": lambda text: json.dumps({"x": text}).encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 in the middle": lambda text: base64.b64encode(f"ab{text}xyz".encode()),
    "base64 one further": lambda text: base64.urlsafe_b64encode(f"a{text}z".encode()),
    "base64 of UTF-16": lambda text: base64.b64encode(b"\1" + text.encode("utf-16-le")),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "deflated": lambda text: b"\x78" + zlib.compress(text.encode()),
    "URL": lambda text: b"q=Zw%C3%B6nitza&x",
}


@pytest.mark.parametrize("how", WRITTEN)
def test_a_needle_is_found_however_it_is_written(tmp_path: Path, how: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\0hay" + WRITTEN[how](FIRST_NAME) + b"hay\xff")

    hits = search(tmp_path, TEXTS)

    assert {hit.text for hit in hits} == {FIRST_NAME}
    assert {hit.file for hit in hits} == {"deep/file"}


def test_a_needle_cut_by_the_pages_of_a_database_is_found(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "some.sqlite") as database:
        database.execute("CREATE TABLE t (x BLOB)")
        for offset in range(4080, 4100):
            database.execute("INSERT INTO t VALUES (?)", (b"." * offset + FIRST_NAME.encode() + b"." * 5000,))
    database.close()

    assert {hit.text for hit in search(tmp_path, TEXTS)} == {FIRST_NAME}


def test_hay_is_no_needle(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"Zwiebel, Quark und 1973-10-26" * 1000 + bytes(range(256)) * 100)
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "file").write_bytes(FIRST_NAME.encode())

    assert search(tmp_path, TEXTS, but=("open",)) == []
