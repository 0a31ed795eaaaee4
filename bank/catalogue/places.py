"""Questions about cities and events."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import City, CityName, Entry, EntryCity, EntryEvent, Event
from bank.catalogue.visibility import public


def cities(session: Session) -> Sequence[City]:
    """Every city, by name."""
    return session.scalars(select(City).order_by(City.name, City.id)).all()


def city(session: Session, id: str) -> City | None:
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


def events(session: Session) -> Sequence[Event]:
    """Every event, the newest first."""
    return session.scalars(select(Event).order_by(Event.start.desc(), Event.id)).all()


def events_of(session: Session, entry_id: int) -> Sequence[tuple[Event, str]]:
    """(event, role) of an entry."""
    rows = session.execute(
        select(Event, EntryEvent.role)
        .join(EntryEvent)
        .where(EntryEvent.entry_id == entry_id)
        .order_by(Event.start, Event.id)
    )
    return [(event, role) for event, role in rows]
