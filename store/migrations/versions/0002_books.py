"""Books of an installation: their documents and states, and their simulations over the caseload."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STEPS = ("checked", "simulated", "approved", "activated")


def _steps() -> list[sa.Column]:
    return [
        column
        for step in STEPS
        for column in (
            sa.Column(f"{step}_by", sa.String(length=36), nullable=True),
            sa.Column(f"{step}_at", sa.DateTime(timezone=True), nullable=True),
        )
    ]


def _books() -> None:
    op.create_table(
        "books",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("base", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("drafted_by", sa.String(length=36), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        *_steps(),
        sa.Column("simulation", sa.String(length=64), nullable=True),
        sa.Column("approved_result", sa.String(length=64), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("superseded_from", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_books_state", "books", ["state"], unique=False)
    op.create_index("ix_books_active_from", "books", ["active_from"], unique=False)


def _simulations() -> None:
    op.create_table(
        "book_simulations",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("book_id", sa.String(), nullable=False),
        sa.Column("book_sha256", sa.String(length=64), nullable=False),
        sa.Column("against", sa.String(length=40), nullable=False),
        sa.Column("against_sha256", sa.String(length=64), nullable=False),
        sa.Column("calendar", sa.String(length=40), nullable=False),
        sa.Column("calendar_sha256", sa.String(length=64), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("watermark", sa.String(length=64), nullable=False),
        sa.Column("journeys", sa.Integer(), nullable=False),
        sa.Column("ordered_by", sa.String(length=36), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("result_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["book_id"], ["books.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_book_simulations_book_id", "book_simulations", ["book_id"], unique=False)


def _parts() -> None:
    op.create_table(
        "book_simulation_parts",
        sa.Column("simulation_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["simulation_id"], ["book_simulations.id"]),
        sa.PrimaryKeyConstraint("simulation_id", "number"),
    )


def upgrade() -> None:
    _books()
    _simulations()
    _parts()


def downgrade() -> None:
    for table in ("book_simulation_parts", "book_simulations", "books"):
        op.drop_table(table)
