"""Queries about people, the cities they speak for, and their sessions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from bank.catalogue.tables import City, Membership, Ticket, User, UserSession


def find_user_by_address(session: Session, folded: str) -> User | None:
    """The user of an address, given as `fold_address` writes it; None where there is none."""
    return session.scalar(select(User).where(User.folded == folded))


def all_users(session: Session) -> Sequence[User]:
    """Every user, by address."""
    return session.scalars(select(User).order_by(User.folded)).all()


def has_any_user(session: Session) -> bool:
    """Whether the bank has any user, active or not."""
    return bool(session.scalar(select(exists().where(User.id.is_not(None)))))


def count_working_admins(session: Session, but: int) -> int:
    """How many active administrators other than `but` have a password or have used a link or code before."""
    came = exists().where(Ticket.user_id == User.id, Ticket.used.is_not(None))
    working = (User.id != but, User.role == "admin", User.active, or_(User.password.is_not(None), came))
    return session.scalar(select(func.count()).select_from(User).where(*working)) or 0


def memberships_of(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[tuple[Membership, str]]]:
    """User id -> the user's memberships with the cities' names, past and coming ones too, by city and day."""
    rows = session.execute(
        select(Membership, City.name)
        .join(City, City.id == Membership.city_id)
        .where(Membership.user_id.in_(ids))
        .order_by(City.name, Membership.since, Membership.id)
    )
    found: dict[int, list[tuple[Membership, str]]] = {}
    for membership, name in rows:
        found.setdefault(membership.user_id, []).append((membership, name))
    return found


def cities_to_speak_for(session: Session) -> Sequence[City]:
    """Every city that somebody may speak for, members of the network first."""
    return session.scalars(
        select(City).where(City.merged_into.is_(None)).order_by(City.member.desc(), City.name, City.id)
    ).all()


def cities_of_users(session: Session, ids: Sequence[int], day: date) -> Mapping[int, tuple[str, ...]]:
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


def find_user_session(
    session: Session, digest: str, moment: datetime, seen_since: datetime
) -> tuple[User, UserSession] | None:
    """The session of that digest with its user, unless it has ended, was idle too long or the user is not active."""
    row = session.execute(
        select(User, UserSession)
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.digest == digest, UserSession.ends > moment, UserSession.seen > seen_since, User.active)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def sessions_of_user(session: Session, user_id: int, moment: datetime, seen_since: datetime) -> Sequence[UserSession]:
    """The sessions of a user that have neither ended nor been idle too long, the one used last first."""
    going = select(UserSession).where(
        UserSession.user_id == user_id, UserSession.ends > moment, UserSession.seen > seen_since
    )
    return session.scalars(going.order_by(UserSession.seen.desc(), UserSession.created.desc())).all()


def last_seen(session: Session, ids: Sequence[int]) -> Mapping[int, datetime]:
    """User id -> when the last used of the user's stored sessions was used; sessions are stored for 30 days."""
    last = select(UserSession.user_id, func.max(UserSession.seen)).where(UserSession.user_id.in_(ids))
    return {row[0]: row[1] for row in session.execute(last.group_by(UserSession.user_id))}


def has_signed_in_from(session: Session, user_id: int, source: str) -> bool:
    """Whether a stored session of the user was begun from that source address.

    Sessions are stored for 30 days after their end.
    """
    found = select(exists().where(UserSession.user_id == user_id, UserSession.source == source))
    return bool(session.scalar(found))


def end_session(session: Session, digest: str, moment: datetime) -> None:
    """Ends one session, if it has not ended."""
    session.execute(
        update(UserSession).where(UserSession.digest == digest, UserSession.ends > moment).values(ends=moment)
    )


def end_sessions_of_user(session: Session, user_id: int, moment: datetime) -> None:
    """Ends every session of a user."""
    session.execute(
        update(UserSession).where(UserSession.user_id == user_id, UserSession.ends > moment).values(ends=moment)
    )


def sweep_sessions(session: Session, ended_before: datetime) -> None:
    """Deletes sessions that ended before that moment."""
    session.execute(delete(UserSession).where(UserSession.ends < ended_before))


def delete_all_sessions(session: Session) -> None:
    """Deletes every session."""
    session.execute(delete(UserSession))
