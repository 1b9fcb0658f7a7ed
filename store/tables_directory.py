"""Tables of the directory of local offers, and of what was offered from it."""

from datetime import date

from sqlmodel import Field, SQLModel


class OfferRow(SQLModel, table=True):
    """An entry of the directory; `office_id` is who entered it, and every office of the district sees it."""

    __tablename__ = "directory"
    id: str = Field(primary_key=True, max_length=36)
    office_id: str = Field(max_length=44)
    kind: str = Field(max_length=40)
    name: str = Field(max_length=120)
    provider: str = Field(max_length=120)
    carrier: str = Field(max_length=120)
    ags: str = Field(max_length=8)
    venue: str = Field(max_length=120)
    start: date | None = None
    level: str | None = Field(default=None, max_length=2)
    childcare: bool | None = None
    free_places: int | None = None
    phone: str = Field(max_length=30)
    checked_on: date
    rev: int = 1
    withdrawn_on: date | None = None


class OfferMadeRow(SQLModel, table=True):
    """An offer made in a journey, for counting: kind, days and outcome, and nothing of a person."""

    __tablename__ = "offers_made"
    journey_id: str = Field(primary_key=True, foreign_key="journeys.id", max_length=36)
    position: int = Field(primary_key=True)
    office_id: str = Field(index=True, max_length=44)
    offer_id: str = Field(max_length=36)
    kind: str = Field(max_length=40)
    offered_on: date
    outcome: str | None = Field(default=None, max_length=20)
    settled_on: date | None = None
