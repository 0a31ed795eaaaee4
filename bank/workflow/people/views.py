"""Views of people for the people desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from bank.catalogue import people, tickets
from bank.catalogue.tables import Membership, User
from bank.clock import now
from bank.vocabulary.folding import fold_text
from bank.workflow.people.accounts import role_of
from bank.workflow.rights import Role

PersonState = Literal["active", "invited", "no_access"]
MembershipTime = Literal["past", "present", "coming"]


@dataclass(frozen=True, slots=True)
class MembershipView:
    """A membership: for which city, in which role, from which day to which, both included."""

    id: int
    city_id: str
    city: str
    role: str
    since: date
    until: date | None
    when: MembershipTime


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person.

    `invited_until` is when the newest invitation ends or ended, of a person who has not signed in yet; `expired` says
    that it has ended, or that there is none.
    """

    id: int
    email: str
    name: str
    role: Role
    state: PersonState
    invited_until: datetime | None
    expired: bool
    parts: tuple[MembershipView, ...]
    seen: datetime | None
    """When the person was last here, of the last weeks; to some minutes."""


@dataclass(frozen=True, slots=True)
class CityChoice:
    """A city that somebody may speak for."""

    id: str
    name: str
    state: str
    country: str
    member: bool


def person_views(session: Session, users: Sequence[User]) -> Sequence[PersonView]:
    """The users as views, in their order."""
    ids, moment = [user.id for user in users], now()
    parts = people.memberships_of(session, ids)
    come_in = tickets.users_who_came_in(session, ids)
    invited = tickets.invited_until(session, ids)
    seen = people.last_seen(session, ids)
    views = []
    for user in users:
        state = state_of_person(user, user.id in come_in)
        until = invited.get(user.id) if state == "invited" else None
        shown = tuple(membership_view(row, name, moment.date()) for row, name in parts.get(user.id, ()))
        expired = state == "invited" and (until is None or until <= moment)
        views.append(
            PersonView(user.id, user.email, user.name, role_of(user), state, until, expired, shown, seen.get(user.id))
        )
    return views


def state_of_person(user: User, come_in: bool) -> PersonState:
    """active where the person has a password or has used a ticket, no_access where access was taken."""
    if not user.active:
        return "no_access"
    return "active" if user.password is not None or come_in else "invited"


def membership_view(row: Membership, name: str, today: date) -> MembershipView:
    when: MembershipTime = "present"
    if row.until is not None and row.until < today:
        when = "past"
    elif row.since > today:
        when = "coming"
    return MembershipView(row.id, row.city_id, name, row.role, row.since, row.until, when)


def matches_words(view: PersonView, words: str) -> bool:
    """Whether name, address and cities together have every word, accents and case aside."""
    text = fold_text(" ".join((view.name, view.email, *(part.city for part in view.parts))))
    return all(word in text for word in fold_text(words).split())
