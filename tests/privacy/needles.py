"""A person who exists nowhere else, and a search that finds her in any bytes, however they are written."""

import base64
import html
import json
import quopri
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, quote_plus

FIRST_NAME, LAST_NAME = "Zwönitza", "Quabbelfürst"
NAME = f"{FIRST_NAME} {LAST_NAME}"
MAIL_USER = "xq7.wumpelstein"
MAIL = f"{MAIL_USER}@example.org"
PHONE = "+49 7131 9081726"
STREET = "Krähwinkelstieg"
ADDRESS = f"{STREET} 117, 74072 Heilbronn"
BORN = date(1973, 10, 27)
FAILURE = "Trübsalkäfer im Getriebe"
"""What an activity says that fails: a text like the ones in which libraries quote what they were given."""
NOTE = "Singt nachts gern mit Papageienflöten und braucht dafür Ruhe"
TEXTS = (
    FIRST_NAME,
    LAST_NAME,
    MAIL_USER,
    PHONE,
    "9081726",
    STREET,
    BORN.isoformat(),
    BORN.strftime("%d.%m.%Y"),
    BORN.strftime("%Y%m%d"),
    "Papageienflöten",
)
_SQLITE, _DEFLATED = b"SQLite format 3\0", (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_MOST_INFLATED, _MOST_DEFLATED = 1 << 20, 1 << 17
_ZEROS = re.compile(rb"\0{64,}")


@dataclass(frozen=True)
class Hit:
    """A needle found: which, how it was written, and in which file."""

    text: str
    form: str
    file: str


def patterns(texts: Iterable[str]) -> dict[bytes, tuple[str, str]]:
    """Every way in which a text may stand in bytes, with the text and the name of the way."""
    found: dict[bytes, tuple[str, str]] = {}
    for text in texts:
        for name, written in _forms(text):
            found.setdefault(written, (text, name))
    return found


def _forms(text: str) -> Iterator[tuple[str, bytes]]:
    for spelled in (text, text.casefold(), text.upper(), unicodedata.normalize("NFD", text)):
        yield "UTF-8", spelled.encode()
        yield "Latin-1", spelled.encode("latin-1", "ignore")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = text.encode(encoding)
        yield encoding, raw
        yield from (
            (f"hex of {encoding}", written) for written in (raw.hex().encode(), raw.hex().upper().encode())
        )
        yield from ((f"base64 of {encoding}", part) for part in _base64(raw))
    yield "JSON", json.dumps(text)[1:-1].encode()
    yield "URL", quote(text, safe="").encode()
    yield "form", quote_plus(text).encode()
    yield "HTML", html.escape(text).encode("ascii", "xmlcharrefreplace")
    yield "quoted-printable", quopri.encodestring(text.encode(), header=False)


def _base64(raw: bytes) -> Iterator[bytes]:
    """What stays the same of an encoded text, whatever stands before and behind it."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw)
        inner = whole[(before * 8 + 5) // 6 : ((before + len(raw)) * 8) // 6]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def search(root: Path, texts: Iterable[str], *, but: Iterable[str] = ()) -> list[Hit]:
    """Every needle in every file below a directory, except in the directories named."""
    wanted, closed = patterns(texts), set(but)
    hits: set[Hit] = set()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and not closed & set(inside.parts):
            hits |= {Hit(text, form, str(inside)) for text, form in found_in(path, wanted)}
    return sorted(hits, key=lambda hit: (hit.file, hit.text, hit.form))


def found_in(path: Path, wanted: dict[bytes, tuple[str, str]]) -> set[tuple[str, str]]:
    """The needles in a file: in its bytes, in what unpacks from them, and in the cells of a database."""
    return {meant for content in _contents(path) for raw, meant in wanted.items() if raw in content}


def _contents(path: Path) -> Iterator[bytes]:
    raw = path.read_bytes()
    yield _ZEROS.sub(b"\0" * 64, raw)
    yield from _inflated(raw)
    if raw.startswith(_SQLITE):
        # A long value is cut into pages that may lie apart; here it is whole.
        yield b"\0".join(_cells(path))


def _inflated(raw: bytes) -> Iterator[bytes]:
    for head in _DEFLATED:
        position = raw.find(head)
        while position >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(
                    raw[position : position + _MOST_DEFLATED], _MOST_INFLATED
                )
            position = raw.find(head, position + 1)


def _cells(path: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - names from the schema
                yield from (cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)
