"""Tables of the take-over of running cases, and of the inbox of allocations."""

from datetime import date, datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from store.columns import UtcInstant


class TakenOverRow(SQLModel, table=True):
    """A journey that was taken over, and the day on which it is first looked at."""

    __tablename__ = "taken_over"
    journey_id: str = Field(primary_key=True, foreign_key="journeys.id", max_length=36)
    office_id: str = Field(index=True, max_length=44)
    case_worker_id: str = Field(index=True, max_length=36)
    taken_over_on: date
    first_review_on: date


class TakenLineRow(SQLModel, table=True):
    """A keyed hash of what makes a line of a list the same line in every reading; it tells nothing else."""

    __tablename__ = "taken_lines"
    token: str = Field(primary_key=True, max_length=64)
    office_id: str = Field(max_length=44)
    journey_id: str = Field(foreign_key="journeys.id", index=True, max_length=36)


class AllocationRow(SQLModel, table=True):
    """Somebody allocated to a municipality, in the inbox of its office; who it is, is sealed with an own key."""

    __tablename__ = "allocations"
    id: str = Field(primary_key=True, max_length=36)
    office_id: str = Field(foreign_key="offices.id", index=True, max_length=44)
    from_office_id: str = Field(index=True, max_length=44)
    ags: str = Field(max_length=8)
    t0: date
    language: str = Field(max_length=20)
    token: str = Field(index=True, max_length=64)
    card: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)
    state: str = Field(
        default="open", max_length=20, index=True, description="open, accepted, declined, noted"
    )
    reason: str | None = Field(default=None, max_length=40)
    journey_id: str | None = Field(default=None, max_length=36)
    sent_by: str = Field(max_length=36)
    sent_at: datetime = Field(sa_type=UtcInstant)
    settled_by: str | None = Field(default=None, max_length=36)
    settled_at: datetime | None = Field(default=None, sa_type=UtcInstant, nullable=True)


class UploadRow(SQLModel, table=True):
    """A list between its preview and its confirmation, sealed with an own key; then only what was refused."""

    __tablename__ = "uploads"
    id: str = Field(primary_key=True, max_length=36)
    kind: str = Field(max_length=20, description="cases or allocations")
    office_id: str = Field(max_length=44)
    person_id: str = Field(index=True, max_length=36)
    sha256: str = Field(max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=UtcInstant, index=True)
    taken: int | None = None
