"""Every table of the catalogue."""

from bank.catalogue.tables.base import Base
from bank.catalogue.tables.decisions import Decision
from bank.catalogue.tables.entries import Entry, EntryCity, EntryEvent, EntryText, Tag
from bank.catalogue.tables.files import File, Image, Likeness, LikenessBand, LooseFile, Page
from bank.catalogue.tables.people import Membership, Ticket, Token, User, UserSession
from bank.catalogue.tables.places import City, CityName, Event
from bank.catalogue.tables.searching import Synonyms, Unanswered
from bank.catalogue.tables.submissions import Acceptance, Receipt, Relation, Revision, Step
from bank.catalogue.tables.work import Audit, FormAct, Info, Job, Outbox, Unembedded

__all__ = [
    "Acceptance",
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
    "FormAct",
    "Image",
    "Info",
    "Job",
    "Likeness",
    "LikenessBand",
    "LooseFile",
    "Membership",
    "Outbox",
    "Page",
    "Receipt",
    "Relation",
    "Revision",
    "Step",
    "Synonyms",
    "Tag",
    "Ticket",
    "Token",
    "Unanswered",
    "Unembedded",
    "User",
    "UserSession",
]
