"""What a journey cannot know by itself: that the people and books which a command names exist."""

from sqlmodel import Session

from domain.commands import AssignCaseWorker, Body, Item, PinBook, RecordTalk
from domain.errors import InvalidInput
from rules.book import books
from store import people


def expect_known(session: Session, office: str, body: Body) -> None:
    """Refuse a command, also one inside a talk, that names somebody or something that is not there.

    Raises:
        InvalidInput: naming the field, and what may stand there.
    """
    for item in body.settles if isinstance(body, RecordTalk) else (body,):
        _expect(session, office, item)


def _expect(session: Session, office: str, item: Item) -> None:
    if isinstance(item, PinBook):
        _expect_book(item.book)
    if isinstance(item, AssignCaseWorker):
        people.expect_case_worker(session, office, item.case_worker)
        # That somebody steps in for themselves is refused by the journey.
        if item.substitute != item.case_worker:
            people.expect_stand_in(session, office, case_worker=item.case_worker, substitute=item.substitute)


def _expect_book(book: str | None) -> None:
    known = [edition.id for edition in books()]
    if book is not None and book not in known:
        every = ", ".join(known)
        raise InvalidInput("unknown_book", field="book", book=book, known=every, remedy=f"one of: {every}")
