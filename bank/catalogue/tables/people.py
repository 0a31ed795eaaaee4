"""The people of the network: accounts, which cities they speak for, their sessions, links, codes and API tokens."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base, new_seal_key

USER_ROLES = ("editor", "coordinator", "admin")
CITY_ROLES = ("liaison", "director")
TICKET_KINDS = ("first", "invitation", "reset", "code")


class User(Base):
    """A person who signs in. `folded` is the address as it is compared; without `password` (a hash) none fits."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role) for role in USER_ROLES)})", name="role"),
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
    seal_key: Mapped[bytes | None] = mapped_column(LargeBinary, default=new_seal_key)


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


class UserSession(Base):
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


class Ticket(Base):
    """A link or code that can be used once, to sign in, set a password or make the first account.

    `digest` is the SHA-256 of a link's token; of a code, which is short, it is the stretched hash. `kind` is first (the
    first administrator of an empty bank, without user), invitation, reset or code (signing in). `used` is when its
    button was pressed or its code written; `tries` counts the times that a code was tried.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in TICKET_KINDS)})", name="kind"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    made_by: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]
    ends: Mapped[datetime]
    used: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)


class Token(Base):
    """What a program shows in place of a session; `digest` is the SHA-256 of a token that was shown once, when made.

    `scope` is what it may do at most: read, deposit (read and deposit) or review (deposit and review).
    """

    __tablename__ = "token"
    __table_args__ = (
        CheckConstraint("scope IN ('read', 'deposit', 'review')", name="scope"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created: Mapped[datetime]
    seen: Mapped[datetime | None]
    ended: Mapped[datetime | None]
