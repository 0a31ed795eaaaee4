"""What happens to an entry on its way: steps, revisions, acceptances of the agreement, relations, receipts."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base

STEP_ACTS = ("deposit", "submit", "return", "publish", "withdraw")
RELATION_KINDS = ("version", "related", "distinct")


class Step(Base):
    """A move of an entry. `user_id` is None for the operator; `remarks` is what the city reads about it.

    `second` names the other person who looked at it, where somebody had to publish what they or their own city handed
    in.
    """

    __tablename__ = "step"
    __table_args__ = (
        CheckConstraint(f"act IN ({', '.join(repr(act) for act in STEP_ACTS)})", name="act"),
        Index("ix_step_entry_id", "entry_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    act: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[int | None]
    moment: Mapped[datetime]
    remarks: Mapped[str] = mapped_column(Text, default="")
    second: Mapped[str] = mapped_column(Text, default="")


class Revision(Base):
    """Which fields a version of an entry changed, and who did; never their values."""

    __tablename__ = "revision"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None]
    moment: Mapped[datetime]
    fields: Mapped[list[str]]


class Acceptance(Base):
    """A person's acceptance of the agreement for a deposit. `digest` is the SHA-256 of the text that was shown."""

    __tablename__ = "acceptance"
    __table_args__ = (Index("ix_acceptance_entry_id", "entry_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    user_id: Mapped[int]
    agreement: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(12))
    digest: Mapped[str] = mapped_column(String(64))
    moment: Mapped[datetime]


class Relation(Base):
    """What a person said of an entry that looks like another: a new version of it, related, or really another one."""

    __tablename__ = "relation"
    __table_args__ = (CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in RELATION_KINDS)})", name="kind"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[int]
    moment: Mapped[datetime]


class Receipt(Base):
    """The answer to a deposit with an Idempotency-Key; a repeated request under the key gets the same answer.

    `request` is the SHA-256 of the request.
    """

    __tablename__ = "receipt"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]]
    moment: Mapped[datetime]
