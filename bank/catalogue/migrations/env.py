"""Alembic's entry: runs on the connection that `bank.catalogue.migrating` hands over."""

from alembic import context

from bank.catalogue.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
