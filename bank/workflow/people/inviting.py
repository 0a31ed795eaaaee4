"""Inviting people, and their memberships: which city they speak for, from which day to which.

Whether the caller may do this is checked in `people/desk`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from bank.catalogue import audit, people, places
from bank.catalogue.tables import Membership
from bank.catalogue.tables.people import CITY_ROLES
from bank.clock import now
from bank.errors import Conflict, Fault, Invalid, InvalidFields, NotFound
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, sending_links
from bank.workflow.people.sending_links import HandedTicket

EDITOR_NEEDS_CITY = N_("An editor speaks for a city: choose which.")
NO_SUCH_CITY = N_("There is no such city.")
NO_CITY_ROLE = N_("Say whether the person is the city's liaison or its director.")
LAST_DAY_BEFORE_FIRST = N_("The last day is before the first.")
SPEAKS_FOR_CITY_ALREADY = N_("The person already speaks for this city in that time.")


class AlreadyInvited(Conflict):
    """There is such an account already; `user_id` is its id."""

    code = "invited"
    sentence = N_("There is a user {email} already.")

    def __init__(self, email: str, user_id: int) -> None:
        super().__init__(email=email)
        self.user_id = user_id


@dataclass(frozen=True, slots=True)
class NewMembership:
    """Speaking for a city, as liaison or director; both days are included, `until` None is without end."""

    city_id: str
    role: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Invitee:
    """The person to be invited."""

    email: str
    role: str
    name: str = ""
    parts: Sequence[NewMembership] = ()


def invite_user(bank: Bank, actor: str, wanted: Invitee, language: str) -> HandedTicket:
    """Makes the account, without a password, and its invitation.

    Raises InvalidFields with a fault for each field, AlreadyInvited for an address that has an account; WrongState and
    Busy as `hand_ticket_over`.
    """
    address, name, moment = wanted.email.strip(), " ".join(wanted.name.split()), now()
    with bank.database.writing() as session:
        there = people.find_user_by_address(session, accounts.fold_address(address))
        if there is not None:
            raise AlreadyInvited(address, there.id)
        if faults := [*invitee_faults(session, address, name, wanted)]:
            raise InvalidFields(faults)
        user = accounts.new_user(address, name, wanted.role, None, moment)
        session.add(user)
        session.flush()
        session.add_all(membership_row(user.id, part) for part in wanted.parts)
        cities = sorted(part.city_id for part in wanted.parts)
        values = {"user": user.uid, "email": address, "name": name, "role": wanted.role, "cities": cities}
        audit.add_audit_row(session, actor, "invite", None, values)
    return sending_links.hand_ticket_over(bank, actor, user.id, "invitation", language)


def invitee_faults(session: Session, address: str, name: str, wanted: Invitee) -> Iterator[Fault]:
    """Faults of the invitation, in the order of the form."""
    yield from accounts.user_faults(address, name, wanted.role)
    if wanted.role == "editor" and not wanted.parts:
        yield Fault("city", EDITOR_NEEDS_CITY)
    for part in wanted.parts:
        yield from membership_faults(session, part)


def membership_faults(session: Session, part: NewMembership) -> Iterator[Fault]:
    city = places.find_city(session, part.city_id)
    if city is None or city.merged_into is not None:
        yield Fault("city", NO_SUCH_CITY)
    if part.role not in CITY_ROLES:
        yield Fault("part", NO_CITY_ROLE)
    if part.until is not None and part.until < part.since:
        yield Fault("until", LAST_DAY_BEFORE_FIRST)


def membership_row(user_id: int, part: NewMembership) -> Membership:
    return Membership(user_id=user_id, city_id=part.city_id, role=part.role, since=part.since, until=part.until)


def write_new_membership(bank: Bank, actor: str, user_id: int, part: NewMembership) -> None:
    """Has the user speak for one more city. Raises InvalidFields, and NotFound for the user."""
    with bank.database.writing() as session:
        user = accounts.expect_user(session, user_id)
        faults = [*membership_faults(session, part)]
        rows = people.memberships_of(session, [user_id]).get(user_id, ())
        if not faults and any(memberships_overlap(row, part) for row, _ in rows):
            faults = [Fault("city", SPEAKS_FOR_CITY_ALREADY)]
        if faults:
            raise InvalidFields(faults)
        session.add(membership_row(user_id, part))
        values = {"user": user.uid, "city": part.city_id, "role": part.role, "since": part.since, "until": part.until}
        audit.add_audit_row(session, actor, "add_membership", None, values)


def memberships_overlap(row: Membership, part: NewMembership) -> bool:
    """Whether the two are for the same city and share a day."""
    before = part.until is not None and part.until < row.since
    after = row.until is not None and row.until < part.since
    return row.city_id == part.city_id and not (before or after)


def write_membership_end(bank: Bank, actor: str, user_id: int, membership_id: int, last: date | None) -> None:
    """Ends a membership after the day `last`; with None it ended yesterday. Raises NotFound, Invalid."""
    yesterday = now().date() - timedelta(days=1)
    with bank.database.writing() as session:
        user = accounts.expect_user(session, user_id)
        row = session.get(Membership, membership_id)
        if row is None or row.user_id != user_id:
            raise NotFound
        if last is not None and last < row.since:
            raise Invalid(LAST_DAY_BEFORE_FIRST)
        day = last or min(yesterday, row.until or yesterday)
        row.until = day
        values = {"user": user.uid, "city": row.city_id, "since": row.since, "until": day}
        audit.add_audit_row(session, actor, "end_membership", None, values)
