"""The books as one page sees them: asked for once, however many lines the page has."""

from datetime import date

from domain.decisions import Edition
from store.books import Library


class OnePage:
    """A library that remembers its answers as long as a page is being made."""

    def __init__(self, library: Library) -> None:
        """Keep whom to ask."""
        self._library = library
        self._active: dict[date, Edition | None] = {}
        self._editions: dict[str, Edition | None] = {}

    def active(self, on: date) -> Edition | None:
        """The book in force on a day."""
        if on not in self._active:
            self._active[on] = self._library.active(on)
        return self._active[on]

    def edition(self, book_id: str) -> Edition | None:
        """The book with this id."""
        if book_id not in self._editions:
            self._editions[book_id] = self._library.edition(book_id)
        return self._editions[book_id]

    def document(self, book_id: str) -> str:
        """Its document."""
        return self._library.document(book_id)

    def next_change(self, after: date) -> date | None:
        """The first day after this one on which another book comes into force."""
        return self._library.next_change(after)
