"""Runs Alembic on an open connection, from the package's own folder."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def alembic_config() -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", str(files("bank.catalogue").joinpath("migrations")))
    made.set_main_option("path_separator", "os")
    return made


def known_revisions() -> set[str]:
    """The revisions of every migration that this version has."""
    return {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}


def migrate_to_head(connection: Connection) -> None:
    """Brings the tables behind `connection` to the newest revision, in its transaction."""
    made = alembic_config()
    made.attributes["connection"] = connection
    command.upgrade(made, "head")
