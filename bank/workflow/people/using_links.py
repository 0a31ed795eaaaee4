"""Coming in by a link: looking at it changes nothing, its button opens the door once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from bank.catalogue import audit, people
from bank.catalogue.tables import Ticket, User
from bank.clock import now
from bank.errors import Fault, Faulty, Gone, Invalid
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, passwords, signing_in, tickets
from bank.workflow.people.tickets import EndedLink
from bank.workflow.rights import Role, actor_of

Door = Literal["invitation", "reset"]


class NotEmpty(Gone):
    """The link for the first administrator is for a bank without people."""

    code = "not_empty"
    sentence = N_("This bank has people already: sign in, or ask for an invitation.")


@dataclass(frozen=True, slots=True)
class Visit:
    """Whom a link is for, and until when."""

    email: str
    name: str
    role: Role
    cities: tuple[str, ...]
    """Names of the cities that the person speaks for or is going to."""
    ends: datetime


def look(bank: Bank, kind: Door, token: str) -> Visit:
    """Whom the link is for. Raises UnknownLink, UsedLink, EndedLink."""
    moment = now()
    with bank.database.reading() as session:
        ticket, user = opened(session, kind, token, moment)
        pairs = people.memberships_of(session, [user.id]).get(user.id, ())
        today = moment.date()
        named = [name for row, name in pairs if row.until is None or row.until >= today]
    return Visit(user.email, user.name, accounts.role_of(user), tuple(dict.fromkeys(named)), ticket.ends)


def opened(session: Session, kind: Door, token: str, moment: datetime) -> tuple[Ticket, User]:
    """The open ticket and its user, who has access. Raises UnknownLink, UsedLink, EndedLink."""
    ticket = tickets.found(session, kind, token, moment)
    user = session.get(User, ticket.user_id)
    if user is None or not user.active:
        raise EndedLink
    return ticket, user


def come_in(bank: Bank, kind: Door, token: str, password: str | None, source: str, replaced: str) -> str:
    """Uses the link up, keeps the password (None: none is wanted, and one that was there stays) and begins a session.

    A new password ends every other session. Raises UnknownLink, UsedLink, EndedLink, Busy, and Invalid for the
    password, which leaves the link as it was.
    """
    visit = look(bank, kind, token)
    kept = None
    if password is not None:
        passwords.expect_good(password, accounts.known_words(visit.email, visit.name))
        kept = passwords.hashed(password)
    moment = now()
    with bank.database.writing() as session:
        ticket, user = opened(session, kind, token, moment)
        tickets.take(session, ticket, moment)
        if kept is not None:
            user.password = kept
            accounts.shut_out(session, user.id)
        values = {"user": user.uid, "made_by": ticket.made_by, "password": kept is not None}
        audit.note(session, actor_of(user.id), f"use_{kind}", None, values)
        return signing_in.enter(session, user, source, replaced, moment)


def first_link(bank: Bank, actor: str) -> str | None:
    """A link by which the first administrator of a bank without people comes in, in place of older ones.

    None where the bank has people.
    """
    with bank.database.writing() as session:
        if people.somebody(session):
            return None
        token = tickets.make_link(session, "first", None, actor, now())
        audit.note(session, actor, "make_first", None, {})
    return bank.address(f"/first/{token}")


def look_first(bank: Bank, token: str) -> None:
    """Whether the link would make the first administrator. Raises NotEmpty, UnknownLink, UsedLink, EndedLink."""
    with bank.database.reading() as session:
        opened_first(session, token, now())


def opened_first(session: Session, token: str, moment: datetime) -> Ticket:
    ticket = tickets.found(session, "first", token, moment)
    if people.somebody(session):
        raise NotEmpty
    return ticket


def make_first_admin(bank: Bank, token: str, email: str, name: str, password: str, source: str) -> str:
    """Makes the first administrator, signed in. Raises NotEmpty, UnknownLink, UsedLink, EndedLink, Faulty, Busy."""
    look_first(bank, token)
    address, called = email.strip(), " ".join(name.split())
    faults = [*accounts.faults_of(address, called, "admin")]
    try:
        passwords.expect_good(password, accounts.known_words(address, called))
    except Invalid as error:
        faults.append(Fault("password", error.sentence, error.values))
    if faults:
        raise Faulty(faults)
    kept, moment = passwords.hashed(password), now()
    with bank.database.writing() as session:
        ticket = opened_first(session, token, moment)
        tickets.take(session, ticket, moment)
        user = accounts.new_user(address, called, "admin", kept, moment)
        session.add(user)
        session.flush()
        values = {"user": user.uid, "email": address, "name": called, "role": "admin", "cities": []}
        audit.note(session, actor_of(user.id), "add_user", None, values)
        return signing_in.enter(session, user, source, "", moment)
