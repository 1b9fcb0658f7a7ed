"""The whole handbook in one language: every rule by side with its examples, and what nobody has verified."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.calendar import Calendar
from rules.book import Book
from rules.handbook import Chapter, Law, chapters, unverified
from rules.words import SIDES, day
from web.handbook.examples import Example, examples
from web.handbook.told import usual
from web.words import Lang

_ORDER = ("foerdern", "fordern", "quality")


@dataclass(frozen=True, slots=True)
class Part:
    """The rules of one side."""

    side: str
    said: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """Everything that is printed or shown, in one language; the same book gives the same content."""

    lang: Lang
    book: str
    sha256: str
    valid_from: str
    parts: tuple[Part, ...]
    examples: dict[str, tuple[Example, ...]]
    usual: str
    unverified: tuple[tuple[Law, tuple[str, ...]], ...]
    books: tuple[tuple[str, str, str, int], ...]

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Every rule, side by side in the order of the parts."""
        return tuple(one for part in self.parts for one in part.chapters)


def handbook(book: Book, lang: Lang, *, calendar: Calendar, earlier: Sequence[Book] = ()) -> Handbook:
    """The handbook of a book; `earlier` are the books before it, oldest first."""
    found = chapters(book, lang, earlier=earlier)
    pick = int(lang == "en")
    return Handbook(
        lang=lang,
        book=book.id,
        sha256=book.sha256,
        valid_from=day(book.valid_from, pick),
        parts=tuple(
            Part(side, SIDES[side][pick], tuple(one for one in found if one.side == side)) for side in _ORDER
        ),
        examples={one.id: examples(book, one.id, lang, calendar=calendar) for one in found},
        usual=usual(lang),
        unverified=unverified(book, lang),
        books=tuple(
            (one.id, day(one.valid_from, pick), one.sha256[:16], len({rule.id for rule in one.rules}))
            for one in (*earlier, book)
        ),
    )
