"""Alembic runs this for every command; migrate.py gives it a connection with a transaction open."""

from alembic import context

from ivr.store.tables_for_migrations import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a column by copying the table
)
with context.begin_transaction():
    context.run_migrations()
