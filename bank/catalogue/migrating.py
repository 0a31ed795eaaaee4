"""Brings a catalogue to this version's tables; run whenever a bank is opened."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bank.catalogue.database import Database
from bank.errors import Damaged


def upgrade(database: Database) -> None:
    """Runs the migrations that are missing, in one transaction. Raises Damaged for a catalogue of a newer version."""
    config = Config()
    config.set_main_option("script_location", str(files("bank.catalogue").joinpath("migrations")))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    with database.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == scripts.get_current_head():
        return
    if present is not None and present not in {script.revision for script in scripts.walk_revisions()}:
        raise Damaged(
            "This catalogue was made by a newer version of the bank; install that version or restore a backup."
        )
    with database.writing() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(20201130)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
