"""Every table of the catalogue."""

from bank.catalogue.tables.base import Base
from bank.catalogue.tables.decisions import Decision
from bank.catalogue.tables.entries import Entry, EntryCity, EntryEvent, EntryText, Tag
from bank.catalogue.tables.files import File, Page
from bank.catalogue.tables.people import Membership, Stay, User
from bank.catalogue.tables.places import City, CityName, Event
from bank.catalogue.tables.work import Audit, Info, Job, Outbox, Unembedded

__all__ = [
    "Audit",
    "Base",
    "City",
    "CityName",
    "Decision",
    "Entry",
    "EntryCity",
    "EntryEvent",
    "EntryText",
    "Event",
    "File",
    "Info",
    "Job",
    "Membership",
    "Outbox",
    "Page",
    "Stay",
    "Tag",
    "Unembedded",
    "User",
]
