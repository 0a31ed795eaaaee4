"""Questions about people, the cities they speak for, and their sessions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from bank.catalogue.tables import Membership, Stay, User


def with_address(session: Session, folded: str) -> User | None:
    """The user of a folded address."""
    return session.scalar(select(User).where(User.folded == folded))


def everybody(session: Session) -> Sequence[User]:
    """Every user, by address."""
    return session.scalars(select(User).order_by(User.folded)).all()


def cities_of(session: Session, ids: Sequence[int], day: date) -> Mapping[int, tuple[str, ...]]:
    """User id -> ids of the cities that the user speaks for on that day; users without any are left out."""
    rows = session.execute(
        select(Membership.user_id, Membership.city_id)
        .distinct()
        .where(
            Membership.user_id.in_(ids),
            Membership.since <= day,
            or_(Membership.until.is_(None), Membership.until >= day),
        )
        .order_by(Membership.city_id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for user_id, city_id in rows:
        found[user_id] = (*found.get(user_id, ()), city_id)
    return found


def stay(session: Session, digest: str, moment: datetime, seen_since: datetime) -> tuple[User, Stay] | None:
    """The session of that digest with its user, unless it has ended, was idle too long or the user is not active."""
    row = session.execute(
        select(User, Stay)
        .join(Stay, Stay.user_id == User.id)
        .where(Stay.digest == digest, Stay.ends > moment, Stay.seen > seen_since, User.active)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def has_stayed(session: Session, user_id: int, source: str) -> bool:
    """Whether a kept session of the user was begun from that source, an ended one too."""
    found = select(exists().where(Stay.user_id == user_id, Stay.source == source))
    return bool(session.scalar(found))


def end_stay(session: Session, digest: str, moment: datetime) -> None:
    """Ends one session, if it has not ended."""
    session.execute(update(Stay).where(Stay.digest == digest, Stay.ends > moment).values(ends=moment))


def end_stays(session: Session, user_id: int, moment: datetime) -> None:
    """Ends every session of a user."""
    session.execute(update(Stay).where(Stay.user_id == user_id, Stay.ends > moment).values(ends=moment))


def sweep_stays(session: Session, ended_before: datetime) -> None:
    """Takes out sessions that ended before that moment."""
    session.execute(delete(Stay).where(Stay.ends < ended_before))


def forget_stays(session: Session) -> None:
    """Takes out every session."""
    session.execute(delete(Stay))
