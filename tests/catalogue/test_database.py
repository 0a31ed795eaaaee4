import sqlite3
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from bank.catalogue import audit, info, unembedded
from bank.catalogue.database import CatalogueMoved, Database
from bank.catalogue.migrating import upgrade_catalogue
from bank.catalogue.migrations import HEAD_REVISION
from bank.catalogue.migrations.running import alembic_config
from bank.catalogue.tables import Audit, Base, File, Info, Page
from bank.clock import new_uid
from bank.errors import Damaged
from bank.settings import Settings

OLD_ROWS = (
    "INSERT INTO entry (id, uid, kind, status, version, language, fields, sample, created, updated)"
    " VALUES (1, :uid, 'report', 'published', 1, 'es', '{}', 0, '2025-01-01', '2025-01-01')",
    "INSERT INTO file (id, entry_id, number, name, media_type, size, digest, shown, status, reason_values, flags,"
    " total_pages, reader, thumbnail, added) VALUES (7, 1, 1, 'acta.pdf', 'application/pdf', 4, :digest, 1, 'read',"
    """ '{"a": 1}', '["no_text"]', 2, '', 0, '2025-01-01')""",
    "INSERT INTO page (file_id, number, label, text, furniture, method, flags, confidence)"
    " VALUES (7, 1, 'i', 'uno', '[0]', 'text', '[]', 71.5), (7, 2, NULL, 'dos', '[]', 'text', '[]', NULL)",
)
"""Rows of a bank of revision 0003."""


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    made = Database(settings.database)
    upgrade_catalogue(made)
    yield made
    made.close()


