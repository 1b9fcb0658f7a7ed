"""Every table. Names, addresses and free text stand only in sealed columns; the rest: ids, codes, dates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from store import tables_closures  # noqa: F401 - one import fills the metadata with every table
from store.columns import UtcInstant


def _instant(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(
        default=None if nullable else ...,
        sa_type=UtcInstant,
        nullable=nullable,
        index=index,
    )


class OfficeRow(SQLModel, table=True):
    """An office: a municipality, a carrier or the district; `lead_id` is level 1, `head_id` level 2."""

    __tablename__ = "offices"
    id: str = Field(primary_key=True, max_length=44)
    name: str = Field(max_length=200)
    ags: str = Field(max_length=8)
    kind: str = Field(max_length=40)
    lead_id: str | None = Field(default=None, max_length=36)
    head_id: str | None = Field(default=None, max_length=36)


class PersonRow(SQLModel, table=True):
    """Somebody who signs in; `deputy_id` stands in for them."""

    __tablename__ = "people"
    id: str = Field(primary_key=True, max_length=36)
    login: str = Field(unique=True, max_length=80)
    name: str = Field(max_length=200)
    password_hash: str = Field(max_length=200)
    role: str = Field(max_length=40)
    office_id: str = Field(foreign_key="offices.id", index=True)
    deputy_id: str | None = Field(default=None, max_length=36)
    active: bool = True


class SessionRow(SQLModel, table=True):
    """A sign-in, known only by the hash of its secret."""

    __tablename__ = "sessions"
    id_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="people.id", index=True)
    created_at: datetime = _instant()
    seen_at: datetime = _instant()
    expires_at: datetime = _instant(index=True)


class ParticipantRow(SQLModel, table=True):
    """A participant; everything that names the person is one blob sealed with the journey's key."""

    __tablename__ = "participants"
    id: str = Field(primary_key=True, max_length=36)
    journey_id: str = Field(unique=True, max_length=36)
    office_id: str = Field(foreign_key="offices.id", index=True)
    ags: str = Field(max_length=8)
    language: str = Field(max_length=20)
    identity: bytes = Field(sa_type=LargeBinary)
    form_id: str = Field(unique=True, max_length=80)
    created_at: datetime = _instant()


class SearchTokenRow(SQLModel, table=True):
    """A keyed hash of one word of a name or of a birth date; it finds a journey and tells nothing else."""

    __tablename__ = "search_tokens"
    token: str = Field(primary_key=True, max_length=64)
    journey_id: str = Field(primary_key=True, max_length=36, index=True)
    office_id: str = Field(max_length=44)


class KeyRow(SQLModel, table=True):
    """A key of a journey or house, wrapped by the master key; destroyed, the row stays without its bytes."""

    __tablename__ = "journey_keys"
    kid: str = Field(primary_key=True, max_length=36)
    owner: str = Field(index=True, max_length=60)
    wrapped: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)
    created_at: datetime = _instant()
    destroyed_at: datetime | None = _instant(nullable=True)


class OutboxRow(SQLModel, table=True):
    """Something that Temporal must still be told; written in the transaction that caused it."""

    __tablename__ = "outbox"
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    journey_id: str = Field(max_length=36)
    office_id: str = Field(max_length=44)
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = _instant()
    done_at: datetime | None = _instant(nullable=True, index=True)
    attempts: int = 0
    last_code: str | None = Field(default=None, max_length=60)
    replan_id: int | None = Field(default=None, index=True)
    told_call: int | None = None


class JourneyRow(SQLModel, table=True):
    """The read model of a journey: what lists need in the clear, and the whole view sealed."""

    __tablename__ = "journeys"
    __table_args__ = (Index("ix_journeys_office_state", "office_id", "state"),)
    id: str = Field(primary_key=True, max_length=36)
    office_id: str = Field(foreign_key="offices.id")
    ags: str = Field(max_length=8)
    case_worker_id: str | None = Field(default=None, max_length=36, index=True)
    state: str = Field(max_length=20, description="waiting, open, paused, closed or ended")
    t0: date
    term_months: int
    programme: str = Field(max_length=40)
    opened_on: date | None = None
    seq: int = 0
    call: int = -1
    run_id: str | None = Field(default=None, max_length=60)
    next_step: str | None = Field(default=None, max_length=80)
    next_due: date | None = None
    next_wake: datetime | None = _instant(nullable=True, index=True)
    closed_on: date | None = None
    closed_reason: str | None = Field(default=None, max_length=40)
    level: int = 0
    view: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)
    updated_at: datetime = _instant()


