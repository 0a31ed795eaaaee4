"""Computes seals from rows as the database keeps them: HMAC-SHA256 over every value, with its length before it.

Rows are asked for by a function that gives the database's own values, untouched by SQLAlchemy's types, so that what
can't be read any more (broken JSON, text that is no UTF-8) still has a digest. Text may come as `str` or as its bytes.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bank.catalogue.seals.layout import (
    PAGES_OF_FILE,
    TABLES_OF_CITY,
    TABLES_OF_ENTRY,
    TABLES_OF_EVENT,
    TABLES_OF_USER,
    SealedTable,
)

GONE = "gone"
"""In place of the seal of what an act removed."""
PLACES = "places"
"""What the one seal over all cities and events is of."""

Rows = Iterable[Sequence[object]]
IN_IDS = "IN (SELECT value FROM json_each(?))"
"""A condition whose value is a JSON list of ids."""
KEYS: Mapping[str, str] = {
    "entry": "SELECT id, seal_key FROM entry WHERE id IN (SELECT value FROM json_each(?))",
    "user": 'SELECT id, seal_key FROM "user" WHERE id IN (SELECT value FROM json_each(?))',
}
KEYS_OF_FILES = (
    "SELECT file.id, entry.seal_key FROM file JOIN entry ON entry.id = entry_id"
    " WHERE file.id IN (SELECT value FROM json_each(?))"
)
PLACES_KEPT: Mapping[str, str] = {
    "city": "SELECT id, seal FROM city",
    "event": "SELECT id, seal FROM event",
}


class AskRows(Protocol):
    """Runs a SELECT with the values of its question marks; the rows, with the database's own values."""

    def __call__(self, question: str, *values: str) -> Rows: ...


def encoded_value(value: object) -> bytes:
    """A value of the database as bytes that no other value has."""
    if value is None:
        return b"n"
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return b"t%d:%b" % (len(value), value)
    written = repr(value).encode()
    return b"v%d:%b" % (len(written), written)


def encoded_row(values: Sequence[object]) -> bytes:
    """A row as bytes that no other row of its table has."""
    return b"r%d:" % len(values) + b"".join(map(encoded_value, values))


def listed(ids: Iterable[int]) -> str:
    """Whole numbers as IN_IDS takes them."""
    return json.dumps(list(ids))


def rows_by_owner(ask: AskRows, table: SealedTable, ids: Sequence[int] | None) -> dict[object, list[bytes]]:
    """Owner -> the encoded rows of the table, sorted; of these owners, or of all for None."""
    found: dict[object, list[bytes]] = {}
    some = (
        ask(table.selection) if ids is None else ask(f'{table.selection} WHERE "{table.owner}" {IN_IDS}', listed(ids))
    )
    for owner, *values in some:
        found.setdefault(text_of(owner), []).append(encoded_row(values))
    return {owner: sorted(rows) for owner, rows in found.items()}


def text_of(value: object) -> object:
    """Bytes as text, all else as it is."""
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def digests_of_owners(
    ask: AskRows, tables: Sequence[SealedTable], ids: Sequence[int] | None, keys: Mapping[object, bytes]
) -> dict[object, str]:
    """Owner -> HMAC under its key of all its rows in these tables; of these owners, or of all for None."""
    made = {owner: hmac.new(key, digestmod=hashlib.sha256) for owner, key in keys.items()}
    for table in tables:
        for owner, rows in rows_by_owner(ask, table, ids).items():
            if owner in made:
                made[owner].update(encoded_row([table.name, len(rows)]) + b"".join(rows))
    return {owner: one.hexdigest() for owner, one in made.items()}


def bytes_of(value: object) -> bytes:
    """A key as bytes; empty for none, which fits no seal that was made."""
    return value.encode() if isinstance(value, str) else value if isinstance(value, bytes) else b""


def seals_by_number(ask: AskRows, tables: Sequence[SealedTable], ids: Sequence[int]) -> dict[int, str]:
    """Id -> seal of those of `ids` that are there; the first table has their keys."""
    keys = {id: bytes_of(key) for id, key in ask(KEYS[tables[0].name], listed(ids))}
    made = digests_of_owners(ask, tables, ids, keys)
    return {int(str(id)): seal for id, seal in made.items()}


def entry_seals(ask: AskRows, ids: Sequence[int]) -> dict[int, str]:
    """Id -> seal of these entries; those that are not there are left out."""
    return seals_by_number(ask, TABLES_OF_ENTRY, ids)


def user_seals(ask: AskRows, ids: Sequence[int]) -> dict[int, str]:
    """Id -> seal of these users: the account, memberships and tokens."""
    return seals_by_number(ask, TABLES_OF_USER, ids)


def page_seals(ask: AskRows, files: Sequence[int]) -> dict[int, str | None]:
    """File id -> HMAC of its pages under its entry's key, which goes into the entry's seal; None without pages."""
    keys = ask(KEYS_OF_FILES, listed(files))
    made = {id: hmac.new(bytes_of(key), digestmod=hashlib.sha256) for id, key in keys}
    seen = set()
    for owner, *values in ask(
        f"{PAGES_OF_FILE.selection} WHERE file_id {IN_IDS} ORDER BY file_id, number", listed(files)
    ):
        seen.add(owner)
        if owner in made:
            made[owner].update(encoded_row(values))
    return {int(str(id)): one.hexdigest() if id in seen else None for id, one in made.items()}


def place_digests(ask: AskRows) -> dict[tuple[str, str], str]:
    """(city or event, id) -> digest of its rows, without a key: they are public."""
    found: dict[tuple[str, str], str] = {}
    for kind, tables in (("city", TABLES_OF_CITY), ("event", TABLES_OF_EVENT)):
        keys = {text_of(id): b"" for id, _ in ask(PLACES_KEPT[kind])}
        made = digests_of_owners(ask, tables, None, keys)
        found |= {(kind, str(id)): digest for id, digest in made.items()}
    return found


def seal_of_places(digests: Mapping[tuple[str, str], str]) -> str:
    """The one seal over the digests of all cities and events."""
    told = b"".join(encoded_row([kind, id, digest]) for (kind, id), digest in sorted(digests.items()))
    return hashlib.sha256(told).hexdigest()
