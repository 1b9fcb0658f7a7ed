"""The ground: every table of the first version, and triggers that keep the ledger append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE_GUARDS = [
    f"""CREATE TRIGGER ledger_no_{verb.lower()} BEFORE {verb} ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL_GUARDS = [
    """CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()""",
    """CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()""",
]


def _archived_runs() -> None:
    op.create_table(
        "archived_runs",
        sa.Column("run_id", sa.String(length=60), nullable=False),
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("successor", sa.String(length=60), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("history", sa.LargeBinary(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("run_id"),
    )
    op.create_index("ix_archived_runs_journey_id", "archived_runs", ["journey_id"], unique=False)


def _clock() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offset_s", sa.Integer(), nullable=False),
        sa.Column("moving_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _journey_keys() -> None:
    op.create_table(
        "journey_keys",
        sa.Column("kid", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kid"),
    )
    op.create_index("ix_journey_keys_owner", "journey_keys", ["owner"], unique=False)


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=True),
        sa.Column("book", sa.String(length=40), nullable=True),
        sa.Column("link", sa.String(length=200), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stream", "seq", name="uq_ledger_stream_seq"),
    )
    op.create_index("ix_ledger_office_id", "ledger", ["office_id"], unique=False)


def _offices() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.String(length=44), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=True),
        sa.Column("head_id", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_code", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outbox_done_at", "outbox", ["done_at"], unique=False)


def _search_tokens() -> None:
    op.create_table(
        "search_tokens",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.PrimaryKeyConstraint("token", "journey_id"),
    )
    op.create_index("ix_search_tokens_journey_id", "search_tokens", ["journey_id"], unique=False)


def _stream_heads() -> None:
    op.create_table(
        "stream_heads",
        sa.Column("stream", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream"),
    )


def _journeys() -> None:
    op.create_table(
        "journeys",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("case_worker_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("t0", sa.Date(), nullable=False),
        sa.Column("term_months", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(length=60), nullable=True),
        sa.Column("next_step", sa.String(length=80), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("view", sa.LargeBinary(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_journeys_case_worker_id", "journeys", ["case_worker_id"], unique=False)
    op.create_index("ix_journeys_office_state", "journeys", ["office_id", "state"], unique=False)


def _participants() -> None:
    op.create_table(
        "participants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("form_id", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id"),
        sa.UniqueConstraint("journey_id"),
    )
    op.create_index("ix_participants_office_id", "participants", ["office_id"], unique=False)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("deputy_id", sa.String(length=36), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_index("ix_people_office_id", "people", ["office_id"], unique=False)


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("request_sha256", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("journey_id", "call"),
    )


def _escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("journey_id", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("episode", sa.Date(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("silent_until", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=40), nullable=True),
        sa.Column("because", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("decision_values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalations_closed_on", "escalations", ["closed_on"], unique=False)
    op.create_index("ix_escalations_journey_id", "escalations", ["journey_id"], unique=False)
    op.create_index("ix_escalations_office_id", "escalations", ["office_id"], unique=False)


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("journey_id", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_notes_journey_id", "notes", ["journey_id"], unique=False)


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("journey_id", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("text", sa.String(length=40), nullable=False),
        sa.Column("matter", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=True),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refers_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("message_id", sa.String(length=80), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("possible_duplicate", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("foreseen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text_version", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index("ix_notices_journey_id", "notices", ["journey_id"], unique=False)
    op.create_index("ix_notices_office_id", "notices", ["office_id"], unique=False)
    op.create_index("ix_notices_send_at", "notices", ["send_at"], unique=False)
    op.create_index("ix_notices_state", "notices", ["state"], unique=False)


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id_hash"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"], unique=False)
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"], unique=False)


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("journey_id", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=True),
        sa.Column("addressee", sa.String(length=20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_tasks_closed_on", "tasks", ["closed_on"], unique=False)
    op.create_index("ix_tasks_journey_id", "tasks", ["journey_id"], unique=False)
    op.create_index("ix_tasks_office_id", "tasks", ["office_id"], unique=False)


def _upcoming() -> None:
    op.create_table(
        "upcoming",
        sa.Column("journey_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.String(length=44), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("addressee", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=True),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("journey_id", "position"),
    )
    op.create_index("ix_upcoming_office_day", "upcoming", ["office_id", "on_day"], unique=False)


CREATED = (
    _archived_runs,
    _clock,
    _journey_keys,
    _ledger,
    _offices,
    _outbox,
    _search_tokens,
    _stream_heads,
    _journeys,
    _participants,
    _people,
    _answers,
    _escalations,
    _notes,
    _notices,
    _sessions,
    _tasks,
    _upcoming,
)


def upgrade() -> None:
    for create in CREATED:
        create()
    for guard in SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    for create in reversed(CREATED):
        op.drop_table(create.__name__.removeprefix("_"))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION ledger_is_append_only")
