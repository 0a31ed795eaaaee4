"""Compares all rows with the seals in the audit."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bank.catalogue.seals.computing import (
    GONE,
    PLACES,
    PLACES_KEPT,
    AskRows,
    entry_seals,
    listed,
    page_seals,
    place_digests,
    seal_of_places,
    text_of,
    user_seals,
)
from bank.catalogue.seals.facts import are_facts_altered
from bank.catalogue.seals.schema import is_schema_altered

VERIFIED_AT_ONCE = 100
NEWEST_SEALS = (
    "SELECT sealed, seal FROM audit WHERE id IN"
    " (SELECT max(id) FROM audit WHERE sealed IS NOT NULL AND seal IS NOT NULL GROUP BY sealed)"
)

ALL_IDS: Mapping[str, str] = {
    "entry": "SELECT id FROM entry ORDER BY id",
    "user": 'SELECT id FROM "user" ORDER BY id',
}
FILES_OF_ENTRIES = (
    "SELECT id, seal, name, entry_id FROM file WHERE entry_id IN (SELECT value FROM json_each(?)) ORDER BY id"
)
ADDRESS_OF_USER = 'SELECT email FROM "user" WHERE id = ?'
TITLES_OF_ENTRY = "SELECT title FROM entry_text WHERE entry_id = ? AND title != '' ORDER BY language"

AlterationKind = Literal["altered", "added", "gone"]
SealedThing = Literal["seals", "schema", "entry", "file", "user", "city", "event", "places"]


@dataclass(frozen=True, slots=True)
class Alteration:
    """Something that is not as the last act of the bank left it: altered, added or gone.

    `what` and `id` say which; `name` is how people know it (title, file name, address), empty where it is gone. `entry`
    is the entry of a file, with its title in `title`.
    """

    kind: AlterationKind
    what: SealedThing
    id: int | str
    name: str = ""
    entry: int = 0
    title: str = ""


def alterations(ask: AskRows) -> list[Alteration]:
    """Everything that does not agree with its newest seal: the tables' description, then entries, people, places.

    Of tables that can't be asked any more as they are described, only that is told.
    """
    found = [Alteration("altered", "seals", "seals")] if are_facts_altered(ask) else []
    if is_schema_altered(ask):
        found.append(Alteration("altered", "schema", "schema"))
    try:
        return [*found, *altered_rows(ask)]
    except sqlite3.OperationalError:
        if not found:
            raise
        return found


def altered_rows(ask: AskRows) -> Iterator[Alteration]:
    """Entries, people and places that do not agree with their newest seals."""
    sealed = {str(text_of(name)): str(text_of(seal)) for name, seal in ask(NEWEST_SEALS)}
    yield from altered_entries(ask, sealed)
    yield from altered_users(ask, sealed)
    yield from altered_places(ask, sealed)


def ids_in(ask: AskRows, table: str) -> list[int]:
    """The ids of all entries or users, ascending."""
    return [int(str(id)) for (id,) in ask(ALL_IDS[table])]


def shares(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids in shares of a hundred."""
    return (ids[first : first + VERIFIED_AT_ONCE] for first in range(0, len(ids), VERIFIED_AT_ONCE))


def altered_entries(ask: AskRows, sealed: Mapping[str, str]) -> Iterator[Alteration]:
    """Entries, and files whose pages, are not as they were sealed."""
    there = ids_in(ask, "entry")
    for some in shares(there):
        yield from altered_pages(ask, some)
        seals = entry_seals(ask, some)
        for id in some:
            if kind := alteration_of(sealed.get(f"entry:{id}"), seals[id]):
                yield Alteration(kind, "entry", id, title_of_entry(ask, id))
    yield from gone_things("entry", there, sealed)


def altered_pages(ask: AskRows, entries: Sequence[int]) -> Iterator[Alteration]:
    """Files of these entries whose pages are not as they were sealed."""
    files = list(ask(FILES_OF_ENTRIES, listed(entries)))
    seals = page_seals(ask, [int(str(file[0])) for file in files])
    for id, seal, name, entry in files:
        number, of = int(str(id)), int(str(entry))
        if seals[number] != text_of(seal):
            yield Alteration("altered", "file", number, str(text_of(name)), of, title_of_entry(ask, of))


def altered_users(ask: AskRows, sealed: Mapping[str, str]) -> Iterator[Alteration]:
    """People whose account, memberships or tokens are not as they were sealed."""
    there = ids_in(ask, "user")
    for some in shares(there):
        seals = user_seals(ask, some)
        for id in some:
            if kind := alteration_of(sealed.get(f"user:{id}"), seals[id]):
                yield Alteration(kind, "user", id, first_value(ask, ADDRESS_OF_USER, id))
    yield from gone_things("user", there, sealed)


def altered_places(ask: AskRows, sealed: Mapping[str, str]) -> Iterator[Alteration]:
    """Cities and events that are not as they were sealed; else that some were added, taken away or sealed anew."""
    digests = place_digests(ask)
    kept = {
        (kind, str(text_of(id))): text_of(seal) for kind in ("city", "event") for id, seal in ask(PLACES_KEPT[kind])
    }
    altered = [place for place in sorted(digests) if digests[place] != kept[place]]
    for kind, id in altered:
        yield Alteration("altered", "city" if kind == "city" else "event", id)
    if not altered and sealed.get(PLACES) != seal_of_places(digests):
        yield Alteration("altered", "places", PLACES)


def alteration_of(sealed: str | None, seal: str) -> AlterationKind | None:
    """How a thing that is there differs from its newest seal; None where it does not."""
    if sealed is None or sealed == GONE:
        return "added"
    return None if sealed == seal else "altered"


def gone_things(
    kind: Literal["entry", "user"], there: Sequence[int], sealed: Mapping[str, str]
) -> Iterator[Alteration]:
    """What was sealed and is no longer there, though no act removed it."""
    known = set(there)
    for name, seal in sealed.items():
        what, _, id = name.partition(":")
        if what == kind and seal != GONE and id.isdecimal() and int(id) not in known:
            yield Alteration("gone", kind, int(id))


def title_of_entry(ask: AskRows, id: int) -> str:
    """A title of the entry; empty without any."""
    return first_value(ask, TITLES_OF_ENTRY, id)


def first_value(ask: AskRows, question: str, id: int) -> str:
    """The first value of the first row for an id, as text; empty without any."""
    return next((str(text_of(row[0])) for row in ask(question, str(id))), "")
