"""Which book decides: the pinned one, else the one in force in this installation, else the newest of the release."""

import hashlib
from datetime import date
from typing import Protocol

from domain.decisions import Edition
from domain.errors import InvalidInput, NotFound
from rules.binding import Book
from rules.book import book, books
from rules.documents import from_document

_loaded: dict[str, Book] = {}


class Library(Protocol):
    """The books of an installation."""

    def active(self, on: date) -> Edition | None:
        """The book in force on a day, or None where none was ever entered."""
        ...

    def edition(self, book_id: str) -> Edition | None:
        """The book with this id, or None where the installation has none."""
        ...

    def document(self, book_id: str) -> str:
        """Its document."""
        ...

    def next_change(self, after: date) -> date | None:
        """The first day after this one on which another book comes into force, as far as known."""
        ...


class OfTheRelease:
    """No installation: the books of the package, by their own days."""

    def active(self, on: date) -> Edition | None:
        """The book whose time it is."""
        return book(on=on).edition

    def edition(self, book_id: str) -> Edition | None:
        """The book of the package with this id."""
        return next((b.edition for b in books() if b.id == book_id), None)

    def document(self, book_id: str) -> str:
        """Nobody asks: its books are at hand."""
        raise NotFound("unknown_book", book=book_id, remedy="see `pakt rules books`")

    def next_change(self, after: date) -> date | None:
        """The first day of the book that follows."""
        return min((b.valid_from for b in books() if b.valid_from > after), default=None)


def decides(library: Library, pin: str | None, on: date) -> Book:
    """The book that decides on a day: the pin, else the one in force.

    Raises:
        NotFound: the pin names a book that is neither here nor in the release, or none is in force on the day.
    """
    if pin is not None:
        return find(library, pin)
    active = library.active(on)
    return book(on=on) if active is None else _at_hand(library, active)


def find(library: Library, book_id: str) -> Book:
    """The book with this id: as the installation keeps it, else as the release does."""
    edition = library.edition(book_id)
    return book(book_id) if edition is None else _at_hand(library, edition)


def _at_hand(library: Library, edition: Edition) -> Book:
    """The book of this hash: the release's own copy, or one that was read before, or read now and proven."""
    for known in (*books(), _loaded.get(edition.sha256)):
        if known is not None and known.edition == edition:
            return known
    read = proven(library.document(edition.id), edition)
    _loaded[edition.sha256] = read
    return read


def proven(text: str, edition: Edition) -> Book:
    """The book in a document whose hash is the one that is recorded.

    Raises:
        InvalidInput: `broken_book` where the document is another one, or none.
    """
    found = from_document(text, name=edition.id)
    if hashlib.sha256(text.encode()).hexdigest() == edition.sha256 and found.edition == edition:
        return found
    remedy = "restore it from a backup; a book is never edited"
    raise InvalidInput(
        "broken_book", file=edition.id, field="sha256", reason="another content", remedy=remedy
    )
