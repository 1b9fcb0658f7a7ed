"""The one door to a journey: asks whether the person may, and writes down that it was opened."""

import re

from sqlmodel import Session

from domain.errors import NotFound
from domain.ids import ID_PATTERN, desk_stream
from domain.permissions import Actor, Permission, may
from store import clock, ledger
from store.database import Store
from store.tables import JourneyRow


def open_journey(
    store: Store, actor: Actor, journey: str, permission: Permission, *, purpose: str
) -> JourneyRow:
    """The row of a journey, after asking and writing down; a foreign one is as if it did not exist.

    Raises:
        NotFound: for an unknown or foreign journey.
    """
    row = peek(store, actor, journey, permission)
    with store.write() as session:
        write_down(session, actor, row, type_="journey_opened", body={"purpose": purpose})
    return row


def peek(store: Store, actor: Actor, journey: str, permission: Permission) -> JourneyRow:
    """The row for a question that shows nothing of the person, such as whether the journey has begun."""
    if not re.fullmatch(ID_PATTERN, journey):
        raise NotFound("journey")
    with store.read() as session:
        row = session.get(JourneyRow, journey)
    if row is None or not may(actor, permission, row.office_id):
        raise NotFound("journey")
    return row


def write_down(
    session: Session, actor: Actor, row: JourneyRow, *, type_: str, body: dict[str, object]
) -> None:
    """Note in the desk stream of a journey what a person did around it."""
    ledger.append(
        session,
        desk_stream(row.id),
        office=row.office_id,
        at=clock.now(session),
        actor=actor.id,
        type=type_,
        body={"role": str(actor.role), **body},
    )
