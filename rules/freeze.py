"""`python -m rules.freeze`: writes the catalogue as it stands into the release, as a book that never changes again.

python -m rules.freeze                 the first book, or nothing where the newest one says the same
python -m rules.freeze --next          a new book after the newest one, once the catalogue says something else
python -m rules.freeze --unreleased    replaces the newest one, as long as no release has carried it
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from domain.errors import InvalidInput, PaktError
from rules.binding import Book
from rules.book import FIRST_BOOK, FROZEN, bind, frozen, next_id, numbered
from rules.documents import to_document
from rules.shape import FIRST_DAY


def freeze(directory: Path, book: Book, *, unreleased: bool = False) -> bool:
    """Write a book; False where it stands there already. Another content under its id is refused.

    Raises:
        InvalidInput: `book_frozen`, unless the book was never released.
    """
    file = directory / f"{book.id}.json"
    document = to_document(book)
    if file.exists():
        if Path(file).read_text(encoding="utf-8") == document:
            return False
        if not unreleased:
            raise _refused(file.name)
    Path(file).write_text(document, encoding="utf-8")
    return True


def _refused(name: str) -> InvalidInput:
    remedy = "--next begins a new book; --unreleased replaces one that no release has carried"
    return InvalidInput("book_frozen", field="id", file=name, remedy=remedy)


def chosen(released: Sequence[Book], *, following: bool, book_id: str | None, since: date | None) -> Book:
    """The catalogue under the id that was asked for: the newest one's own, or the next."""
    if not released:
        return bind(book_id or FIRST_BOOK, since or FIRST_DAY)
    newest = released[-1]
    if not following:
        return bind(newest.id, newest.valid_from)
    first = since or newest.valid_from + timedelta(days=1)
    if first <= newest.valid_from:
        remedy = f"a day after {newest.valid_from}: a book never reaches back before the one it follows"
        raise InvalidInput("book_reaches_back", field="--from", remedy=remedy)
    if book_id is not None and numbered(book_id) <= numbered(newest.id):
        raise InvalidInput("book_id", field="--id", book=book_id, remedy=f"an id after {newest.id}")
    return bind(book_id or next_id(newest.id), first)


def main(argv: list[str] | None = None) -> int:
    """Freeze and tell, in one line; a refusal is one line too."""
    parser = argparse.ArgumentParser(prog="python -m rules.freeze", description="freeze the rule base")
    parser.add_argument("--next", action="store_true", dest="following", help="begin a new book")
    parser.add_argument("--id", default=None, help="its id, such as b2027_1")
    parser.add_argument("--from", type=date.fromisoformat, default=None, dest="since", help="its first day")
    parser.add_argument("--unreleased", action="store_true", help="replace a book that was never released")
    asked = parser.parse_args(argv)
    try:
        book = chosen(frozen(), following=asked.following, book_id=asked.id, since=asked.since)
        written = freeze(FROZEN, book, unreleased=asked.unreleased)
    except PaktError as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    sys.stdout.write(f"{book.id} {book.sha256} {'written' if written else 'stands already'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
