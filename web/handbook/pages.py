"""The handbook as files: one page that stands alone and one print, in each language."""

import json
from dataclasses import asdict
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from domain.calendar import Calendar
from domain.errors import InvalidInput, Permanent
from rules.book import Book
from web.handbook.content import Handbook, handbook
from web.pages import environment
from web.texts import translate
from web.words import Lang

LANGUAGES: tuple[Lang, ...] = ("de", "en")
_HERE = resources.files(__package__)
_HEADINGS = (
    "Handbuch der Regeln", "Regelwerk", "ab", "Inhalt", "Wessen Pflicht", "Angesprochen", "Fassung", "Anlass",
    "Spricht nur, wenn", "Nie von selbst", "Zuerst die Stelle", "Vorher muss erfüllt sein:", "Stufen", "Stufe",
    "Wann", "Was zählt", "Was geschieht", "Spielraum des Landkreises", "Woher die Zahl kommt", "Recht",
    "Beispiele", "Fassungen und Zahlen", "Zahl", "Wert", "Gilt", "Quelle", "Was nicht geprüft ist",
)  # fmt: skip
_PARAGRAPHS = {
    "principle": (
        "Fördern geht vor Fordern: Solange das Büro seinen Teil nicht getan hat, verlangt keine Regel etwas. "
        "Keine Regel stellt eine Pflichtverletzung fest, kürzt oder meldet."
    ),
    "asks": (
        "Diese Regel bittet die Person um etwas. Sie schweigt, solange die Stelle ihren eigenen Teil nicht "
        "getan hat, die Einwilligung fehlt, eine Pause läuft, ein genannter Grund noch nicht entschieden oder "
        "eine Angabe strittig ist."
    ),
    "read": "Den Wortlaut jeder genannten Vorschrift hat jemand gelesen; Tag und Stand stehen dabei.",
    "unread": (
        "Den Wortlaut dieser Quellen hat noch niemand bestätigt. Bis zu dem genannten Tag muss ihn jemand lesen."
    ),
}


def write(book: Book, earlier: tuple[Book, ...], directory: Path, *, calendar: Calendar) -> list[str]:
    """Write the four files of a book's handbook; the same book gives the same bytes of its pages.

    Raises:
        InvalidInput: `handbook_unwritable` where the directory cannot be made or written to.
    """
    written = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for lang in LANGUAGES:
            content = handbook(book, lang, calendar=calendar, earlier=earlier)
            for ending, made in (("html", page(content).encode()), ("pdf", pdf(content))):
                file = directory / f"handbook.{lang}.{ending}"
                file.write_bytes(made)
                written.append(str(file))
    except OSError as refused:
        remedy = refused.strerror or "choose another directory"
        raise InvalidInput("handbook_unwritable", file=str(directory), field="-o", remedy=remedy) from None
    return written


def page(of: Handbook) -> str:
    """The handbook as one page that needs nothing beside it."""
    return (
        environment()
        .get_template("handbook.html")
        .render(
            h=of,
            lang=of.lang,
            style=_style(),
            _=lambda german, **params: translate(german, of.lang).format(**params),
        )
    )


@cache
def _style() -> str:
    return _HERE.joinpath("handbook.css").read_text(encoding="utf-8")


def pdf(of: Handbook) -> bytes:
    """The handbook as a tagged print (PDF/UA-1).

    Raises:
        Permanent: `handbook_failed` where the typesetter refuses; what it says quotes the handbook only.
    """
    german = {**{text: text for text in _HEADINGS}, **_PARAGRAPHS}
    words = {name: translate(text, of.lang) for name, text in german.items()}
    content = json.dumps({"h": asdict(of), "w": words}, ensure_ascii=False)
    template = _HERE.joinpath("handbook.typ").read_bytes()
    try:
        made = typst.compile(template, sys_inputs={"handbook": content}, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as failed:
        raise Permanent("handbook_failed", reason=str(failed)[:200]) from None
    if not isinstance(made, bytes):
        raise Permanent("handbook_failed")
    return made
