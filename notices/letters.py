"""Letters: a tagged A4 page for a window envelope, German first and another checked language beside it."""

import json
import re
from importlib import resources
from typing import Protocol

import typst

from domain.errors import Permanent
from notices.texts import Composed, Values, checked, compose

GERMAN = "de"
_TEMPLATE = resources.files(__package__).joinpath("letter.typ").read_bytes()


class Addressed(Protocol):
    """What an envelope needs of a person."""

    @property
    def name(self) -> str:
        """The full name."""
        ...

    @property
    def address(self) -> str | None:
        """Street and town, one line each or with a comma between them."""
        ...


def render_letter(code: str, language: str, values: Values, identity: Addressed) -> bytes:
    """The letter as PDF/UA. Without an address it is one for handing over in person.

    Raises `Permanent("letter_font_missing")` where no installed font has the script of the name or address:
    rather no letter than one with empty boxes for a name. On Debian, fonts-noto-core has them all.
    """
    named = values.model_copy(update={"name": identity.name})
    languages = [GERMAN] if language == GERMAN or not checked(code, language) else [GERMAN, language]
    columns = [compose(code, entry, named) for entry in languages]
    content = json.dumps(_content(columns, named, identity), ensure_ascii=False)
    return _compiled(content)


def _compiled(content: str) -> bytes:
    try:
        pdf = typst.compile(_TEMPLATE, sys_inputs={"letter": content}, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        # The diagnostic quotes the letter, so nothing of it may leave this function.
        missing = "could not be displayed" in error.message
        raise Permanent("letter_font_missing" if missing else "letter_failed") from None
    if not isinstance(pdf, bytes):
        raise Permanent("letter_failed")
    return pdf


def _content(columns: list[Composed], values: Values, identity: Addressed) -> dict[str, object]:
    german = columns[0]
    reach = (values.phone and f"Telefon {values.phone}", values.email)
    info = [values.office, values.street, values.town, values.contact, *reach, german.written_on]
    address = [part.strip() for part in re.split(r"[\n,]", identity.address or "")]
    return {
        "title": german.subject,
        "office": values.office,
        "sender_line": values.place,
        "recipient": [line for line in (identity.name, *address) if line],
        "info": [line for line in info if line],
        "columns": [{"lang": column.language, "blocks": _blocks(column)} for column in columns],
    }


def _blocks(column: Composed) -> list[dict[str, object]]:
    signature = [line for line in (column.signed, column.contact, column.office) if line]
    blocks: list[dict[str, object]] = [{"heading": column.subject, "lines": [column.greeting, *column.asks]}]
    blocks.extend({"heading": section.heading, "lines": [section.body]} for section in column.sections)
    return [*blocks, {"heading": "", "lines": signature}]
