"""Tables of the closure days of offices, and of the calendars that were made with them."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from store.columns import UtcInstant


class ClosureRow(SQLModel, table=True):
    """A working day on which an office is closed; a span is one row for each of its working days."""

    __tablename__ = "closures"
    office_id: str = Field(primary_key=True, foreign_key="offices.id", max_length=44)
    day: date = Field(primary_key=True)
    reason: str = Field(max_length=40)
    recorded_by: str = Field(max_length=36)
    recorded_at: datetime = Field(sa_type=UtcInstant)


class CalendarRow(SQLModel, table=True):
    """A calendar with closure days that a decision may have been made by; never changed, never deleted."""

    __tablename__ = "calendars"
    sha256: str = Field(primary_key=True, max_length=64)
    id: str = Field(unique=True, max_length=40)
    office_id: str = Field(max_length=44)
    document: str = Field(sa_type=Text)
