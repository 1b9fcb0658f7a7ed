"""Tables of what two people do together: requests for a second person, hand-overs, and households."""

from datetime import date, datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from store.columns import UtcInstant


class ApprovalRow(SQLModel, table=True):
    """A command that waits for a second person; the command itself is sealed with the journey's key.

    `claimed_by` is set while the command is on its way to the journey: its outcome is not known yet.
    """

    __tablename__ = "approvals"
    id: str = Field(primary_key=True, max_length=36)
    journey_id: str = Field(foreign_key="journeys.id", index=True, max_length=36)
    office_id: str = Field(index=True, max_length=44)
    kind: str = Field(max_length=40)
    command: bytes = Field(sa_type=LargeBinary)
    state: str = Field(default="requested", max_length=20, index=True)
    requested_by: str = Field(max_length=36, index=True)
    requested_at: datetime = Field(sa_type=UtcInstant)
    claimed_by: str | None = Field(default=None, max_length=36)
    refused_code: str | None = Field(default=None, max_length=60)
    decided_by: str | None = Field(default=None, max_length=36)
    decided_at: datetime | None = Field(default=None, sa_type=UtcInstant, nullable=True)
    reason: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)


class HandOverRow(SQLModel, table=True):
    """A question to another office whether it takes a journey on: ids, offices and dates, nobody's name.

    `taken_by` and the two after it say who accepts and who will lead the continuing journey; they are written
    before the journey is asked, so that nothing is lost if this process dies in between. `registered_on` is the
    day on which the continuing journey was registered.
    """

    __tablename__ = "hand_overs"
    id: str = Field(primary_key=True, max_length=36)
    journey_id: str = Field(foreign_key="journeys.id", index=True, max_length=36)
    office_id: str = Field(index=True, max_length=44)
    to_office: str = Field(index=True, max_length=44)
    to_ags: str = Field(max_length=8)
    offered_on: date
    state: str = Field(default="open", max_length=20, index=True)
    settled_on: date | None = None
    reason: str | None = Field(default=None, max_length=40)
    continued_as: str | None = Field(default=None, max_length=36)
    taken_by: str | None = Field(default=None, max_length=36)
    taken_role: str | None = Field(default=None, max_length=40)
    case_worker_id: str | None = Field(default=None, max_length=36)
    substitute_id: str | None = Field(default=None, max_length=36)
    registered_on: date | None = None


class HouseholdRow(SQLModel, table=True):
    """A journey that belongs, or belonged, to a household; what others may see of it is asked elsewhere."""

    __tablename__ = "households"
    household_id: str = Field(primary_key=True, max_length=36)
    journey_id: str = Field(primary_key=True, foreign_key="journeys.id", max_length=36, index=True)
    office_id: str = Field(max_length=44)
    relation: str = Field(max_length=20)
    since: date
    left_on: date | None = None
