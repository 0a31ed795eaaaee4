"""The cities as coordinators see them: those to be confirmed, those that may be the same, and what hangs on each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bank.catalogue import places
from bank.catalogue.tables import City
from bank.catalogue.visibility import entry_visible_to
from bank.clock import now
from bank.errors import NotFound
from bank.search import edits
from bank.vocabulary.folding import fold_text
from bank.workflow.bank import Bank
from bank.workflow.rights import Viewer, require_right

LEAST_NAME_LIKENESS, MOST_LIKE_CITIES = 0.6, 20
"""From which likeness of names two cities may be the same, and how many are offered."""


@dataclass(frozen=True, slots=True)
class ManagedCity:
    """A city as coordinators see it.

    `published` and `others` count entries, `people` those who speak for it today. `aliases` are its other names that
    can be taken away; `history` its names over time, `merged` the ids of cities that were merged into it.
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
    seen = entry_visible_to(require_right(viewer, "manage_cities").reader)
    wanted = fold_text(q)
    with bank.database.reading() as session:
        rows = places.unmerged_cities(session, seen)
        names = places.names_of_cities(session, [row.id for row in rows])
        known = {row.id: (row.id, row.name, *names.get(row.id, ())) for row in rows}
        found = [row for row in rows if any(wanted in fold_text(name) for name in known[row.id])]
        return managed_city_views(session, found, names, seen)


def cities_named_like(bank: Bank, viewer: Viewer | None, id: str) -> Sequence[ManagedCity]:
    """At most 20 cities whose names are most like this one's, most alike first. Raises SignInNeeded, NotFound."""
    own = managed_city(bank, viewer, id)
    others = [one for one in managed_cities(bank, viewer) if one.id != id]
    scored = [
        (name_likeness(fold_text(own.name), [fold_text(name) for name in (one.name, *one.aliases)]), one)
        for one in others
    ]
    near = [pair for pair in scored if pair[0] >= LEAST_NAME_LIKENESS]
    return [one for _, one in sorted(near, key=lambda pair: -pair[0])[:MOST_LIKE_CITIES]]


def name_likeness(name: str, others: Sequence[str]) -> float:
    """How alike a name and the most similar of `others` are, from 0 to 1; 1 where one begins with the other."""
    return max(
        1.0 if other.startswith(name) or name.startswith(other) else edits.text_likeness(name, other)
        for other in others
    )


def managed_city(bank: Bank, viewer: Viewer | None, id: str) -> ManagedCity:
    """One city. Raises SignInNeeded, NotFound, also for one that was merged into another."""
    seen = entry_visible_to(require_right(viewer, "manage_cities").reader)
    with bank.database.reading() as session:
        row = expect_unmerged_city(session, id)
        if not places.may_manage_city(session, id, seen):
            raise NotFound
        return managed_city_views(session, [row], places.names_of_cities(session, [id]), seen)[0]


def managed_city_views(
    session: Session, rows: Sequence[City], names: Mapping[str, tuple[str, ...]], seen: ColumnElement[bool]
) -> list[ManagedCity]:
    """The cities with counts of entries and people; entries count where they are published or match `seen`."""
    published, every = places.public_entries_per_city(session), places.seen_entries_per_city(session, seen)
    people = places.people_per_city(session, now().date())
    merged = places.merged_city_ids(session)
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
            aliases=tuple(name for name in names.get(row.id, ()) if fold_text(name) not in unremovable_names(row)),
            history=tuple(row.name_history),
            merged=tuple(sorted(id for id, other in merged.items() if other == row.id)),
        )
        for row in rows
    ]


def expect_unmerged_city(session: Session, id: str) -> City:
    """The row of a city that was not merged into another. Raises NotFound."""
    row = places.find_city(session, id)
    if row is None or row.merged_into is not None:
        raise NotFound
    return row


def unremovable_names(city: City) -> set[str]:
    """Its present and former names, folded: these can't be taken away."""
    return {fold_text(city.name), *(fold_text(str(was.get("name", ""))) for was in city.name_history)}
