"""Entries, their texts by language, their cities, events and tags."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base, new_seal_key

ENTRY_STATUSES = ("draft", "submitted", "returned", "published", "paused", "withdrawn")


class Entry(Base):
    """One catalogue record. `fields` is one JSON document whose shape follows the kind (vocabulary data).

    `made_by` is the id of the user who began it (None: the operator), `since` the moment from which it has its status.
    `proposed` maps a field's id to where its proposed value comes from, until somebody changes or confirms it.
    """

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint(f"status IN ({', '.join(repr(status) for status in ENTRY_STATUSES)})", name="status"),
        Index("ix_entry_status_published", "status", "published"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(26), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(12), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(12), default="und")
    year: Mapped[int | None]
    date: Mapped[str | None] = mapped_column(String(10))
    number: Mapped[str | None] = mapped_column(String(40))
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sample: Mapped[bool] = mapped_column(default=False)
    made_by: Mapped[int | None]
    since: Mapped[datetime | None]
    proposed: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    created: Mapped[datetime]
    updated: Mapped[datetime]
    published: Mapped[datetime | None]
    confirmed: Mapped[datetime | None]
    seal_key: Mapped[bytes | None] = mapped_column(LargeBinary, default=new_seal_key)


class EntryText(Base):
    """Title and summary in one language."""

    __tablename__ = "entry_text"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")


class EntryCity(Base):
    """A city of an entry; position 0 leads, the others take part."""

    __tablename__ = "entry_city"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    city_id: Mapped[str] = mapped_column(ForeignKey("city.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)


class EntryEvent(Base):
    """An event that an entry points to, with its role there."""

    __tablename__ = "entry_event"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), default="related")


class Tag(Base):
    """A vocabulary term of an entry. `charter` is 2020 or 2004 for principles and empty for the rest."""

    __tablename__ = "tag"
    __table_args__ = (Index("ix_tag_vocabulary_term", "vocabulary", "term"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    vocabulary: Mapped[str] = mapped_column(String(12), primary_key=True)
    charter: Mapped[str] = mapped_column(String(4), primary_key=True, default="")
    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    primary: Mapped[bool] = mapped_column("is_primary", default=False)
    position: Mapped[int] = mapped_column(default=0)
