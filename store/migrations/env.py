"""Alembic runs on the connection that `store.database.migrate` hands over, inside its transaction."""

from alembic import context
from sqlmodel import SQLModel

import store.office_tables
import store.tables
import store.tables_directory
import store.tables_take_over
import store.tables_turns  # noqa: F401 - fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
