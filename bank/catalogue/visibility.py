"""Who may see what, as where clauses: a list and a single entry can't disagree."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from bank.catalogue.tables import City, Entry, EntryCity, File, Step

LEADING_CITY = aliased(EntryCity)


@dataclass(frozen=True, slots=True)
class CatalogueViewer:
    """Who looks: the number of a user, the cities that the user speaks for today, whether the user reviews."""

    id: int
    cities: frozenset[str] = frozenset()
    reviews: bool = False


def entry_is_public() -> ColumnElement[bool]:
    """What a visitor may see: published entries."""
    return Entry.status == "published"


def entry_visible_to(reader: CatalogueViewer | None) -> ColumnElement[bool]:
    """What this reader may see: what is published, and what `entry_owned_by` and `entry_open_to_review` say."""
    return or_(entry_is_public(), entry_worked_on_by(reader))


def entry_worked_on_by(reader: CatalogueViewer | None) -> ColumnElement[bool]:
    """What this reader may see of what is not public, and what the reader works on."""
    if reader is None:
        return false()
    return or_(entry_owned_by(reader), entry_open_to_review()) if reader.reviews else entry_owned_by(reader)


def entry_owned_by(reader: CatalogueViewer) -> ColumnElement[bool]:
    """Entries of the reader's cities. One that has no city yet, or that a reviewer began, is also its beginner's."""
    begun = Entry.made_by == reader.id
    if reader.reviews:
        return or_(entry_led_by(reader.cities), begun)
    return or_(entry_led_by(reader.cities), and_(begun, ~exists(leading_city_query()))) if reader.cities else false()


def entry_led_by(cities: frozenset[str]) -> ColumnElement[bool]:
    """Entries that one of these cities leads: work belongs to the city."""
    return exists(leading_city_query().where(LEADING_CITY.city_id.in_(sorted(cities)))) if cities else false()


def leading_city_query() -> Select[int]:
    """The city that leads an entry of the question around, which may ask for cities itself."""
    return (
        select(LEADING_CITY.entry_id)
        .where(LEADING_CITY.entry_id == Entry.id, LEADING_CITY.position == 0)
        .correlate(Entry)
    )


def entry_open_to_review() -> ColumnElement[bool]:
    """What coordinators see beside: all that was handed in, and what the operator brought.

    Never a city's draft, nor one that the city took back before anybody else saw it.
    """
    submitted = select(Step.id).where(Step.entry_id == Entry.id, Step.act == "submit").correlate(Entry)
    seen_before = or_(Entry.published.is_not(None), exists(submitted))
    handed_in = and_(Entry.status != "draft", or_(Entry.status != "withdrawn", seen_before))
    return or_(handed_in, Entry.made_by.is_(None))


def file_is_public() -> ColumnElement[bool]:
    """Files that go with a public entry; one with a purpose is seen by the network only.

    So is one that somebody added later, until it is said who is in it and under which licence it is. Of one whose
    rights are not evaluated everybody sees what it says, and not the original; of the operator's too.
    """
    held_back = and_(File.licence == "not-evaluated", File.people.is_not(None))
    return and_(File.purpose == "", or_(File.shown, held_back, File.added_by.is_(None)))


def city_is_known(seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Which cities somebody may see who sees the entries for which `seen` holds: confirmed ones, and theirs."""
    named = select(EntryCity.entry_id).join(Entry, Entry.id == EntryCity.entry_id)
    return or_(City.verified, exists(named.where(EntryCity.city_id == City.id, seen)))


def city_is_managed(seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Which cities are there to be managed: those known, and those that no entry names any more."""
    return or_(city_is_known(seen), ~exists(select(EntryCity.entry_id).where(EntryCity.city_id == City.id)))


def city_is_public() -> ColumnElement[bool]:
    """Which cities a visitor may see: confirmed ones, and those of published entries; never one that drafts name."""
    return and_(City.merged_into.is_(None), city_is_known(entry_is_public()))