class TaskRow(SQLModel, table=True):
    """Something for the office to do."""

    __tablename__ = "tasks"
    id: str = Field(primary_key=True, max_length=36)
    journey_id: str = Field(foreign_key="journeys.id", index=True)
    office_id: str = Field(index=True, max_length=44)
    what: str = Field(max_length=40)
    subject: str = Field(max_length=80)
    rule: str | None = Field(default=None, max_length=8)
    addressee: str = Field(max_length=20)
    opened_on: date
    answer_by: date
    closed_on: date | None = Field(default=None, index=True)
    closed_reason: str | None = Field(default=None, max_length=40)


class EscalationRow(SQLModel, table=True):
    """One matter of one journey, with its level and what the decision behind it had compared."""

    __tablename__ = "escalations"
    id: str = Field(primary_key=True, max_length=36)
    journey_id: str = Field(foreign_key="journeys.id", index=True)
    office_id: str = Field(index=True, max_length=44)
    rule: str = Field(max_length=8)
    subject: str = Field(max_length=80)
    episode: date
    level: int
    raised_on: date
    answer_by: date
    silent_until: date | None = None
    closed_on: date | None = Field(default=None, index=True)
    closed_reason: str | None = Field(default=None, max_length=40)
    because: str = Field(max_length=20)
    basis: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    decision_values: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class NoticeRow(SQLModel, table=True):
    """Something that leaves the house; one row and one Message-ID for one intent."""

    __tablename__ = "notices"
    id: str = Field(primary_key=True, max_length=36)
    journey_id: str = Field(foreign_key="journeys.id", index=True)
    office_id: str = Field(index=True, max_length=44)
    text: str = Field(max_length=40)
    matter: str = Field(max_length=80)
    rule: str | None = Field(default=None, max_length=8)
    stage: int = 0
    channel: str = Field(max_length=20)
    language: str = Field(max_length=20)
    planned_on: date
    send_at: datetime = _instant(index=True)
    refers_to: date | None = None
    state: str = Field(default="planned", max_length=20, index=True)
    message_id: str = Field(unique=True, max_length=80)
    attempts: int = 0
    possible_duplicate: bool = False
    reason: str | None = Field(default=None, max_length=40)
    claimed_at: datetime | None = _instant(nullable=True)
    settled_at: datetime | None = _instant(nullable=True)
    foreseen_at: datetime | None = _instant(nullable=True)
    text_version: str | None = Field(default=None, max_length=80)


class UpcomingRow(SQLModel, table=True):
    """What happens by itself if nothing happens before."""

    __tablename__ = "upcoming"
    __table_args__ = (Index("ix_upcoming_office_day", "office_id", "on_day"),)
    journey_id: str = Field(primary_key=True, foreign_key="journeys.id", max_length=36)
    position: int = Field(primary_key=True)
    office_id: str = Field(max_length=44)
    on_day: date
    what: str = Field(max_length=20)
    code: str = Field(max_length=40)
    subject: str = Field(max_length=80)
    addressee: str = Field(max_length=20)
    rule: str | None = Field(default=None, max_length=8)
    stage: int = 0
    level: int = 0


class AnswerRow(SQLModel, table=True):
    """What `decide` answered to one call; a retry gets it again, word for word."""

    __tablename__ = "answers"
    journey_id: str = Field(primary_key=True, foreign_key="journeys.id", max_length=36)
    call: int = Field(primary_key=True)
    office_id: str = Field(max_length=44)
    request_sha256: str = Field(max_length=64)
    answer: bytes = Field(sa_type=LargeBinary)


class LedgerRow(SQLModel, table=True):
    """One entry of one stream; triggers refuse that it is ever changed or removed."""

    __tablename__ = "ledger"
    __table_args__ = (UniqueConstraint("stream", "seq", name="uq_ledger_stream_seq"),)
    id: int | None = Field(default=None, primary_key=True)
    stream: str = Field(max_length=60)
    seq: int
    office_id: str = Field(index=True, max_length=44)
    at: datetime = _instant()
    recorded_at: datetime = _instant()
    actor: str = Field(max_length=36)
    type: str = Field(max_length=60)
    rule: str | None = Field(default=None, max_length=8)
    book: str | None = Field(default=None, max_length=40)
    link: str | None = Field(default=None, max_length=200)
    body: bytes = Field(sa_type=LargeBinary)
    body_hash: str = Field(max_length=64)
    prev: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class StreamHeadRow(SQLModel, table=True):
    """The last entry of a stream; whoever appends locks this row first."""

    __tablename__ = "stream_heads"
    stream: str = Field(primary_key=True, max_length=60)
    seq: int
    hash: str = Field(max_length=64)


