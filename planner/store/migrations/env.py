"""Alembic's entry: runs on the connection that :mod:`planner.store.migrate` hands over."""

from alembic import context

from planner.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
