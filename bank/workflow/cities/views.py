"""The cities as coordinators see them: those to be confirmed, those that may be the same, and what hangs on each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bank.catalogue import places
from bank.catalogue.tables import City
from bank.catalogue.visibility import visible_to
from bank.clock import now
from bank.errors import NotFound
from bank.search import edits
from bank.vocabulary.folding import fold
from bank.workflow.bank import Bank
from bank.workflow.rights import Viewer, require

LIKE, MOST_LIKE = 0.6, 20
"""From which likeness of names two cities may be the same, and how many are offered."""


@dataclass(frozen=True, slots=True)
class ManagedCity:
    """A city as coordinators see it. `published` and `others` count entries, `people` those who speak for it today.

    `aliases` are its other names that can be taken away; `history` its former ones, `merged` the ids that lead to it.
    """

    id: str
    name: str
    country: str | None
    state: str | None
    verified: bool
    published: int = 0
    others: int = 0
    people: int = 0
    aliases: tuple[str, ...] = ()
    history: tuple[Mapping[str, str], ...] = ()
    merged: tuple[str, ...] = ()


def managed_cities(bank: Bank, viewer: Viewer | None, q: str = "") -> Sequence[ManagedCity]:
    """The cities with a name or id that holds `q`, those to be confirmed first. Raises SignInNeeded, NotFound."""
    seen = visible_to(require(viewer, "manage_cities").reader)
    wanted = fold(q)
    with bank.database.reading() as session:
        rows = places.present_cities(session, seen)
        names = places.names(session, [row.id for row in rows])
        known = {row.id: (row.id, row.name, *names.get(row.id, ())) for row in rows}
        found = [row for row in rows if any(wanted in fold(name) for name in known[row.id])]
        return views(session, found, names, seen)


def others_like(bank: Bank, viewer: Viewer | None, id: str) -> Sequence[ManagedCity]:
    """The cities whose names look most like this one's, the likest first. Raises SignInNeeded, NotFound."""
    own = managed_city(bank, viewer, id)
    others = [one for one in managed_cities(bank, viewer) if one.id != id]
    scored = [(likeness(fold(own.name), [fold(name) for name in (one.name, *one.aliases)]), one) for one in others]
    near = [pair for pair in scored if pair[0] >= LIKE]
    return [one for _, one in sorted(near, key=lambda pair: -pair[0])[:MOST_LIKE]]


def likeness(name: str, others: Sequence[str]) -> float:
    """From 0 to 1 how much a name looks like the likest of the others; one that begins like it is like it."""
    return max(
        1.0 if other.startswith(name) or name.startswith(other) else edits.likeness(name, other) for other in others
    )


def managed_city(bank: Bank, viewer: Viewer | None, id: str) -> ManagedCity:
    """One city. Raises SignInNeeded, NotFound, also for one that was merged into another."""
    seen = visible_to(require(viewer, "manage_cities").reader)
    with bank.database.reading() as session:
        row = present(session, id)
        if not places.is_managed(session, id, seen):
            raise NotFound
        return views(session, [row], places.names(session, [id]), seen)[0]


def views(
    session: Session, rows: Sequence[City], names: Mapping[str, tuple[str, ...]], seen: ColumnElement[bool]
) -> list[ManagedCity]:
    """The cities with what hangs on them, as far as the entries for which `seen` holds tell."""
    published, every = places.entry_counts(session), places.seen_entry_counts(session, seen)
    people = places.people_counts(session, now().date())
    merged = places.merged(session)
    return [
        ManagedCity(
            id=row.id,
            name=row.name,
            country=row.country,
            state=row.state,
            verified=row.verified,
            published=published.get(row.id, 0),
            others=every.get(row.id, 0) - published.get(row.id, 0),
            people=people.get(row.id, 0),
            aliases=tuple(name for name in names.get(row.id, ()) if fold(name) not in kept_names(row)),
            history=tuple(row.name_history),
            merged=tuple(sorted(id for id, other in merged.items() if other == row.id)),
        )
        for row in rows
    ]


def present(session: Session, id: str) -> City:
    """The row of a city that was not merged into another. Raises NotFound."""
    row = places.city(session, id)
    if row is None or row.merged_into is not None:
        raise NotFound
    return row


def kept_names(city: City) -> set[str]:
    """Its present and former names, folded: these can't be taken away."""
    return {fold(city.name), *(fold(str(was.get("name", ""))) for was in city.name_history)}
