"""The description of the tables themselves: a digest of it is kept after each migration, as no seal covers it."""

import hashlib

from sqlalchemy.orm import Session

from bank.catalogue import info
from bank.catalogue.migrations import HEAD_REVISION
from bank.catalogue.seals.computing import AskRows, encoded_row
from bank.catalogue.seals.facts import SCHEMA_KEY, seal_fact

SCHEMA_ROWS = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY type, name"


def schema_digest(ask: AskRows) -> str:
    """SHA-256 (hex) over how the tables and indexes of an SQLite catalogue are described."""
    return hashlib.sha256(b"".join(encoded_row(row) for row in ask(SCHEMA_ROWS))).hexdigest()


def knows_schema(session: Session) -> bool:
    """Whether the digest of the newest revision is kept."""
    return (info.read_info(session, SCHEMA_KEY) or "").startswith(f"{HEAD_REVISION} ")


def keep_schema(session: Session, ask: AskRows) -> None:
    """Keeps the digest of the tables as they are now, unless it is that of this revision already."""
    if not knows_schema(session):
        info.write_info(session, SCHEMA_KEY, f"{HEAD_REVISION} {schema_digest(ask)}")


def is_schema_altered(ask: AskRows) -> bool:
    """Whether the tables are described otherwise than the migrations left them."""
    return seal_fact(ask, SCHEMA_KEY) != f"{HEAD_REVISION} {schema_digest(ask)}"
