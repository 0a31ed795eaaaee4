"""The people of the network: who they are, which cities they speak for, and where they are signed in."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base

ROLES = ("editor", "coordinator", "admin")
CITY_ROLES = ("liaison", "director")


class User(Base):
    """A person who signs in. `folded` is how addresses are compared; without `password` (a hash) none fits."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role) for role in ROLES)})", name="role"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(26), unique=True)
    email: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[str] = mapped_column(String(12))
    password: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[datetime]


class Membership(Base):
    """A user speaks for a city from the day `since` to the day `until`, both included; without `until`, for ever."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role) for role in CITY_ROLES)})", name="role"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    city_id: Mapped[str] = mapped_column(ForeignKey("city.id"), index=True)
    role: Mapped[str] = mapped_column(String(10), default="liaison")
    since: Mapped[date]
    until: Mapped[date | None]


class Stay(Base):
    """One browser's session, from sign-in to `ends`; `digest` is the SHA-256 of a token that only the browser has.

    `seen` is when it was last used, to some minutes; `source` is the address that it was begun from.
    """

    __tablename__ = "session"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime]
    seen: Mapped[datetime]
    ends: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(45))
