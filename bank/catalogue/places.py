"""Queries about cities and events."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import City, CityName, Entry, EntryCity, EntryEvent, Event, Membership
from bank.catalogue.visibility import city_is_known, city_is_managed, city_is_public, entry_is_public


def public_cities(session: Session) -> Sequence[City]:
    """Every city that anybody may see, by name."""
    return session.scalars(select(City).where(city_is_public()).order_by(City.name, City.id)).all()


def find_public_city(session: Session, id: str) -> City | None:
    """A city that anybody may see, or None."""
    return session.scalar(select(City).where(city_is_public(), City.id == id))


def find_city(session: Session, id: str) -> City | None:
    """A city, also a merged one or one that only drafts name; None where there is none."""
    return session.get(City, id)


def canonical_city_id(session: Session, id: str) -> str:
    """The id of the city into which city `id` was merged, else `id` itself; `id` need not exist.

    A merged city always points to one that is not: merging moves those that pointed to it along.
    """
    row = session.get(City, id)
    return row.merged_into or id if row is not None else id


def merged_city_ids(session: Session) -> Mapping[str, str]:
    """Id -> the city that it was merged into."""
    return {id: other for id, other in session.execute(select(City.id, City.merged_into)) if other is not None}


def unmerged_cities(session: Session, seen: ColumnElement[bool]) -> Sequence[City]:
    """The cities that a viewer may manage, without merged ones; unconfirmed ones first.

    `seen` is the where clause of the entries that the viewer may see.
    """
    query = select(City).where(City.merged_into.is_(None), city_is_managed(seen))
    return session.scalars(query.order_by(City.verified, City.name, City.id)).all()


def may_manage_city(session: Session, id: str, seen: ColumnElement[bool]) -> bool:
    """Whether a viewer may manage the city. `seen` is the where clause of the entries that the viewer may see."""
    return session.scalar(select(City.id).where(City.id == id, city_is_managed(seen))) is not None


def may_know_city(session: Session, id: str, seen: ColumnElement[bool]) -> bool:
    """Whether a viewer may know of the city. `seen` is the where clause of the entries that the viewer may see."""
    return session.scalar(select(City.id).where(City.id == id, city_is_known(seen))) is not None


def cities_known_as(session: Session, folded: str) -> Sequence[City]:
    """Cities that have a name folding to `folded`."""
    return session.scalars(select(City).join(CityName).where(CityName.folded == folded).order_by(City.id)).all()


def names_of_cities(session: Session, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """City id -> all its names."""
    found: dict[str, list[str]] = {}
    for row in session.execute(
        select(CityName.city_id, CityName.name).where(CityName.city_id.in_(ids)).order_by(CityName.name)
    ):
        found.setdefault(row.city_id, []).append(row.name)
    return {id: tuple(values) for id, values in found.items()}


def public_entries_per_city(session: Session) -> Mapping[str, int]:
    """City id -> how many published entries it leads or takes part in."""
    rows = session.execute(
        select(EntryCity.city_id, func.count())
        .join(Entry, Entry.id == EntryCity.entry_id)
        .where(entry_is_public())
        .group_by(EntryCity.city_id)
    )
    return dict(rows.all())


def seen_entries_per_city(session: Session, seen: ColumnElement[bool]) -> Mapping[str, int]:
    """City id -> how many entries name it, of those that match the clause `seen`."""
    query = select(EntryCity.city_id, func.count()).join(Entry, Entry.id == EntryCity.entry_id)
    return dict(session.execute(query.where(seen).group_by(EntryCity.city_id)).all())


def entries_of_city(session: Session, id: str) -> Sequence[Entry]:
    """Every entry that names the city, in whatever state."""
    query = select(Entry).join(EntryCity, EntryCity.entry_id == Entry.id).where(EntryCity.city_id == id)
    return session.scalars(query.order_by(Entry.id)).all()


def people_per_city(session: Session, day: date) -> Mapping[str, int]:
    """City id -> how many people speak for it on that day."""
    current = Membership.since <= day, or_(Membership.until.is_(None), Membership.until >= day)
    rows = session.execute(
        select(Membership.city_id, func.count(Membership.user_id.distinct()))
        .where(*current)
        .group_by(Membership.city_id)
    )
    return dict(rows.all())


def events_of_entries(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[tuple[Event, str]]]:
    """Entry id -> its (event, role) pairs."""
    found: dict[int, list[tuple[Event, str]]] = {}
    rows = session.execute(
        select(EntryEvent.entry_id, Event, EntryEvent.role)
        .join(Event)
        .where(EntryEvent.entry_id.in_(ids))
        .order_by(Event.start, Event.id)
    )
    for entry_id, event, role in rows:
        found.setdefault(entry_id, []).append((event, role))
    return found
