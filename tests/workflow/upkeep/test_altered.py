"""Whatever is altered behind the bank's back is named; whatever the bank does itself is not."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from bank.assembly import open_bank
from bank.catalogue import audit, info
from bank.catalogue.database import Database
from bank.catalogue.migrating import upgrade_catalogue
from bank.catalogue.migrations.running import alembic_config
from bank.catalogue.seals import layout, renewing
from bank.catalogue.seals.layout import UNSEALED_COLUMNS, UNSEALED_TABLES
from bank.catalogue.seals.renewing import renew_seals
from bank.catalogue.tables import Audit, Base, City, Entry, EntryText, File, Page, Tag
from bank.clock import new_uid
from bank.errors import BankError
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people import tokens
from bank.workflow.upkeep.altered import UNSEALED_WORDS, alteration_faults, seal_notes
from bank.workflow.upkeep.anchoring import anchor_paths
from bank.workflow.upkeep.check import check_bank
from tests.people import EDITOR, OPERATOR, add_people
from tests.sealing import expect_sealed
from tests.workflow.conftest import Publish

pytestmark = pytest.mark.alters_rows
TEXT = """city: León
principles: [8]
themes: [medio-ambiente]
summary: Del barrio
---
# Huertos

El agua que compartimos.

# Después

Las familias riegan cada tarde.
"""


@pytest.fixture
def filled(bank: Bank, publish: Publish, tmp_path: Path) -> Bank:
    """A bank with two published entries, three people and a token."""
    for name in ("huertos", "plazas"):
        path = tmp_path / f"{name}.md"
        path.write_text(f"---\ntitle: {name.title()}\n{TEXT} {name}", encoding="utf-8")
        publish(path)
    add_people(bank)
    tokens.add_token_for_address(bank, EDITOR, "guion", None, actor=OPERATOR)
    expect_sealed(bank)
    return bank


def behind(bank: Bank, *statements: str) -> None:
    """Runs SQL as somebody with a database program would."""
    connection = sqlite3.connect(bank.settings.home / "bank.db")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE entry_text SET title = 'Otro' WHERE entry_id = 2", "2 (Otro)"),
        ("UPDATE entry_text SET summary = 'Otro' WHERE entry_id = 2", "2 (Plazas)"),
        ('UPDATE entry SET fields = \'{"contact": "x"}\' WHERE id = 2', "2 (Plazas)"),
        ("UPDATE entry SET fields = '{broken' WHERE id = 2", "2 (Plazas)"),
        ("UPDATE entry SET status = 'withdrawn' WHERE id = 2", "2 (Plazas)"),
        ("UPDATE tag SET term = 'cultura' WHERE entry_id = 2 AND vocabulary = 'theme'", "2 (Plazas)"),
        ("DELETE FROM tag WHERE entry_id = 2", "2 (Plazas)"),
        ("INSERT INTO entry_event VALUES (2, (SELECT max(id) FROM event), 'winner')", "2 (Plazas)"),
        ("UPDATE entry_city SET city_id = 'mx-chihuahua' WHERE entry_id = 2", "2 (Plazas)"),
        ("UPDATE file SET digest = 'ab' WHERE entry_id = 2", "2 (Plazas)"),
        ("UPDATE file SET licence = 'CC0-1.0' WHERE entry_id = 2", "2 (Plazas)"),
        ("UPDATE file SET people = 'minors', consents = '' WHERE entry_id = 2", "2 (Plazas)"),
        ("UPDATE page SET text = replace(text, 'agua', 'oro') WHERE file_id = 2 AND number = 1", "plazas.md"),
        ("UPDATE page SET text = CAST(x'fffe41' AS TEXT) WHERE file_id = 2 AND number = 1", "plazas.md"),
        ("DELETE FROM page WHERE file_id = 2 AND number = 2", "plazas.md"),
        ("UPDATE entry SET seal_key = x'00' WHERE id = 2", "2 (Plazas)"),
        ("DELETE FROM entry WHERE id = 2", "2"),
        (f"UPDATE user SET role = 'admin' WHERE email = '{EDITOR}'", EDITOR),
        (f"UPDATE user SET password = (SELECT password FROM user WHERE id = 3) WHERE email = '{EDITOR}'", EDITOR),
        ("UPDATE membership SET city_id = 'mx-chihuahua'", EDITOR),
        ("UPDATE token SET scope = 'review'", EDITOR),
        ("DELETE FROM user WHERE email = 'coordinadora@red.example'", "2"),
        ("UPDATE city SET merged_into = 'mx-leon' WHERE id = 'mx-chihuahua'", "mx-chihuahua"),
        ("UPDATE city SET member = 1 - member WHERE id = 'mx-chihuahua'", "mx-chihuahua"),
        ("CREATE INDEX more ON decision (method)", ""),
        ("UPDATE event SET start = '1999' WHERE id = (SELECT max(id) FROM event)", ""),
        ("DELETE FROM city WHERE id NOT IN (SELECT city_id FROM entry_city) AND id != 'mx-leon'", ""),
    ],
)
def test_what_was_altered_behind_the_banks_back_is_named(filled: Bank, statement: str, named: str) -> None:
    behind(filled, statement)
    faults = alteration_faults(filled)
    assert faults
    assert named in faults[0]


def test_what_was_added_behind_the_banks_back_is_named(filled: Bank) -> None:
    behind(
        filled,
        "INSERT INTO entry (id, uid, kind, status, version, language, fields, sample, created, updated, seal_key)"
        " SELECT 9, 'x', kind, status, version, language, fields, sample, created, updated, seal_key FROM entry"
        " WHERE id = 2",
        "INSERT INTO user SELECT 9, 'x', 'mal@red.example', 'mal@red.example', name, 'admin', password, active,"
        " created, seal_key FROM user WHERE id = 3",
    )
    faults = alteration_faults(filled)
    assert len(faults) == 2
    assert "9" in faults[0]
    assert "mal@red.example" in faults[1]


def test_what_is_written_by_statements_is_sealed_as_what_is_written_by_rows(filled: Bank) -> None:
    with filled.database.writing() as session:
        session.execute(delete(Tag).where(Tag.vocabulary == "theme"))
        session.execute(update(Page).where(Page.number == 1).values(text="otra"))
        session.execute(update(City).where(City.id == "mx-chihuahua").values(member=False))
        session.execute(update(EntryText).values(summary="otro"))
    expect_sealed(filled)
    with filled.database.reading() as session:
        sealed = session.scalars(select(Audit.sealed).where(Audit.act == "seal").order_by(Audit.id.desc()).limit(3))
        assert set(sealed) == {"entry:1", "entry:2", "places"}


def test_an_act_that_changes_nothing_that_is_sealed_writes_no_row(filled: Bank) -> None:
    with filled.database.reading() as session:
        before = audit.last_audit_id(session)
    with filled.database.writing() as session:
        info.write_info(session, "a", "1")
        entry = session.get_one(Entry, 1)
        entry.fields = dict(entry.fields)
        session.execute(update(Tag).values(position=Tag.position))
    with filled.database.reading() as session:
        assert audit.last_audit_id(session) == before


def test_a_seal_empties_nobodys_cache(filled: Bank) -> None:
    with filled.database.reading() as session:
        before = audit.last_audit_id(session)
    with filled.database.writing() as session:
        session.get_one(File, 1).reader = "otro"
    with filled.database.reading() as session:
        assert audit.last_audit_id(session) == before + 1
        assert audit.last_outward_id(session, before) == 0


def test_what_an_act_removes_is_no_fault(filled: Bank) -> None:
    with filled.database.writing() as session:
        session.delete(session.get_one(Entry, 2))
    expect_sealed(filled)
    assert alteration_faults(filled) == []


def test_equal_texts_have_different_seals_so_none_can_be_guessed(filled: Bank) -> None:
    with filled.database.writing() as session:
        for page in session.scalars(select(Page)):
            page.text = "igual"
    with filled.database.reading() as session:
        seals = session.scalars(select(File.seal)).all()
        keys = session.scalars(select(Entry.seal_key)).all()
    assert len({*seals}) == len({*keys}) == 2


def test_an_audit_row_whose_seal_was_replaced_breaks_the_chain(filled: Bank) -> None:
    behind(filled, "UPDATE audit SET seal = 'ab' WHERE sealed = 'entry:2'")
    with filled.database.reading() as session:
        assert audit.broken_audit_rows(session)


def test_every_table_is_sealed_or_named_as_one_that_is_not() -> None:
    tables = (
        *layout.TABLES_OF_ENTRY, layout.PAGES_OF_FILE, *layout.TABLES_OF_USER, *layout.TABLES_OF_CITY,
        *layout.TABLES_OF_EVENT,
    )  # fmt: skip
    sealed = {table.name for table in tables}
    assert sealed | set(UNSEALED_TABLES) == {*Base.metadata.tables, "alembic_version"} - {"audit"}
    assert sealed & set(UNSEALED_TABLES) == set()
    assert set(UNSEALED_WORDS) == set(UNSEALED_TABLES)
    for name, columns in UNSEALED_COLUMNS.items():
        assert columns <= {column.name for column in Base.metadata.tables[name].columns}


@pytest.fixture
def old(settings: Settings) -> Iterator[Database]:
    """A catalogue as it was before there were seals, with five entries and two people."""
    from alembic import command

    made = Database(settings.database)
    with made.writing() as session:
        before = alembic_config()
        before.attributes["connection"] = session.connection()
        command.upgrade(before, "0004")
    connection = sqlite3.connect(settings.home / "bank.db")
    for number in range(1, 6):
        connection.execute(
            "INSERT INTO entry (id, uid, kind, status, version, language, fields, sample, proposed, created, updated)"
            " VALUES (?, ?, 'report', 'published', 1, 'es', '{}', 0, '{}', '2025-01-01', '2025-01-01')",
            (number, new_uid()),
        )
        connection.execute("INSERT INTO entry_text VALUES (?, 'es', 'Título', '')", (number,))
    for number in range(1, 3):
        connection.execute(
            "INSERT INTO user VALUES (?, ?, ?, ?, '', 'editor', NULL, 1, '2025-01-01')",
            (number, new_uid(), f"{number}@red.example", f"{number}@red.example"),
        )
    connection.execute(
        "INSERT INTO audit (moment, actor, act, entry_id, digest, chain)"
        " VALUES ('2025-01-01', 'a', 'publish', 1, 'd', ?)",
        (audit.chain_value(audit.CHAIN_START, "2025-01-01T00:00:00+00:00", "a", "publish", 1, "d"),),
    )
    connection.commit()
    connection.close()
    upgrade_catalogue(made)
    yield made
    made.close()


def test_an_upgrade_seals_every_entry_once_and_the_check_says_what_it_can_not_see(
    old: Database, settings: Settings
) -> None:
    bank = open_bank(settings)
    assert alteration_faults(bank) == []
    assert "5" in seal_notes(bank)[0]
    with bank.database.reading() as session:
        assert audit.broken_audit_rows(session) == []
        rows = session.scalars(select(Audit.sealed).where(Audit.actor == "upgrade")).all()
    assert rows == [*(f"entry:{number}" for number in range(1, 6)), "user:1", "user:2"]
    bank.database.close()
    again = open_bank(settings)
    with again.database.reading() as session:
        assert len(session.scalars(select(Audit.id).where(Audit.actor == "upgrade")).all()) == 7
    again.database.close()


def test_sealing_that_was_interrupted_goes_on_where_it_was(old: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing, "RENEWED_AT_ONCE", 2)
    for _ in range(2):
        with old.writing() as session:
            assert not renewing.renew_some_seals(session, layout.layout_fingerprint())
    renew_seals(old)
    with old.reading() as session:
        rows = session.scalars(select(Audit.sealed).where(Audit.actor == "upgrade")).all()
    assert rows == [*(f"entry:{number}" for number in range(1, 6)), "user:1", "user:2"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE info SET value = '16760354c6a39854' WHERE key = 'seal layout'",
        "DELETE FROM info WHERE key = 'seal layout'",
        "UPDATE info SET key = 'seal layouu' WHERE key = 'seal layout'",
        "DELETE FROM info WHERE key = 'schema'",
    ],
)
def test_facts_of_the_seals_that_are_altered_bless_nothing(filled: Bank, settings: Settings, statement: str) -> None:
    behind(filled, statement)
    behind(filled, "UPDATE user SET role = 'admin' WHERE id = 1")
    filled.database.close()
    for _ in range(2):
        again = open_bank(settings)
        faults = alteration_faults(again)
        again.database.close()
        assert any("of its seals was changed" in one for one in faults) or any("sellos" in one for one in faults)
        assert any(EDITOR in one for one in faults)


def test_a_changed_description_of_the_tables_hides_no_changed_role(filled: Bank) -> None:
    behind(filled, "CREATE TABLE stray (id INTEGER)")
    behind(filled, "UPDATE user SET role = 'admin' WHERE id = 1")
    assert len(alteration_faults(filled)) == 2
    behind(filled, "ALTER TABLE entry DROP COLUMN confirmed")
    assert len(alteration_faults(filled)) == 1


def test_the_fingerprint_of_what_seals_cover_is_known_to_later_versions() -> None:
    """Where this fails the layout has changed: put the fingerprint that stands here into EARLIER_LAYOUTS."""
    assert layout.layout_fingerprint() == "c6aa59a08e372790"


FLIPS = 10


def dumped(place: Path) -> dict[str, list[tuple[object, ...]] | str]:
    """Table -> its rows as they are kept, or why they can't be read."""
    connection = sqlite3.connect(place)
    connection.text_factory = bytes
    found: dict[str, list[tuple[object, ...]] | str] = {}
    for name in (*Base.metadata.tables, "alembic_version"):
        try:
            found[name] = sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            found[name] = str(error)
    connection.close()
    return found


