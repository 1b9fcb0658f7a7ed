"""The companions: absences and posts, what offices were told and what was found, and who is planned anew."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JOURNEYS = (
    ("next_wake", sa.DateTime(timezone=True), True),
    ("closed_on", sa.Date(), False),
    ("closed_reason", sa.String(length=40), False),
)
INSTANT = sa.DateTime(timezone=True)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _people() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("person_id", 36),
        _text("office_id", 44),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        _text("recorded_by", 36),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("person_id", 36),
        _text("office_id", 44),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "since", name="uq_posts_person_since"),
    )
    for table in ("absences", "posts"):
        _indexed(table, "person_id", "office_id")


def _watched() -> None:
    op.create_table(
        "office_reports",
        _text("office_id", 44),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        _text("recorded_by", 36),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.PrimaryKeyConstraint("office_id", "year"),
    )
    op.create_table(
        "office_watches",
        _text("office_id", 44),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("next_wake", INSTANT, nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.PrimaryKeyConstraint("office_id"),
    )
    op.create_table(
        "office_answers",
        _text("office_id", 44),
        sa.Column("call", sa.Integer(), nullable=False),
        _text("request_sha256", 64),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.PrimaryKeyConstraint("office_id", "call"),
    )


def _told() -> None:
    op.create_table(
        "office_tasks",
        _text("id", 36),
        _text("office_id", 44),
        _text("what", 40),
        _text("subject", 80),
        _text("rule", 8, nullable=True),
        _text("addressee", 20),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        _text("closed_reason", 40, nullable=True),
        sa.Column("decision_values", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "office_matters",
        _text("id", 36),
        _text("office_id", 44),
        _text("rule", 8),
        _text("subject", 80),
        sa.Column("episode", sa.Date(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("silent_until", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        _text("closed_reason", 40, nullable=True),
        _text("because", 20),
        sa.Column("decision_values", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for table in ("office_tasks", "office_matters"):
        _indexed(table, "office_id", "closed_on")


def _found() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("office_id", 44),
        _text("kind", 40),
        _text("subject", 80),
        _text("journey_id", 36, nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        _text("done", 40),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("office_id", "kind", "subject", "found_on", name="uq_findings_once_a_day"),
    )
    _indexed("findings", "office_id", "found_on")


def _replans() -> None:
    op.create_table(
        "replans",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("office_id", 44),
        _text("reason", 40),
        _text("about", 60),
        sa.Column("journeys", sa.Integer(), nullable=False),
        sa.Column("ordered_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("replans", "office_id", "about")
    op.add_column("outbox", sa.Column("replan_id", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("told_call", sa.Integer(), nullable=True))
    _indexed("outbox", "replan_id")


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def upgrade() -> None:
    _people()
    _watched()
    _told()
    _found()
    _replans()
    for name, kind, indexed in JOURNEYS:
        op.add_column("journeys", sa.Column(name, kind, nullable=True))
        if indexed:
            _indexed("journeys", name)


def downgrade() -> None:
    for name, _, indexed in JOURNEYS:
        if indexed:
            op.drop_index(f"ix_journeys_{name}", "journeys")
        op.drop_column("journeys", name)
    op.drop_index("ix_outbox_replan_id", "outbox")
    for name in ("told_call", "replan_id"):
        op.drop_column("outbox", name)
    for table in ("replans", "findings", "office_matters", "office_tasks"):
        op.drop_table(table)
    for table in ("office_answers", "office_watches", "office_reports", "posts", "absences"):
        op.drop_table(table)
