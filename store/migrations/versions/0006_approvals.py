"""What waits for a second person, hand-overs between offices, and who belongs to which household."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _approvals() -> None:
    op.create_table(
        "approvals",
        _text("id", 36),
        _text("journey_id", 36),
        _text("office_id", 44),
        _text("kind", 40),
        sa.Column("command", sa.LargeBinary(), nullable=False),
        _text("state", 20),
        _text("requested_by", 36),
        sa.Column("requested_at", INSTANT, nullable=False),
        _text("claimed_by", 36, nullable=True),
        _text("refused_code", 60, nullable=True),
        _text("decided_by", 36, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("journey_id", "office_id", "state", "requested_by"):
        op.create_index(f"ix_approvals_{column}", "approvals", [column])


def _hand_overs() -> None:
    op.create_table(
        "hand_overs",
        _text("id", 36),
        _text("journey_id", 36),
        _text("office_id", 44),
        _text("to_office", 44),
        _text("to_ags", 8),
        sa.Column("offered_on", sa.Date(), nullable=False),
        _text("state", 20),
        sa.Column("settled_on", sa.Date(), nullable=True),
        _text("reason", 40, nullable=True),
        _text("continued_as", 36, nullable=True),
        _text("taken_by", 36, nullable=True),
        _text("taken_role", 40, nullable=True),
        _text("case_worker_id", 36, nullable=True),
        _text("substitute_id", 36, nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("journey_id", "office_id", "to_office", "state"):
        op.create_index(f"ix_hand_overs_{column}", "hand_overs", [column])


def upgrade() -> None:
    _approvals()
    _hand_overs()
    op.create_table(
        "households",
        _text("household_id", 36),
        _text("journey_id", 36),
        _text("office_id", 44),
        _text("relation", 20),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("household_id", "journey_id"),
    )
    op.create_index("ix_households_journey_id", "households", ["journey_id"])


def downgrade() -> None:
    for table in ("households", "hand_overs", "approvals"):
        op.drop_table(table)
