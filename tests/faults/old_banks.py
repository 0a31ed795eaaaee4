"""Banks as earlier versions left them: a catalogue of any earlier revision, with entries, files, pages and an audit."""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from bank.catalogue.audit import CHAIN_START, chain_value
from bank.catalogue.database import Database
from bank.catalogue.migrations import HEAD_REVISION
from bank.catalogue.migrations.running import alembic_config
from bank.clock import new_uid
from bank.settings import Settings
from bank.uploads import UploadsFolder
from tests.making_files import WORDS

PUBLISHED, DRAFTS, PAGES = 3, 7, 150
MOMENT = "2025-01-01 00:00:00.000000"
READ_AT = "2025-01-01T00:00:00+00:00"
"""MOMENT as the audit's chain has it."""
SEALS = ("seal", "seal_key")
"""Columns that an upgrade fills in where these banks have nothing."""
KEPT = ("entry", "entry_text", "file", "page", "tag", "user", "audit", "city")


def earlier_revisions() -> list[str]:
    """Every revision but the newest, the first one first."""
    known = [one.revision for one in ScriptDirectory.from_config(alembic_config()).walk_revisions()]
    return sorted(revision for revision in known if revision != HEAD_REVISION)


def make_old_bank(settings: Settings, revision: str) -> None:
    """A bank in the settings' home as a version with this revision left it; published entries wait for the index."""
    database = Database(settings.database)
    with database.writing() as session:
        config = alembic_config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, revision)
    database.close()
    uploads = UploadsFolder(settings.uploads_folder)
    with closing(sqlite3.connect(settings.home / "bank.db")) as rows:
        rows.execute("INSERT INTO info (key, value) VALUES ('namespace', ?)", (new_uid(),))
        for number in range(1, PUBLISHED + DRAFTS + 1):
            add_entry(rows, uploads, number, "published" if number <= PUBLISHED else "draft")
        if revision >= "0003":
            values = (new_uid(), "editora@ciudad.example", "editora@ciudad.example", "editor", MOMENT)
            rows.execute(
                "INSERT INTO user (uid, email, folded, name, role, active, created) VALUES (?, ?, ?, '', ?, 1, ?)",
                values,
            )
        rows.commit()


def add_entry(rows: sqlite3.Connection, uploads: UploadsFolder, number: int, status: str) -> None:
    """An entry with a title, a tag, a file of many pages, and what the audit and the outbox say of it."""
    text = f"Acta ficticia {number} de la ciudad".encode()
    digest = uploads.put(BytesIO(text), len(text)).digest
    published = MOMENT if status == "published" else None
    rows.execute(
        "INSERT INTO entry (id, uid, kind, status, version, language, fields, sample, created, updated, published)"
        " VALUES (?, ?, 'report', ?, 1, 'es', '{}', 0, ?, ?, ?)",
        (number, new_uid(), status, MOMENT, MOMENT, published),
    )
    rows.execute(
        "INSERT INTO entry_text (entry_id, language, title, summary) VALUES (?, 'es', ?, '')",
        (number, f"Acta ficticia {number}"),
    )
    rows.execute(
        "INSERT INTO tag (entry_id, vocabulary, charter, term, is_primary, position)"
        " VALUES (?, 'theme', '', 'cultura', 1, 0)",
        (number,),
    )
    rows.execute(
        "INSERT INTO file (id, entry_id, number, name, media_type, size, digest, shown, status, reason_values, flags,"
        " total_pages, reader, thumbnail, added) VALUES (?, ?, 1, 'acta.txt', 'text/plain', ?, ?, 1, 'read', '{}',"
        " '[]', ?, '', 0, ?)",
        (number, number, len(text), digest, PAGES, MOMENT),
    )
    rows.executemany(
        "INSERT INTO page (file_id, number, text, furniture, method, flags) VALUES (?, ?, ?, '[]', 'text', '[]')",
        [(number, page, f"{number}.{page} {'. '.join(WORDS * 5)}") for page in range(1, PAGES + 1)],
    )
    add_audit(rows, number)
    if status == "published":
        rows.execute(
            "INSERT INTO outbox (entry_id, version, made, failures, error) VALUES (?, 1, ?, 0, '')", (number, MOMENT)
        )


def add_audit(rows: sqlite3.Connection, number: int) -> None:
    last = rows.execute("SELECT chain FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    digest = hashlib.sha256(b"{}").hexdigest()
    chain = chain_value(last[0] if last else CHAIN_START, READ_AT, "operator", "import", number, digest)
    rows.execute(
        "INSERT INTO audit (moment, actor, act, entry_id, digest, chain) VALUES (?, 'operator', 'import', ?, ?, ?)",
        (MOMENT, number, digest, chain),
    )


def kept_rows(path: Path, columns: Mapping[str, str] | None = None) -> dict[str, set[tuple[object, ...]]]:
    """Table -> its rows. `columns` names those of an earlier look; without, those that a table has now."""
    named = columns or table_columns(path)
    with closing(sqlite3.connect(path)) as rows:
        return {table: set(rows.execute(f'SELECT {of} FROM "{table}"')) for table, of in named.items()}


def table_columns(path: Path) -> dict[str, str]:
    """Table -> its columns, for the tables whose rows an upgrade must keep."""
    with closing(sqlite3.connect(path)) as rows:
        found = {table: [row[1] for row in rows.execute(f'PRAGMA table_info("{table}")')] for table in KEPT}
    kept = {table: [name for name in names if name not in SEALS] for table, names in found.items()}
    return {table: ", ".join(f'"{name}"' for name in names) for table, names in kept.items() if names}


def revision_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as rows:
        (found,) = rows.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found)
