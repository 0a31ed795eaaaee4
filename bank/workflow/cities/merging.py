"""Merges a city into another that is the same: its rows move, and from then on its id leads to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bank.catalogue import audit, places
from bank.catalogue.tables import City, CityName, Entry, EntryCity, Event, LooseFile, Membership
from bank.errors import Invalid
from bank.messages import N_
from bank.vocabulary.folding import fold_text
from bank.workflow.bank import Bank
from bank.workflow.cities.editing import write_city_name
from bank.workflow.cities.views import ManagedCity, expect_unmerged_city, managed_city
from bank.workflow.deposits.changing import write_version
from bank.workflow.rights import Viewer, require_right

MERGED_INTO_ITSELF = N_("A city can't be merged into itself.")


@dataclass(frozen=True, slots=True)
class Merger:
    """What merging `city` into `into` would do. All counts are of rows that it moves.

    `published` and `others` are entries of `city`, `both` those of them that name the two; `memberships` those of
    people, ended ones too; `names` those by which `into` is not found yet.
    """

    city: ManagedCity
    into: ManagedCity
    published: int
    others: int
    both: int
    memberships: int
    events: int
    names: tuple[str, ...]


def foresee_merger(bank: Bank, viewer: Viewer | None, id: str, into: str) -> Merger:
    """What the merger would do. Raises SignInNeeded, NotFound, Invalid."""
    city = managed_city(bank, viewer, id)
    other = managed_city(bank, viewer, expect_two_cities(id, into))
    with bank.database.reading() as session:
        ours, theirs = (
            ids_of_entries(places.entries_of_city(session, id)),
            ids_of_entries(places.entries_of_city(session, into)),
        )
        return Merger(
            city=city,
            into=other,
            published=city.published,
            others=city.others,
            both=len(ours & theirs),
            memberships=len(memberships_of_city(session, id)),
            events=len(session.scalars(select(Event.id).where(Event.city_id == id)).all()),
            names=new_names(session, expect_unmerged_city(session, id), into),
        )


def merge(bank: Bank, viewer: Viewer | None, id: str, into: str) -> None:
    """Moves all that hangs on the city to the other. Raises SignInNeeded, NotFound for either, Invalid for one city."""
    viewer = require_right(viewer, "manage_cities")
    expect_two_cities(id, into)
    with bank.database.writing() as session:
        city, other = expect_unmerged_city(session, id), expect_unmerged_city(session, into)
        moved = places.entries_of_city(session, id)
        named = ids_of_entries(moved)
        renamed = [
            entry for entry in places.entries_of_city(session, into) if entry.id not in named and is_published(entry)
        ]
        move_entries(session, moved, id, into)
        move_memberships(session, id, into)
        session.execute(update(LooseFile).where(LooseFile.city_id == id).values(city_id=into))
        session.execute(update(Event).where(Event.city_id == id).values(city_id=into))
        move_names(session, city, other)
        fill_city_gaps(city, other)
        session.execute(update(City).where(City.merged_into == id).values(merged_into=into))
        city.merged_into = into
        session.flush()
        audit.add_audit_row(
            session, viewer.actor, "merge_city", None, {"city": id, "into": into, "entries": len(moved)}
        )
        for entry in moved:
            write_version(session, entry, viewer, ("city", "cities"), "merge_city")
        for entry in renamed:
            write_version(session, entry, viewer, (), "merge_city")


def expect_two_cities(id: str, into: str) -> str:
    """The id `into`. Raises Invalid where it is `id`."""
    if id == into:
        raise Invalid(MERGED_INTO_ITSELF)
    return into


def is_published(entry: Entry) -> bool:
    return entry.status == "published"


def ids_of_entries(entries: Sequence[Entry]) -> set[int]:
    return {entry.id for entry in entries}


def move_entries(session: Session, entries: Sequence[Entry], id: str, into: str) -> None:
    """Replaces city `id` by `into` in these entries; where both are named, `into` gets the earlier position."""
    for entry in entries:
        gone = session.get_one(EntryCity, (entry.id, id))
        there = session.get(EntryCity, (entry.id, into))
        if there is None:
            session.add(EntryCity(entry_id=entry.id, city_id=into, position=gone.position))
        else:
            there.position = min(there.position, gone.position)
        session.delete(gone)
    session.flush()


def memberships_of_city(session: Session, id: str) -> Sequence[Membership]:
    """Every membership of the city, ended ones too."""
    return session.scalars(select(Membership).where(Membership.city_id == id).order_by(Membership.id)).all()


def move_memberships(session: Session, id: str, into: str) -> None:
    """Moves the memberships of city `id` to `into`; one that a membership there covers is deleted."""
    there = list(memberships_of_city(session, into))
    for one in memberships_of_city(session, id):
        if any(membership_covers(other, one) for other in there):
            session.delete(one)
        else:
            one.city_id = into
            there.append(one)
    session.flush()


def membership_covers(wide: Membership, narrow: Membership) -> bool:
    """Whether `wide` holds on every day of `narrow`, in the same role and for the same person."""
    same = wide.user_id == narrow.user_id and wide.role == narrow.role
    return same and wide.since <= narrow.since and (wide.until or date.max) >= (narrow.until or date.max)


def new_names(session: Session, city: City, into: str) -> tuple[str, ...]:
    """The names of the city by which the other is not found yet, its present one first."""
    names = places.names_of_cities(session, [city.id, into])
    there = {fold_text(name) for name in names.get(into, ())}
    own: dict[str, str] = {}
    for name in (city.name, *names.get(city.id, ())):
        own.setdefault(fold_text(name), name)
    return tuple(name for folded, name in own.items() if folded not in there)


def move_names(session: Session, city: City, other: City) -> None:
    """Gives `other` the names of `city` that it lacks, and takes all of them from `city`."""
    for name in new_names(session, city, other.id):
        write_city_name(session, other, name)
    session.execute(delete(CityName).where(CityName.city_id == city.id))


def fill_city_gaps(city: City, other: City) -> None:
    """Copies to `other` what it lacks, and adds the roles and former names of `city`; its own values stay.

    Copied are country, state, codes, day of joining and coordinates. `other` is then verified, and a member, where
    either city was.
    """
    for column in ("country", "state", "subdivision", "inegi", "joined"):
        setattr(other, column, getattr(other, column) or getattr(city, column))
    if other.latitude is None or other.longitude is None:
        other.latitude, other.longitude = city.latitude, city.longitude
    other.verified, other.member = other.verified or city.verified, other.member or city.member
    other.roles = [*other.roles, *(role for role in city.roles if role not in other.roles)]
    former = [was for was in city.name_history if was.get("to") and was not in other.name_history]
    other.name_history = [*former, *other.name_history]
