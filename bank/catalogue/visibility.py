"""Who may see an entry, as one where clause: a list and a single entry can't disagree."""

from sqlalchemy import ColumnElement, exists, or_, select

from bank.catalogue.tables import City, Entry, EntryCity


def public() -> ColumnElement[bool]:
    """What a visitor may see: published entries."""
    return Entry.status == "published"


def public_city() -> ColumnElement[bool]:
    """Which cities a visitor may see: confirmed ones, and those of published entries; never one that drafts name."""
    named = select(EntryCity.entry_id).join(Entry, Entry.id == EntryCity.entry_id)
    return or_(City.verified, exists(named.where(EntryCity.city_id == City.id, public())))
