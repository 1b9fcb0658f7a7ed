"""The directory of local offers, and what was offered from it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "directory",
        _text("id", 36),
        _text("office_id", 44),
        _text("kind", 40),
        _text("name", 120),
        _text("provider", 120),
        _text("carrier", 120),
        _text("ags", 8),
        _text("venue", 120),
        sa.Column("start", sa.Date(), nullable=True),
        _text("level", 2, nullable=True),
        sa.Column("childcare", sa.Boolean(), nullable=True),
        sa.Column("free_places", sa.Integer(), nullable=True),
        _text("phone", 30),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "offers_made",
        _text("journey_id", 36),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("office_id", 44),
        _text("offer_id", 36),
        _text("kind", 40),
        sa.Column("offered_on", sa.Date(), nullable=False),
        _text("outcome", 20, nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"]),
        sa.PrimaryKeyConstraint("journey_id", "position"),
    )
    op.create_index("ix_offers_made_office_id", "offers_made", ["office_id"], unique=False)


def downgrade() -> None:
    for table in ("offers_made", "directory"):
        op.drop_table(table)