def told_by_the_check(settings: Settings) -> list[str]:
    """What `bank check` would print about the database as it is now."""
    try:
        bank = open_bank(settings.model_copy(update={"semantic": "off"}))
    except (BankError, DBAPIError) as error:
        return [str(error)]
    try:
        return list(check_bank(bank).faults)
    except DBAPIError as error:
        return [str(error)]
    finally:
        bank.index.close()
        bank.database.close()


@pytest.mark.parametrize("seed", range(4))
def test_of_ten_flips_in_live_pages_each_is_named_or_lies_where_the_check_says_it_is_blind(
    filled: Bank, seed: int
) -> None:
    """A flip that is not named has altered nothing, or a table that the check names as one that it can't see."""
    place, settings = filled.settings.home / "bank.db", filled.settings
    filled.index.close()
    filled.database.close()
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole, before = place.read_bytes(), dumped(place)
    anchors = {path: path.read_bytes() for path in anchor_paths(settings)}
    assert told_by_the_check(settings) == []
    chance = random.Random(seed)
    for at in chance.sample([at for at, byte in enumerate(whole) if byte], FLIPS):
        altered = bytearray(whole)
        altered[at] ^= 1 << chance.randrange(8)
        place.write_bytes(altered)
        now = dumped(place)
        if not told_by_the_check(settings):
            changed = {table for table, rows in now.items() if rows != before[table]}
            assert changed <= set(UNSEALED_TABLES), (at, {name: (before[name], now[name]) for name in changed})
        restored(place, whole, anchors)


def restored(place: Path, whole: bytes, anchors: dict[Path, bytes]) -> None:
    """Puts database and anchors back as they were."""
    for ending in ("-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    for path, content in {place: whole, **anchors}.items():
        path.write_bytes(content)
