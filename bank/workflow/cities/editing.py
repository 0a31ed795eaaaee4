"""What coordinators do with cities: confirm one that a file named, rename it, give it other names."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import audit, places
from bank.catalogue.tables import City, CityName
from bank.clock import now
from bank.errors import Invalid
from bank.messages import N_
from bank.vocabulary.folding import fold_label, fold_text
from bank.workflow.bank import Bank
from bank.workflow.cities.views import expect_unmerged_city, unremovable_names
from bank.workflow.deposits.changing import write_version
from bank.workflow.rights import Viewer, require_right

LONGEST_NAME_OF_CITY = 200
LONGEST_FOLDED_NAME = 200
WRONG_CITY_NAME = N_("Write a name of 1 to {longest} characters.")
SAME_CITY_NAME = N_("That is its name already.")
CITY_NAME_TAKEN = N_("{city} ({id}) is called that too. If both are the same city, merge them.")
NO_SUCH_ALIAS = N_("The city has no such other name.")


def confirm_city(bank: Bank, viewer: Viewer | None, id: str) -> None:
    """Marks a city as verified; confirming twice is no failure. Raises SignInNeeded, NotFound."""
    viewer = require_right(viewer, "manage_cities")
    with bank.database.writing() as session:
        city = expect_unmerged_city(session, id)
        if not city.verified:
            city.verified = True
            audit.add_audit_row(session, viewer.actor, "confirm_city", None, {"city": id})


def rename_city(bank: Bank, viewer: Viewer | None, id: str, name: str, *, misspelt: bool = False) -> None:
    """Gives a city another name; it can still be found by the old one.

    The old one goes into its history, unless it was only misspelt. Raises SignInNeeded, NotFound, Invalid.
    """
    viewer, name = require_right(viewer, "manage_cities"), expect_city_name(name)
    with bank.database.writing() as session:
        city = expect_unmerged_city(session, id)
        if name == city.name:
            raise Invalid(SAME_CITY_NAME)
        expect_free_city_name(session, city, name)
        write_city_name(session, city, city.name)
        if not misspelt:
            city.name_history = name_history_after(city, name, now().date().isoformat())
        old, city.name = city.name, name
        write_city_name(session, city, name)
        audit.add_audit_row(session, viewer.actor, "rename_city", None, {"city": id, "from": old, "to": name})
        renew_entries_of_city(session, viewer, id)


def name_history_after(city: City, name: str, day: str) -> list[Mapping[str, str]]:
    """The city's names over time, when the present one ends on that day (YYYY-MM-DD) and `name` begins."""
    history = [dict(was) for was in city.name_history]
    last = history[-1] if history else {}
    if last.get("name") == city.name and not last.get("to"):
        last["to"] = day
    else:
        history.append({"name": city.name, **({"from": last["to"]} if last.get("to") else {}), "to": day})
    return [*history, {"name": name, "from": day}]


def add_alias(bank: Bank, viewer: Viewer | None, id: str, name: str) -> None:
    """Gives a city one more name by which it is found. Raises SignInNeeded, NotFound, Invalid."""
    viewer, name = require_right(viewer, "manage_cities"), expect_city_name(name)
    with bank.database.writing() as session:
        city = expect_unmerged_city(session, id)
        if name in places.names_of_cities(session, [id]).get(id, ()):
            raise Invalid(SAME_CITY_NAME)
        expect_free_city_name(session, city, name)
        write_city_name(session, city, name)
        audit.add_audit_row(session, viewer.actor, "add_city_name", None, {"city": id, "name": name})
        renew_entries_of_city(session, viewer, id)


def drop_alias(bank: Bank, viewer: Viewer | None, id: str, name: str) -> None:
    """Removes a name of a city; its present name and those in its history can't be removed.

    Raises SignInNeeded, NotFound, Invalid.
    """
    viewer = require_right(viewer, "manage_cities")
    with bank.database.writing() as session:
        city = expect_unmerged_city(session, id)
        row = session.get(CityName, (id, fold_text(name)[:LONGEST_FOLDED_NAME]))
        if row is None or fold_text(name) in unremovable_names(city):
            raise Invalid(NO_SUCH_ALIAS)
        session.delete(row)
        audit.add_audit_row(session, viewer.actor, "drop_city_name", None, {"city": id, "name": row.name})
        renew_entries_of_city(session, viewer, id)


def expect_city_name(name: str) -> str:
    """The name with blanks tidied. Raises Invalid unless it has 1 to 200 printable characters and a word."""
    name = " ".join(name.split())
    if not fold_label(name) or len(name) > LONGEST_NAME_OF_CITY or not name.isprintable():
        raise Invalid(WRONG_CITY_NAME, longest=LONGEST_NAME_OF_CITY)
    return name


def expect_free_city_name(session: Session, city: City, name: str) -> None:
    """Raises Invalid where another city of the same country, or of an unknown one, has this name."""
    for other in places.cities_known_as(session, fold_text(name)[:LONGEST_FOLDED_NAME]):
        if other.id != city.id and (other.country == city.country or None in (other.country, city.country)):
            raise Invalid(CITY_NAME_TAKEN, city=other.name, id=other.id)


def write_city_name(session: Session, city: City, name: str) -> None:
    """Adds a name by which the city is found; one that folds alike is replaced."""
    folded = fold_text(name)[:LONGEST_FOLDED_NAME]
    row = session.scalar(select(CityName).where(CityName.city_id == city.id, CityName.folded == folded))
    if row is None:
        session.add(CityName(city_id=city.id, folded=folded, name=name))
    else:
        row.name = name
    session.flush()


def renew_entries_of_city(session: Session, viewer: Viewer, id: str) -> None:
    """Writes a new version of each published entry of the city, so that the index learns the city's names."""
    for entry in places.entries_of_city(session, id):
        if entry.status == "published":
            write_version(session, entry, viewer, (), "rename_city")
