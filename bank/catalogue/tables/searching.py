"""What the search is told by coordinators, and what it tells them."""

from datetime import date

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base


class Synonyms(Base):
    """A group of words and phrases that mean the same, as coordinators have it.

    With the id of a group that the bank ships, it stands in that one's place; without terms the group is taken away.
    """

    __tablename__ = "synonyms"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    terms: Mapped[list[str]] = mapped_column(default=list)


class Unanswered(Base):
    """A question that found nothing: its words, the language of the page, how often, its first and last day.

    Who asked is not known: no person, address, session or hour.
    """

    __tablename__ = "unanswered"

    words: Mapped[str] = mapped_column(Text, primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    times: Mapped[int]
    first: Mapped[date]
    last: Mapped[date]
