"""Which tables and columns a seal covers: every column of these tables but the few that are named here."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from bank.catalogue.tables import (
    Acceptance,
    Base,
    City,
    CityName,
    Decision,
    Entry,
    EntryCity,
    EntryEvent,
    EntryText,
    Event,
    File,
    Image,
    Membership,
    Page,
    Relation,
    Step,
    Tag,
    Token,
    User,
)

SEAL_METHOD = "1"
"""Raise this when seals are computed otherwise, or when a migration changes sealed rows by SQL."""
UNSEALED_COLUMNS: Mapping[str, frozenset[str]] = {
    "entry": frozenset({"seal_key"}),
    "user": frozenset({"seal_key"}),
    "city": frozenset({"seal"}),
    "event": frozenset({"seal"}),
    "token": frozenset({"seen"}),
}
"""Keys, the digests themselves, and what is written without an act at every use."""
UNSEALED_TABLES: tuple[str, ...] = (
    "alembic_version",
    "form_act",
    "info",
    "job",
    "likeness",
    "likeness_band",
    "loose_file",
    "outbox",
    "receipt",
    "revision",
    "session",
    "synonyms",
    "ticket",
    "unanswered",
    "unembedded",
)
"""Tables that no seal covers: what the bank makes again, what ends by itself, which fields a save changed, and what
only searching asks for."""


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table's rows as they go into the seal of their owner, whose id stands in the column `owner`."""

    name: str
    owner: str
    columns: tuple[str, ...]
    selection: str
    """SELECT of the owner and every sealed column, without a condition."""


def sealed_table(rows: type[Base], owner: str) -> SealedTable:
    """The table of `rows`, all columns but the unsealed ones."""
    table = cast(Table, rows.__table__)
    left_out = UNSEALED_COLUMNS.get(table.name, frozenset())
    columns = [column for column in table.columns if column.name not in left_out]
    selection = str(select(table.c[owner].label("owner"), *columns).compile(dialect=SQLiteDialect()))
    return SealedTable(table.name, owner, tuple(column.name for column in columns), selection)


TABLES_OF_ENTRY = (
    sealed_table(Entry, "id"),
    *(
        sealed_table(rows, "entry_id")
        for rows in (EntryText, EntryCity, EntryEvent, Tag, File, Image, Step, Acceptance, Relation, Decision)
    ),
)
TABLES_OF_USER = (sealed_table(User, "id"), sealed_table(Membership, "user_id"), sealed_table(Token, "user_id"))
TABLES_OF_CITY = (sealed_table(City, "id"), sealed_table(CityName, "city_id"))
TABLES_OF_EVENT = (sealed_table(Event, "id"),)
PAGES_OF_FILE = sealed_table(Page, "file_id")

OWNER_OF_ROW: Mapping[type[Base], tuple[str, str]] = {
    Entry: ("entry", "id"),
    **dict.fromkeys(
        (EntryText, EntryCity, EntryEvent, Tag, File, Image, Step, Acceptance, Relation, Decision),
        ("entry", "entry_id"),
    ),
    Page: ("file", "file_id"),
    User: ("user", "id"),
    Membership: ("user", "user_id"),
    Token: ("user", "user_id"),
    City: ("city", "id"),
    CityName: ("city", "city_id"),
    Event: ("event", "id"),
}
"""Class of a sealed row -> what its seal belongs to, and the attribute with that one's id."""


def layout_fingerprint() -> str:
    """Changes whenever seals cover other columns than before, so that all are made anew (16 hex digits)."""
    tables = (*TABLES_OF_ENTRY, PAGES_OF_FILE, *TABLES_OF_USER, *TABLES_OF_CITY, *TABLES_OF_EVENT)
    told = "\n".join([SEAL_METHOD, *(f"{table.name}: {', '.join(table.columns)}" for table in tables)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
