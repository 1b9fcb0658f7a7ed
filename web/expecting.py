"""What a journey cannot know by itself: that the people whom a command names work in the office."""

from sqlmodel import Session

from domain.commands import AssignCaseWorker, Body, Item, RecordTalk
from store import people


def expect_known(session: Session, office: str, body: Body) -> None:
    """Refuse a command, also one inside a talk, that names somebody who does no casework in the office.

    Raises:
        InvalidInput: naming the field, and what may stand there.
    """
    for item in body.settles if isinstance(body, RecordTalk) else (body,):
        _expect(session, office, item)


def _expect(session: Session, office: str, item: Item) -> None:
    if isinstance(item, AssignCaseWorker):
        people.expect_case_worker(session, office, item.case_worker)
        # That somebody steps in for themselves is refused by the journey.
        if item.substitute != item.case_worker:
            people.expect_stand_in(session, office, case_worker=item.case_worker, substitute=item.substitute)
