"""Questions about cities and events."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import City, CityName, Entry, EntryCity, EntryEvent, Event
from bank.catalogue.visibility import public, public_city


def cities(session: Session) -> Sequence[City]:
    """Every city that anybody may see, by name."""
    return session.scalars(select(City).where(public_city()).order_by(City.name, City.id)).all()


def visible_city(session: Session, id: str) -> City | None:
    """A city that anybody may see."""
    return session.scalar(select(City).where(public_city(), City.id == id))


def city(session: Session, id: str) -> City | None:
    """A city, also one that only drafts name."""
    return session.get(City, id)


def cities_known_as(session: Session, folded: str) -> Sequence[City]:
    """Cities that have a name folding to `folded`."""
    return session.scalars(select(City).join(CityName).where(CityName.folded == folded).order_by(City.id)).all()


def names(session: Session, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """City id -> all its names."""
    found: dict[str, list[str]] = {}
    for row in session.execute(
        select(CityName.city_id, CityName.name).where(CityName.city_id.in_(ids)).order_by(CityName.name)
    ):
        found.setdefault(row.city_id, []).append(row.name)
    return {id: tuple(values) for id, values in found.items()}


def entry_counts(session: Session) -> Mapping[str, int]:
    """City id -> how many published entries it leads or takes part in."""
    rows = session.execute(
        select(EntryCity.city_id, func.count())
        .join(Entry, Entry.id == EntryCity.entry_id)
        .where(public())
        .group_by(EntryCity.city_id)
    )
    return dict(rows.all())


def events_of(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[tuple[Event, str]]]:
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
