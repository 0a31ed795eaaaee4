"""Signing in with an invitation or reset link: opening the page changes nothing, its button uses the link up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from bank.catalogue import audit, people
from bank.catalogue.tables import Ticket, User
from bank.clock import now
from bank.errors import Fault, Gone, Invalid, InvalidFields
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.essential import essential
from bank.workflow.people import accounts, passwords, signing_in, tickets
from bank.workflow.people.tickets import RevokedLink
from bank.workflow.rights import Role, actor_of

LinkKind = Literal["invitation", "reset"]


class BankNotEmpty(Gone):
    """The link for the first administrator is only for a bank without users."""

    code = "not_empty"
    sentence = N_("This bank has people already.")


@dataclass(frozen=True, slots=True)
class LinkView:
    """The person for whom a link is, and when it ends."""

    email: str
    name: str
    role: Role
    cities: tuple[str, ...]
    """Names of the cities that the person speaks for or is going to."""
    ends: datetime


def look_at_link(bank: Bank, kind: LinkKind, token: str) -> LinkView:
    """The person for whom the link is. Raises UnknownLink, UsedLink, EndedLink."""
    moment = now()
    with bank.database.reading() as session:
        ticket, user = expect_open_link(session, kind, token, moment)
        pairs = people.memberships_of(session, [user.id]).get(user.id, ())
        today = moment.date()
        named = [name for row, name in pairs if row.until is None or row.until >= today]
    return LinkView(user.email, user.name, accounts.role_of(user), tuple(dict.fromkeys(named)), ticket.ends)


def expect_open_link(session: Session, kind: LinkKind, token: str, moment: datetime) -> tuple[Ticket, User]:
    """The open ticket and its user, who has access. Raises UnknownLink, UsedLink, EndedLink."""
    ticket = tickets.expect_open_ticket(session, kind, token, moment)
    user = session.get(User, ticket.user_id)
    if user is None or not user.active:
        raise RevokedLink
    return ticket, user


@essential
def come_in(bank: Bank, kind: LinkKind, token: str, password: str | None, source: str, replaced: str) -> str:
    """Uses the link up, sets the password (None: leaves it as it is) and begins a session; its token.

    A new password ends every other session, and that of a reset link every API token too. Raises UnknownLink, UsedLink,
    EndedLink, Busy, and Invalid for the password, which leaves the link as it was.
    """
    visit = look_at_link(bank, kind, token)
    kept = None
    if password is not None:
        passwords.expect_good_password(password, accounts.guessable_words(visit.email, visit.name))
        kept = passwords.hash_password(password)
    moment = now()
    with bank.database.writing() as session:
        ticket, user = expect_open_link(session, kind, token, moment)
        tickets.take_ticket(session, ticket, moment)
        if kept is not None:
            user.password = kept
            end_access = accounts.end_all_access if kind == "reset" else accounts.end_sessions_and_tickets
            end_access(session, user.id)
        values = {"user": user.uid, "made_by": ticket.made_by, "password": kept is not None}
        audit.add_audit_row(session, actor_of(user.id), f"use_{kind}", None, values)
        return signing_in.write_sign_in(session, user, source, replaced, moment)


def make_first_link(bank: Bank, actor: str) -> str | None:
    """A link to make the first administrator of a bank without users, in place of older ones.

    None where the bank has users.
    """
    with bank.database.writing() as session:
        if people.has_any_user(session):
            return None
        token = tickets.make_link(session, "first", None, actor, now())
        audit.add_audit_row(session, actor, "make_first", None, {})
    return bank.address(f"/first/{token}")


def look_at_first_link(bank: Bank, token: str) -> None:
    """Checks that the link can make the first administrator.

    Raises BankNotEmpty, UnknownLink, UsedLink, EndedLink.
    """
    with bank.database.reading() as session:
        expect_open_first_link(session, token, now())


def expect_open_first_link(session: Session, token: str, moment: datetime) -> Ticket:
    ticket = tickets.expect_open_ticket(session, "first", token, moment)
    if people.has_any_user(session):
        raise BankNotEmpty
    return ticket


def make_first_admin(bank: Bank, token: str, email: str, name: str, password: str, source: str) -> str:
    """Makes the first administrator, signed in; the session's token.

    Raises BankNotEmpty, UnknownLink, UsedLink, EndedLink, InvalidFields, Busy.
    """
    look_at_first_link(bank, token)
    address, called = email.strip(), " ".join(name.split())
    faults = [*accounts.user_faults(address, called, "admin")]
    try:
        passwords.expect_good_password(password, accounts.guessable_words(address, called))
    except Invalid as error:
        faults.append(Fault("password", error.sentence, error.values))
    if faults:
        raise InvalidFields(faults)
    kept, moment = passwords.hash_password(password), now()
    with bank.database.writing() as session:
        ticket = expect_open_first_link(session, token, moment)
        tickets.take_ticket(session, ticket, moment)
        user = accounts.new_user(address, called, "admin", kept, moment)
        session.add(user)
        session.flush()
        values = {"user": user.uid, "email": address, "name": called, "role": "admin", "cities": []}
        audit.add_audit_row(session, actor_of(user.id), "add_user", None, values)
        return signing_in.write_sign_in(session, user, source, "", moment)
