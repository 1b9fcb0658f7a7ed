"""The books of the release enter the installation: the newest in force at first, later ones as drafts."""

import structlog

from rules.book import books as of_the_release
from rules.documents import to_document
from store import clock
from store.books import Printed, enter_release
from store.database import Store

log = structlog.get_logger("books")


def enter_shipped_books(store: Store) -> None:
    """Make sure of every book of this release; a second time changes nothing.

    A book that stands here with another content is left as it is, and that is logged: journeys were decided by it.
    """
    shipped = [Printed(b.id, b.sha256, to_document(b), b.valid_from) for b in of_the_release()]
    with store.write() as session:
        differing = enter_release(session, shipped, clock.now(session))
    for book_id in differing:
        log.warning("shipped_book_differs", book=book_id)
