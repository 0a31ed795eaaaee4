"""Who may see what, as where clauses: a list and a single entry can't disagree."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from bank.catalogue.tables import City, Entry, EntryCity, File, Step

LEADING_CITY = aliased(EntryCity)


@dataclass(frozen=True, slots=True)
class CatalogueViewer:
    """The viewer as where clauses need one: user id, ids of the cities spoken for today, whether the user reviews."""

    id: int
    cities: frozenset[str] = frozenset()
    reviews: bool = False


def entry_is_public() -> ColumnElement[bool]:
    """Entries that a visitor may see: published ones."""
    return Entry.status == "published"


def entry_visible_to(reader: CatalogueViewer | None) -> ColumnElement[bool]:
    """Entries that the viewer may see: published ones, and those that the viewer works on. None is a visitor."""
    return or_(entry_is_public(), entry_worked_on_by(reader))


def entry_worked_on_by(reader: CatalogueViewer | None) -> ColumnElement[bool]:
    """Entries that the viewer works on, in whatever state; none for a visitor (None).

    They are those of `entry_owned_by`, and for reviewers also those of `entry_open_to_review`.
    """
    if reader is None:
        return false()
    return or_(entry_owned_by(reader), entry_open_to_review()) if reader.reviews else entry_owned_by(reader)


def entry_owned_by(reader: CatalogueViewer) -> ColumnElement[bool]:
    """Entries that the viewer's cities lead, and some that the viewer began.

    A reviewer owns all that the reviewer began; an editor who speaks for a city, those that have no city yet.
    """
    begun = Entry.made_by == reader.id
    if reader.reviews:
        return or_(entry_led_by(reader.cities), begun)
    return or_(entry_led_by(reader.cities), and_(begun, ~exists(leading_city_query()))) if reader.cities else false()


def entry_led_by(cities: frozenset[str]) -> ColumnElement[bool]:
    """Entries that one of these cities leads: work belongs to the city."""
    return exists(leading_city_query().where(LEADING_CITY.city_id.in_(sorted(cities)))) if cities else false()


def leading_city_query() -> Select[int]:
    """Subquery of the leading city of the outer query's entry.

    It uses an alias of entry_city, since the outer query may join that table itself.
    """
    return (
        select(LEADING_CITY.entry_id)
        .where(LEADING_CITY.entry_id == Entry.id, LEADING_CITY.position == 0)
        .correlate(Entry)
    )


def entry_open_to_review() -> ColumnElement[bool]:
    """Entries that reviewers see beyond their own: those that were handed in, and those that the operator imported.

    Never a city's draft, nor one that the city withdrew before anybody else saw it.
    """
    submitted = select(Step.id).where(Step.entry_id == Entry.id, Step.act == "submit").correlate(Entry)
    seen_before = or_(Entry.published.is_not(None), exists(submitted))
    handed_in = and_(Entry.status != "draft", or_(Entry.status != "withdrawn", seen_before))
    return or_(handed_in, Entry.made_by.is_(None))


def file_is_public() -> ColumnElement[bool]:
    """Files that anybody may see with a published entry.

    They have no purpose (those that have one are for the network only), and they are shown; or their rights are not
    evaluated, but it is said who is in them; or the operator imported them. Of the latter two everybody reads the text;
    the original is handed out only where `shown` is set.
    """
    held_back = and_(File.licence == "not-evaluated", File.people.is_not(None))
    return and_(File.purpose == "", or_(File.shown, held_back, File.added_by.is_(None)))


def city_is_known(seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Cities that a viewer may know of: confirmed ones, and those that entries matching `seen` name.

    `seen` is the where clause of the entries that the viewer may see.
    """
    named = select(EntryCity.entry_id).join(Entry, Entry.id == EntryCity.entry_id)
    return or_(City.verified, exists(named.where(EntryCity.city_id == City.id, seen)))


def city_is_managed(seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Cities that a viewer may manage: those that the viewer may know of, and those that no entry names any more."""
    return or_(city_is_known(seen), ~exists(select(EntryCity.entry_id).where(EntryCity.city_id == City.id)))


def city_is_public() -> ColumnElement[bool]:
    """Cities that a visitor may see: confirmed ones and those of published entries, without merged ones."""
    return and_(City.merged_into.is_(None), city_is_known(entry_is_public()))
