"""Tables of the companions: who is away, what an office was told, what was found, and who is planned anew."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.columns import UtcInstant


class AbsenceRow(SQLModel, table=True):
    """Somebody of an office is away, from the first to the last day; why is nobody's business here."""

    __tablename__ = "absences"
    id: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="people.id", index=True)
    office_id: str = Field(index=True, max_length=44)
    first: date
    last: date | None = None
    recorded_by: str = Field(max_length=36)
    recorded_at: datetime = Field(sa_type=UtcInstant, nullable=False)


class PostRow(SQLModel, table=True):
    """The share of a full post that somebody holds from a day on, in hundredths."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("person_id", "since", name="uq_posts_person_since"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="people.id", index=True)
    office_id: str = Field(index=True, max_length=44)
    since: date
    share: int


class OfficeReportRow(SQLModel, table=True):
    """The yearly figures of an office, once they were sent."""

    __tablename__ = "office_reports"
    office_id: str = Field(primary_key=True, foreign_key="offices.id", max_length=44)
    year: int = Field(primary_key=True)
    sent_on: date
    recorded_by: str = Field(max_length=36)


class OfficeWatchRow(SQLModel, table=True):
    """Since when an office is looked after, which day was looked at last, and when the next one is."""

    __tablename__ = "office_watches"
    office_id: str = Field(primary_key=True, foreign_key="offices.id", max_length=44)
    since: date
    looked_on: date | None = None
    next_wake: datetime = Field(sa_type=UtcInstant, nullable=False)
    call: int


class OfficeAnswerRow(SQLModel, table=True):
    """What `office_day` answered to one call; a retry gets it again, word for word."""

    __tablename__ = "office_answers"
    office_id: str = Field(primary_key=True, foreign_key="offices.id", max_length=44)
    call: int = Field(primary_key=True)
    request_sha256: str = Field(max_length=64)
    answer: bytes = Field(sa_type=LargeBinary)


class OfficeTaskRow(SQLModel, table=True):
    """Something for the office itself to do, beside its journeys; `number` counts what a collective one is about."""

    __tablename__ = "office_tasks"
    id: str = Field(primary_key=True, max_length=36)
    office_id: str = Field(index=True, max_length=44)
    what: str = Field(max_length=40)
    subject: str = Field(max_length=80)
    rule: str | None = Field(default=None, max_length=8)
    addressee: str = Field(max_length=20)
    number: int = 0
    rev: int = 0
    opened_on: date
    answer_by: date
    closed_on: date | None = Field(default=None, index=True)
    closed_reason: str | None = Field(default=None, max_length=40)
    decision_values: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class OfficeMatterRow(SQLModel, table=True):
    """One matter of an office, with its level and what the decision behind it had compared."""

    __tablename__ = "office_matters"
    id: str = Field(primary_key=True, max_length=36)
    office_id: str = Field(index=True, max_length=44)
    rule: str = Field(max_length=8)
    subject: str = Field(max_length=80)
    episode: date
    level: int
    rev: int = 0
    raised_on: date
    answer_by: date
    silent_until: date | None = None
    closed_on: date | None = Field(default=None, index=True)
    closed_reason: str | None = Field(default=None, max_length=40)
    because: str = Field(max_length=20)
    decision_values: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class FindingRow(SQLModel, table=True):
    """Something that a companion found, and what it did about it; the same thing on the same day is one row."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("office_id", "kind", "subject", "found_on", name="uq_findings_once_a_day"),
    )
    id: int | None = Field(default=None, primary_key=True)
    office_id: str = Field(index=True, max_length=44)
    kind: str = Field(max_length=40)
    subject: str = Field(max_length=80)
    journey_id: str | None = Field(default=None, max_length=36)
    found_on: date = Field(index=True)
    done: str = Field(max_length=40)


class ReplanRow(SQLModel, table=True):
    """One order to plan many journeys anew; how far it is follows from its rows in the outbox."""

    __tablename__ = "replans"
    id: int | None = Field(default=None, primary_key=True)
    office_id: str = Field(index=True, max_length=44)
    reason: str = Field(max_length=40)
    about: str = Field(max_length=60, index=True)
    journeys: int
    ordered_at: datetime = Field(sa_type=UtcInstant, nullable=False)
