"""Uploaded originals, the text of their pages, signatures of texts, and pictures."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base


class File(Base):
    """One original, stored under the SHA-256 of its bytes.

    `size` in bytes; `status` pending, refused, read, warning or failed. `total_pages` is what the file says it has.
    `shown` is False while the original is not handed out: its rights are not evaluated, or it was added to a published
    entry and not everything is known of it. `licence` None means that nobody has chosen one. `purpose` is empty, or the
    id of the field of type attachment that the file belongs to: such a file is seen by the network only. `people` says
    who can be recognised in it (nobody, adults, minors; None while nobody has answered), `consents` where the city
    keeps their consents. `personal` lists what looks like personal data: kind, page, count; never the data. `unplaced`
    lists what a form gives that no field takes (label, text, page, and what a person did with it), and is empty once
    the entry is published. `added_by` is the id of the person who added it, None where the bank itself did or nobody
    knows. An id is never given again: a job may still name a file that was removed. `seal` is the seal of its pages,
    None without pages.
    """

    __tablename__ = "file"
    __table_args__ = (UniqueConstraint("entry_id", "number"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    licence: Mapped[str | None] = mapped_column(String(40))
    shown: Mapped[bool] = mapped_column(default=True)
    status: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(60))
    reason_values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    flags: Mapped[list[str]] = mapped_column(default=list)
    total_pages: Mapped[int] = mapped_column(default=0)
    language: Mapped[str | None] = mapped_column(String(12))
    reader: Mapped[str] = mapped_column(Text, default="")
    thumbnail: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[str] = mapped_column(String(40), default="", server_default="")
    people: Mapped[str | None] = mapped_column(String(10))
    consents: Mapped[str] = mapped_column(Text, default="", server_default="")
    personal: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    unplaced: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    added: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(index=True)
    seal: Mapped[str | None] = mapped_column(String(64))


class LooseFile(Base):
    """An original that no entry names, or not yet, and that counts for whoever brought it until its bytes are gone.

    It was taken out of an entry that was never published, or it was stored and no row has come to name it. `size` in
    bytes, `city_id` is the city that led the entry, `moment` when it was stored or taken out.
    """

    __tablename__ = "loose_file"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    user_id: Mapped[int] = mapped_column(index=True)
    city_id: Mapped[str | None] = mapped_column(String(60), index=True)
    moment: Mapped[datetime]


class Page(Base):
    """One page's text as shown; `furniture` are its line numbers (from 0) that the index leaves out.

    `headings` are the line numbers that a Word or Markdown file marks as headings.
    """

    __tablename__ = "page"

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    furniture: Mapped[list[int]] = mapped_column(default=list)
    headings: Mapped[list[int]] = mapped_column(default=list, server_default="[]")
    method: Mapped[str] = mapped_column(String(10))
    flags: Mapped[list[str]] = mapped_column(default=list)
    confidence: Mapped[float | None]


class Likeness(Base):
    """The MinHash signature of a file's text, by which near-duplicate texts are found; empty for a text too short."""

    __tablename__ = "likeness"

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class LikenessBand(Base):
    """One band of a signature, as a number; files that share a number are compared."""

    __tablename__ = "likeness_band"
    __table_args__ = (Index("ix_likeness_band_value", "value"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


class Image(Base):
    """A photo or other picture of an entry, drawn anew from what was uploaded, without its metadata.

    `digest` is of the bytes that are kept, `width` and `height` in pixels, `texts` the alternative text by language.
    `people`, `consents` and `added_by` are as in a file.
    """

    __tablename__ = "image"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        CheckConstraint("people IN ('nobody', 'adults', 'minors')", name="people"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    texts: Mapped[dict[str, str]] = mapped_column(default=dict)
    author: Mapped[str] = mapped_column(Text, default="")
    licence: Mapped[str | None] = mapped_column(String(40))
    people: Mapped[str | None] = mapped_column(String(10))
    consents: Mapped[str] = mapped_column(Text, default="")
    added: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(index=True)
