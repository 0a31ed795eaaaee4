"""Uploaded originals and the text of their pages."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base


class File(Base):
    """One original, kept under the SHA-256 of its bytes. `size` in bytes; `status` read, warning or failed.

    `total_pages` is what the file says it has. `shown` False holds the original back while its rights are not
    evaluated; `licence` None means that nobody has chosen one.
    """

    __tablename__ = "file"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

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
    added: Mapped[datetime]


class Page(Base):
    """One page's text as shown; `furniture` are its line numbers (from 0) that the index leaves out."""

    __tablename__ = "page"

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    furniture: Mapped[list[int]] = mapped_column(default=list)
    method: Mapped[str] = mapped_column(String(10))
    flags: Mapped[list[str]] = mapped_column(default=list)
    confidence: Mapped[float | None]
