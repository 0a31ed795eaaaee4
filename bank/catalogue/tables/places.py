"""Cities with all their names, and events."""

from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base


class City(Base):
    """A city; `verified` is False until a coordinator has confirmed one that a file or person named.

    `merged_into` is the id of the city into which this one was merged; its own row stays as a pointer.
    `seal` is the digest of its rows, names included, as an act left them.
    """

    __tablename__ = "city"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(String(2))
    state: Mapped[str | None] = mapped_column(Text)
    subdivision: Mapped[str | None] = mapped_column(String(6))
    inegi: Mapped[str | None] = mapped_column(String(5))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    member: Mapped[bool] = mapped_column(default=False)
    joined: Mapped[str | None] = mapped_column(String(20))
    verified: Mapped[bool] = mapped_column(default=True)
    merged_into: Mapped[str | None] = mapped_column(String(60))
    roles: Mapped[list[Any]] = mapped_column(default=list)
    name_history: Mapped[list[Any]] = mapped_column(default=list)
    seal: Mapped[str | None] = mapped_column(String(64))


class CityName(Base):
    """A name by which a city is known; `folded` is how names are compared."""

    __tablename__ = "city_name"

    city_id: Mapped[str] = mapped_column(ForeignKey("city.id", ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(Text)


class Event(Base):
    """A meeting, congress, workshop, award edition, ...; dates are YYYY, YYYY-MM or YYYY-MM-DD."""

    __tablename__ = "event"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    titles: Mapped[dict[str, str]]
    start: Mapped[str | None] = mapped_column(String(10))
    end: Mapped[str | None] = mapped_column(String(10))
    city_id: Mapped[str | None] = mapped_column(ForeignKey("city.id"))
    themes: Mapped[list[str]] = mapped_column(default=list)
    seal: Mapped[str | None] = mapped_column(String(64))
