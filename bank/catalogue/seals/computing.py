"""Computes seals from rows as the database keeps them: HMAC-SHA256 over every value, with its length before it.

Rows are asked for by a function that gives the database's own values, untouched by SQLAlchemy's types, so that what
can't be read any more (broken JSON, text that is no UTF-8) still has a digest. Text may come as `str` or as its bytes.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence

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
AskRows = Callable[[str], Rows]
"""Runs a SELECT without parameters; the rows, with the database's own values."""


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
    """Whole numbers as they stand behind IN, in brackets."""
    return f"({','.join(str(int(id)) for id in ids)})"


def rows_by_owner(ask: AskRows, table: SealedTable, condition: str) -> dict[object, list[bytes]]:
    """Owner -> the encoded rows of the table, sorted, where the condition holds."""
    found: dict[object, list[bytes]] = {}
    for owner, *values in ask(f"{table.selection} {condition}"):
        found.setdefault(text_of(owner), []).append(encoded_row(values))
    return {owner: sorted(rows) for owner, rows in found.items()}


def text_of(value: object) -> object:
    """Bytes as text, all else as it is."""
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def digests_of_owners(
    ask: AskRows, tables: Sequence[SealedTable], condition: Callable[[str], str], keys: Mapping[object, bytes]
) -> dict[object, str]:
    """Owner -> HMAC under its key of all its rows in these tables.

    `condition` is given the name of the owner's column, and gives a WHERE or nothing.
    """
    made = {owner: hmac.new(key, digestmod=hashlib.sha256) for owner, key in keys.items()}
    for table in tables:
        for owner, rows in rows_by_owner(ask, table, condition(table.owner)).items():
            if owner in made:
                made[owner].update(encoded_row([table.name, len(rows)]) + b"".join(rows))
    return {owner: one.hexdigest() for owner, one in made.items()}


def bytes_of(value: object) -> bytes:
    """A key as bytes; empty for none, which fits no seal that was made."""
    return value.encode() if isinstance(value, str) else value if isinstance(value, bytes) else b""


def seals_by_number(ask: AskRows, tables: Sequence[SealedTable], ids: Sequence[int]) -> dict[int, str]:
    """Id -> seal of those of `ids` that are there; the first table has their keys."""
    named = listed(ids)
    keys = {id: bytes_of(key) for id, key in ask(f'SELECT id, seal_key FROM "{tables[0].name}" WHERE id IN {named}')}  # noqa: S608
    made = digests_of_owners(ask, tables, lambda owner: f'WHERE "{owner}" IN {named}', keys)
    return {int(str(id)): seal for id, seal in made.items()}


def entry_seals(ask: AskRows, ids: Sequence[int]) -> dict[int, str]:
    """Id -> seal of these entries; those that are not there are left out."""
    return seals_by_number(ask, TABLES_OF_ENTRY, ids)


def user_seals(ask: AskRows, ids: Sequence[int]) -> dict[int, str]:
    """Id -> seal of these users: the account, memberships and tokens."""
    return seals_by_number(ask, TABLES_OF_USER, ids)


def page_seals(ask: AskRows, files: Sequence[int]) -> dict[int, str | None]:
    """File id -> HMAC of its pages under its entry's key, which goes into the entry's seal; None without pages."""
    named = listed(files)
    keys = ask(f"SELECT file.id, entry.seal_key FROM file JOIN entry ON entry.id = entry_id WHERE file.id IN {named}")  # noqa: S608
    made = {id: hmac.new(bytes_of(key), digestmod=hashlib.sha256) for id, key in keys}
    seen = set()
    for owner, *values in ask(f"{PAGES_OF_FILE.selection} WHERE file_id IN {named} ORDER BY file_id, number"):
        seen.add(owner)
        if owner in made:
            made[owner].update(encoded_row(values))
    return {int(str(id)): one.hexdigest() if id in seen else None for id, one in made.items()}


def place_digests(ask: AskRows) -> dict[tuple[str, str], str]:
    """(city or event, id) -> digest of its rows, without a key: they are public."""
    found: dict[tuple[str, str], str] = {}
    for kind, tables in (("city", TABLES_OF_CITY), ("event", TABLES_OF_EVENT)):
        keys = {text_of(id): b"" for (id,) in ask(f"SELECT id FROM {kind}")}  # noqa: S608 - one of two names
        made = digests_of_owners(ask, tables, lambda owner: "", keys)
        found |= {(kind, str(id)): digest for id, digest in made.items()}
    return found


def seal_of_places(digests: Mapping[tuple[str, str], str]) -> str:
    """The one seal over the digests of all cities and events."""
    told = b"".join(encoded_row([kind, id, digest]) for (kind, id), digest in sorted(digests.items()))
    return hashlib.sha256(told).hexdigest()
