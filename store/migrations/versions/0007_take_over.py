"""Running cases that are taken over, the inbox of allocations, and lists that wait for confirmation."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = ("uploads", "allocations", "taken_lines", "taken_over")


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def _cases() -> None:
    op.create_table(
        "taken_over",
        _text("journey_id", 36),
        _text("office_id", 44),
        _text("case_worker_id", 36),
        sa.Column("taken_over_on", sa.Date(), nullable=False),
        sa.Column("first_review_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("journey_id"),
    )
    _indexed("taken_over", "office_id", "case_worker_id")
    op.create_table(
        "taken_lines",
        _text("token", 64),
        _text("office_id", 44),
        _text("journey_id", 36),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("token"),
    )
    _indexed("taken_lines", "journey_id")


def _allocations() -> None:
    op.create_table(
        "allocations",
        _text("id", 36),
        _text("office_id", 44),
        _text("from_office_id", 44),
        _text("ags", 8),
        sa.Column("t0", sa.Date(), nullable=False),
        _text("language", 20),
        _text("token", 64),
        sa.Column("card", sa.LargeBinary(), nullable=True),
        _text("state", 20),
        _text("reason", 40, nullable=True),
        _text("journey_id", 36, nullable=True),
        _text("sent_by", 36),
        sa.Column("sent_at", INSTANT, nullable=False),
        _text("settled_by", 36, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("allocations", "office_id", "from_office_id", "token", "state")


def _uploads() -> None:
    op.create_table(
        "uploads",
        _text("id", 36),
        _text("kind", 20),
        _text("office_id", 44),
        _text("person_id", 36),
        _text("sha256", 64),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("taken", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    _indexed("uploads", "person_id", "created_at")


def upgrade() -> None:
    _cases()
    _allocations()
    _uploads()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
