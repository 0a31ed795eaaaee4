"""Makes a bank: its namespace, and the cities and events that the vocabulary has."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue import info, places
from bank.catalogue.database import Database
from bank.catalogue.tables import City, CityName, Event
from bank.vocabulary import CitySeed, Vocabulary
from bank.vocabulary import EventSeed as EventSeed
from bank.vocabulary.folding import fold_text

SEEDED_KEY = "seeded"


def found_bank(database: Database, vocabulary: Vocabulary, version: str) -> str:
    """Gives the bank its namespace once and adds the cities and events that it lacks. Returns the namespace.

    `version` is that of the package: cities and events are added once for each; a disk that can only be read waits.
    """
    with database.reading() as session:
        namespace = info.read_info(session, "namespace")
        if namespace and (database.read_only or info.read_info(session, SEEDED_KEY) == version):
            return namespace
    with database.writing() as session:
        namespace = info.read_info(session, "namespace")
        if namespace is None:
            namespace = info.new_namespace()
            info.write_info(session, "namespace", namespace)
        add_missing_cities(session, vocabulary.cities)
        add_missing_events(session, vocabulary.events)
        info.write_info(session, SEEDED_KEY, version)
        crash_points.crash_point("founding.written")
    crash_points.crash_point("founding.committed")
    return namespace


def add_missing_cities(session: Session, seeds: tuple[CitySeed, ...]) -> None:
    """Adds cities that the catalogue lacks; those it has, merged ones too, are a coordinator's to change."""
    present = set(session.scalars(select(City.id)))
    for seed in seeds:
        if seed.id in present:
            continue
        session.add(
            City(
                id=seed.id,
                name=seed.name,
                country=seed.country,
                state=seed.state,
                subdivision=seed.subdivision,
                inegi=seed.inegi,
                latitude=seed.latitude,
                longitude=seed.longitude,
                member=seed.member,
                joined=seed.joined,
                roles=[dict(role) for role in seed.roles],
                name_history=[dict(name) for name in seed.name_history],
            )
        )
        session.flush()
        add_names_of_city(session, seed.id, seed.names)


def add_names_of_city(session: Session, city_id: str, names: tuple[str, ...]) -> None:
    """Adds the names by which a city is found; of several that fold alike the first is kept."""
    for folded, name in {fold_text(name): name for name in reversed(names)}.items():
        session.add(CityName(city_id=city_id, folded=folded[:200], name=name))


def add_missing_events(session: Session, seeds: tuple[EventSeed, ...]) -> None:
    """Adds events that the catalogue lacks."""
    present = set(session.scalars(select(Event.id)))
    for seed in seeds:
        if seed.id not in present:
            session.add(
                Event(
                    id=seed.id,
                    kind=seed.kind,
                    titles=dict(seed.titles),
                    start=seed.start,
                    end=seed.end,
                    city_id=places.canonical_city_id(session, seed.city) if seed.city else None,
                    themes=list(seed.themes),
                )
            )