def test_the_migrations_make_just_the_tables_that_the_code_declares(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [one for one in compare_metadata(context, Base.metadata) if "alembic_version" not in str(one)]
    assert differences == []


def test_a_catalogue_is_write_ahead_logged_and_fully_synced(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_unit_of_work_that_raises_leaves_nothing(database: Database) -> None:
    def break_off() -> None:
        with database.writing() as session:
            info.write_info(session, "a", "1")
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    with database.reading() as session:
        assert info.read_info(session, "a") is None


def test_a_catalogue_that_was_moved_away_or_replaced_is_neither_read_nor_written_until_it_is_back(
    database: Database, settings: Settings
) -> None:
    database.hold_file()
    path = database.file
    with database.writing() as session:
        info.write_info(session, "a", "1")
    database.close()
    path.rename(path.with_name("away.db"))
    for replace in (False, True):
        if replace:
            other = Database(settings.database)
            upgrade_catalogue(other)
            other.close()
        for opened in (database.reading, database.writing):
            with pytest.raises(CatalogueMoved), opened():
                pass
    path.with_name("away.db").rename(path)
    with database.writing() as session:
        assert info.read_info(session, "a") == "1"


def test_many_writers_wait_for_one_another_and_lose_nothing(database: Database) -> None:
    with database.writing() as session:
        info.write_info(session, "count", "0")

    def add() -> None:
        for _ in range(20):
            with database.writing() as session:
                info.write_info(session, "count", str(int(info.read_info(session, "count") or 0) + 1))

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert info.read_info(session, "count") == "160"


def test_opening_a_catalogue_of_a_newer_version_is_refused_with_a_sentence(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Damaged, match="newer version"):
        upgrade_catalogue(database)


def test_the_newest_migration_is_the_one_that_commands_look_for() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD_REVISION


def test_upgrading_twice_changes_nothing(database: Database, settings: Settings) -> None:
    before = (
        sqlite3.connect(settings.home / "bank.db").execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    )
    upgrade_catalogue(database)
    after = sqlite3.connect(settings.home / "bank.db").execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    assert before == after


def test_what_was_published_before_there_were_vectors_waits_for_them_after_the_upgrade(settings: Settings) -> None:
    from alembic import command

    old = Database(settings.database)
    with old.writing() as session:
        first = alembic_config()
        first.attributes["connection"] = session.connection()
        command.upgrade(first, "0001")
        for status in ("published", "draft"):
            values = "(:uid, 'report', :status, 1, 'und', '{}', 0, '2025-01-01', '2025-01-01')"
            columns = "uid, kind, status, version, language, fields, sample, created, updated"
            session.execute(
                text(f"INSERT INTO entry ({columns}) VALUES {values}"), {"uid": new_uid(), "status": status}
            )
    upgrade_catalogue(old)
    with old.reading() as session:
        assert unembedded.entries_unembedded(session) == {1}
        assert unembedded.oldest_unembedded(session) is not None
    old.close()


def old_bank(settings: Settings) -> Database:
    """A bank as it was before there were deposits, with an entry, a file and its two pages."""
    from alembic import command

    made = Database(settings.database)
    with made.writing() as session:
        old = alembic_config()
        old.attributes["connection"] = session.connection()
        command.upgrade(old, "0003")
        for statement in OLD_ROWS:
            session.execute(text(statement), {"uid": new_uid(), "digest": "d" * 64})
    return made


def test_an_upgrade_keeps_each_file_its_pages_and_what_binds_them(settings: Settings) -> None:
    old = old_bank(settings)
    upgrade_catalogue(old)
    with old.reading() as session:
        file = session.scalars(select(File)).one()
        assert (file.id, file.entry_id, file.name, file.size, file.digest) == (7, 1, "acta.pdf", 4, "d" * 64)
        assert (file.reason_values, file.flags, file.shown, file.thumbnail) == ({"a": 1}, ["no_text"], True, False)
        assert (file.purpose, file.people, file.consents, file.personal, file.added_by) == ("", None, "", [], None)
        assert file.unplaced == []
        pages = session.scalars(select(Page).order_by(Page.number)).all()
        assert [(page.file_id, page.number, page.text) for page in pages] == [(7, 1, "uno"), (7, 2, "dos")]
        assert (pages[0].label, pages[0].furniture, pages[0].confidence) == ("i", [0], 71.5)
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        left = session.scalars(text("SELECT name FROM sqlite_master WHERE sql LIKE '%_before%'")).all()
        assert left == []
    with old.writing() as session:
        session.execute(text("DELETE FROM file WHERE id = 7"))
    with old.reading() as session:
        assert session.scalars(select(Page)).all() == []
    old.close()


def test_the_number_of_a_file_that_was_taken_out_is_never_given_again(settings: Settings) -> None:
    old = old_bank(settings)
    upgrade_catalogue(old)
    for expected in (8, 9):
        with old.writing() as session:
            session.execute(text("DELETE FROM file"))
            session.execute(text(OLD_ROWS[1].replace("(7, ", "(NULL, ")), {"digest": "e" * 64})
        with old.reading() as session:
            assert session.scalars(select(File.id)).all() == [expected]
    old.close()


def test_an_upgrade_can_be_taken_back_and_done_again(settings: Settings) -> None:
    from alembic import command

    old = old_bank(settings)
    upgrade_catalogue(old)
    with old.writing() as session:
        back = alembic_config()
        back.attributes["connection"] = session.connection()
        command.downgrade(back, "0003")
    upgrade_catalogue(old)
    with old.reading() as session:
        assert session.scalars(select(Page.text).order_by(Page.number)).all() == ["uno", "dos"]
    old.close()


def test_a_row_of_the_audit_that_was_changed_breaks_the_chain(database: Database) -> None:
    with database.writing() as session:
        for number in range(3):
            audit.add_audit_row(session, "somebody", "publish", number, {"version": number})
    with database.reading() as session:
        assert audit.broken_audit_rows(session) == []
    with database.writing() as session:
        row = session.scalars(select(Audit).where(Audit.id == 2)).one()
        row.actor = "somebody else"
    with database.reading() as session:
        assert audit.broken_audit_rows(session) == [2]


def test_what_the_bank_knows_of_itself_is_kept(database: Database) -> None:
    with database.writing() as session:
        info.write_info(session, "namespace", info.new_namespace())
    with database.reading() as session:
        assert session.scalars(select(Info.key)).all() == ["namespace"]


def test_an_error_of_the_database_does_not_repeat_what_was_being_written(database: Database) -> None:
    with pytest.raises(IntegrityError) as raised, database.writing() as session:
        session.execute(text("INSERT INTO info (key, value) VALUES (:key, NULL)"), {"key": "text of a draft"})
    assert "text of a draft" not in str(raised.value)