class ClockRow(SQLModel, table=True):
    """The demo's clock: how far business time is ahead of real time, and a move under way."""

    __tablename__ = "clock"
    id: int = Field(default=1, primary_key=True)
    offset_s: int = 0
    moving_to: datetime | None = _instant(nullable=True)
    started_at: datetime | None = _instant(nullable=True)
    progress: int = 0


class NoteRow(SQLModel, table=True):
    """Free text about a subject; it never enters a workflow."""

    __tablename__ = "notes"
    id: str = Field(primary_key=True, max_length=36)
    journey_id: str = Field(foreign_key="journeys.id", index=True)
    office_id: str = Field(max_length=44)
    subject: str = Field(max_length=80)
    kind: str = Field(max_length=40)
    body: bytes = Field(sa_type=LargeBinary)
    author_id: str = Field(max_length=36)
    created_at: datetime = _instant()


class ArchivedRunRow(SQLModel, table=True):
    """The full history of one workflow run, sealed with the journey's key."""

    __tablename__ = "archived_runs"
    run_id: str = Field(primary_key=True, max_length=60)
    journey_id: str = Field(index=True, max_length=36)
    office_id: str = Field(max_length=44)
    successor: str | None = Field(default=None, max_length=60)
    sha256: str = Field(max_length=64)
    history: bytes = Field(sa_type=LargeBinary)
    archived_at: datetime = _instant()


class BookRow(SQLModel, table=True):
    """A book of this installation: its document, its state, and who took which step when."""

    __tablename__ = "books"
    id: str = Field(primary_key=True, max_length=40)
    sha256: str = Field(max_length=64)
    document: str = Field(sa_column=Column(Text, nullable=False))
    origin: str = Field(max_length=20, description="release or own")
    base: str | None = Field(default=None, max_length=40)
    state: str = Field(max_length=20, index=True)
    reason: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)
    valid_from: date
    drafted_by: str = Field(max_length=36)
    drafted_at: datetime = _instant()
    checked_by: str | None = Field(default=None, max_length=36)
    checked_at: datetime | None = _instant(nullable=True)
    simulated_by: str | None = Field(default=None, max_length=36)
    simulated_at: datetime | None = _instant(nullable=True)
    simulation: str | None = Field(default=None, max_length=64)
    approved_by: str | None = Field(default=None, max_length=36)
    approved_at: datetime | None = _instant(nullable=True)
    approved_result: str | None = Field(default=None, max_length=64)
    activated_by: str | None = Field(default=None, max_length=36)
    activated_at: datetime | None = _instant(nullable=True)
    active_from: date | None = Field(default=None, index=True)
    superseded_from: date | None = None


class BookSimulationRow(SQLModel, table=True):
    """A book tried over the caseload; its id is made of all that goes in, so that the same one continues."""

    __tablename__ = "book_simulations"
    id: str = Field(primary_key=True, max_length=64)
    book_id: str = Field(foreign_key="books.id", index=True)
    book_sha256: str = Field(max_length=64)
    against: str = Field(max_length=40)
    against_sha256: str = Field(max_length=64)
    calendar: str = Field(max_length=40)
    calendar_sha256: str = Field(max_length=64)
    on_day: date
    days: int
    watermark: str = Field(max_length=64)
    journeys: int
    ordered_by: str = Field(max_length=36)
    ordered_at: datetime = _instant()
    finished_at: datetime | None = _instant(nullable=True)
    result: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    result_sha256: str | None = Field(default=None, max_length=64)


class BookSimulationPartRow(SQLModel, table=True):
    """A finished part of a simulation; a killed one goes on after the last."""

    __tablename__ = "book_simulation_parts"
    simulation_id: str = Field(primary_key=True, foreign_key="book_simulations.id", max_length=64)
    number: int = Field(primary_key=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
