"""What a journey cannot know by itself: that the people, offices and other journeys of a command are right."""

from sqlmodel import Session

from domain.commands import AssignCaseWorker, Body, Item, RecordTalk
from domain.errors import InvalidInput, NotFound
from domain.turns import (
    AbsorbDuplicate,
    AnswerHandOver,
    ChooseStep,
    MergeInto,
    MoveProgramme,
    OfferHandOver,
    PresentOffer,
)
from store import directory, editions, people
from store.tables import JourneyRow, OfficeRow

_ENDED = "ended"
MUNICIPALITY = "municipality"


def expect_known(session: Session, office: str, body: Body, *, programme: str = "") -> None:
    """Refuse a command, also one inside a talk, that names somebody or something this office cannot name.

    `programme` is the one that the journey follows: only its optional steps can be chosen.

    Raises:
        InvalidInput: naming the field, and what may stand there.
    """
    for item in body.settles if isinstance(body, RecordTalk) else (body,):
        if isinstance(item, ChooseStep) and programme:
            _expect_step(programme, item.step)
        _expect(session, office, item)


def _expect(session: Session, office: str, item: Item) -> None:
    match item:
        case AssignCaseWorker():
            _expect_workers(session, office, item)
        case OfferHandOver():
            _expect_office(session, item)
        case AnswerHandOver():
            # The asked office answers on a page of its own; nobody of the old office can answer for it.
            remedy = "the asked office answers on its page of hand-overs"
            raise InvalidInput("hand_over_elsewhere", field="kind", remedy=remedy)
        case MergeInto():
            _expect_journey(session, office, "into", item.into)
        case AbsorbDuplicate():
            _expect_journey(session, office, "duplicate", item.duplicate)
        case PresentOffer():
            _expect_offer(session, item)
        case MoveProgramme():
            _expect_programme(item.programme)
        case _:
            pass


def _expect_workers(session: Session, office: str, item: AssignCaseWorker) -> None:
    people.expect_case_worker(session, office, item.case_worker)
    # That somebody steps in for themselves is refused by the journey.
    if item.substitute != item.case_worker:
        people.expect_stand_in(session, office, case_worker=item.case_worker, substitute=item.substitute)


def _expect_office(session: Session, item: OfferHandOver) -> None:
    asked = session.get(OfficeRow, item.to_office)
    if asked is None:
        remedy = "name an office of this installation"
        raise InvalidInput("office_unknown", field="to_office", remedy=remedy)
    if item.to_ags not in editions.municipalities():
        remedy = "the key of a municipality of Baden-Württemberg"
        raise InvalidInput("unknown_ags", field="to_ags", remedy=remedy)
    if asked.kind == MUNICIPALITY and asked.ags != item.to_ags:
        raise InvalidInput("ags_of_another_office", field="to_ags", ags=asked.ags, remedy=asked.ags)


def _expect_offer(session: Session, item: PresentOffer) -> None:
    """What is counted as offered must stand in the directory, and as what it stands there."""
    entry = directory.entry(session, item.offer)
    if entry.kind != item.offer_kind:
        raise InvalidInput(
            "offer_of_another_kind", field="offer_kind", kind=str(entry.kind), remedy=str(entry.kind)
        )


def _expect_journey(session: Session, office: str, field: str, journey: str) -> None:
    """Only cases of one office are merged: what lies behind a wall is as if it did not exist."""
    row = session.get(JourneyRow, journey)
    if row is None or row.office_id != office or row.state == _ENDED:
        remedy = "name another running journey of this office by id"
        raise InvalidInput("other_journey_unknown", field=field, remedy=remedy)


def _expect_step(programme: str, step: str) -> None:
    try:
        steps = editions.programme(programme)[0].steps
    except (NotFound, InvalidInput):
        return
    known = [one.id for one in steps if one.chosen]
    if step not in known:
        raise InvalidInput("unknown_step", field="step", step=step, known=", ".join(known))


def _expect_programme(programme: str) -> None:
    try:
        editions.programme(programme)
    except NotFound:
        known = ", ".join(edition.id for _, edition in editions.programmes())
        raise InvalidInput("programme_unknown", field="programme", remedy=known) from None
