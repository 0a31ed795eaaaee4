"""What people decided about suggested tags."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base

DECISION_OUTCOMES = ("accepted", "rejected")


class Decision(Base):
    """One decision on a suggested tag. Never changed: who changes their mind adds a row, and the newest counts.

    `applied` says that the decision changed the entry: gave it the tag, or took it away again. `score` (0 to 1) and
    `place` (from 1) are those that the person saw; `method` names the version of the tagger. `evidence` are the
    sentences that spoke for it, as {text, file, page}; `file` and `page` are None for a text that is on no page.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({', '.join(repr(outcome) for outcome in DECISION_OUTCOMES)})", name="outcome"),
        Index("ix_decision_entry_id", "entry_id"),
        Index("ix_decision_vocabulary_term", "vocabulary", "term"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    vocabulary: Mapped[str] = mapped_column(String(12))
    term: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(10))
    applied: Mapped[bool]
    score: Mapped[float]
    place: Mapped[int]
    method: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(Text)
    moment: Mapped[datetime]
    evidence: Mapped[list[Any]] = mapped_column(default=list)
