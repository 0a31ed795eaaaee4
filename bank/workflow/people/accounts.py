"""Accounts: rules for addresses, names and roles, and what the operator does with them.

The operator adds users, sets passwords, takes and gives back access. Inviting and the people desk build on this.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args

from sqlalchemy.orm import Session

from bank.catalogue import audit, people, places, tickets, tokens
from bank.catalogue.tables import Membership, User
from bank.catalogue.tables.people import USER_ROLES
from bank.clock import new_uid, now
from bank.errors import Conflict, Fault, Invalid, NotFound
from bank.messages import N_
from bank.table_keys import expect_keys
from bank.workflow.bank import Bank
from bank.workflow.essential import essential
from bank.workflow.people import passwords
from bank.workflow.rights import Role

KNOWN_ROLES: tuple[Role, ...] = get_args(Role)
expect_keys(dict.fromkeys(KNOWN_ROLES), "the roles that the catalogue knows", USER_ROLES)
SIGN_IN_TICKETS = ("invitation", "reset", "code")
"""Kinds of tickets with which somebody signs in."""
LONGEST_MAIL_ADDRESS = 254
LONGEST_PERSON_NAME = 120

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
MAIL_ADDRESS_PATTERN = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})*")
"""What browsers accept as an address (https://html.spec.whatwg.org/#valid-e-mail-address)."""


@dataclass(frozen=True, slots=True)
class AccountView:
    """A user as the operator sees one; `cities` are those the user speaks for today."""

    email: str
    name: str
    role: Role
    active: bool
    cities: tuple[str, ...]


def fold_address(email: str) -> str:
    """The form in which addresses are compared: trimmed, in lower case; empty for what is no address."""
    address = email.strip()
    return address.lower() if len(address) <= LONGEST_MAIL_ADDRESS and MAIL_ADDRESS_PATTERN.fullmatch(address) else ""


def expect_addable_user(bank: Bank, email: str, role: str, name: str, cities: Sequence[str]) -> None:
    """Raises those failures of `add_user` that don't depend on the password: Invalid, Conflict, NotFound.

    Asked before a password is typed.
    """
    expect_sound_user(email, role, name, cities)
    with bank.database.reading() as session:
        expect_new_address(session, email, cities)


def add_user(
    bank: Bank, email: str, role: str, password: str, *, name: str = "", cities: Sequence[str] = (), actor: str
) -> None:
    """Adds a user who can sign in at once.

    Raises Invalid, Conflict for an address that a user has, NotFound for a city.
    """
    address, name, moment = email.strip(), " ".join(name.split()), now()
    expect_sound_user(address, role, name, cities)
    passwords.expect_good_password(password, guessable_words(address, name))
    kept = passwords.hash_password(password)
    with bank.database.writing() as session:
        expect_new_address(session, address, cities)
        user = new_user(address, name, role, kept, moment)
        session.add(user)
        session.flush()
        session.add_all(Membership(user_id=user.id, city_id=id, since=moment.date()) for id in dict.fromkeys(cities))
        values = {"user": user.uid, "email": address, "name": name, "role": role, "cities": sorted(cities)}
        audit.add_audit_row(session, actor, "add_user", None, values)


def new_user(address: str, name: str, role: str, kept: str | None, moment: datetime) -> User:
    """The row of a new user; `kept` is the password's hash."""
    return User(
        uid=new_uid(moment),
        email=address,
        folded=fold_address(address),
        name=name,
        role=role,
        password=kept,
        created=moment,
    )


def role_of(user: User) -> Role:
    """The user's role, typed."""
    return cast(Role, user.role)


def expect_sound_user(address: str, role: str, name: str, cities: Sequence[str]) -> None:
    """Raises Invalid for an address, role or name that can't be taken, and for an editor without a city."""
    expect_address(address)
    expect_role(role)
    expect_person_name(name)
    if role == "editor" and not cities:
        raise Invalid(N_("An editor speaks for a city: name one with --city."))


def expect_address(address: str) -> None:
    """Raises Invalid for what is no mail address."""
    if not address:
        raise Invalid(N_("Write the mail address."))
    if not fold_address(address):
        raise Invalid(N_("{email} is no mail address."), email=address)


def expect_role(role: str) -> None:
    """Raises Invalid for what is no role."""
    if role not in KNOWN_ROLES:
        raise Invalid(N_("There is no role {role}. Known roles: {known}."), role=role, known=", ".join(KNOWN_ROLES))


def expect_person_name(name: str) -> None:
    """Raises Invalid for what can't be a person's name."""
    if len(name) > LONGEST_PERSON_NAME or not name.isprintable():
        raise Invalid(N_("That can't be a name."))


def user_faults(address: str, name: str, role: str) -> Iterator[Fault]:
    """Faults of a new user's address, name and role."""
    checks = (("email", expect_address, address), ("name", expect_person_name, name), ("role", expect_role, role))
    for field, expect, value in checks:
        try:
            expect(value)
        except Invalid as error:
            yield Fault(field, error.sentence, error.values)


def guessable_words(email: str, name: str) -> set[str]:
    """Words from address and name that anybody would try first as this user's password."""
    local, _, domain = email.partition("@")
    return {email, local, domain, domain.partition(".")[0], name, name.replace(" ", ""), *name.split()}


def expect_new_address(session: Session, address: str, cities: Sequence[str]) -> None:
    """Raises Conflict for an address that a user has, NotFound for a city that isn't there."""
    if people.find_user_by_address(session, fold_address(address)) is not None:
        raise Conflict(N_("There is a user {email} already."), email=address)
    for id in cities:
        if places.find_city(session, id) is None:
            raise NotFound(N_("There is no city {id}."), id=id)


@essential
def reset_password(bank: Bank, email: str, password: str, *, actor: str) -> None:
    """Gives a user another password and ends every session, link, code and token.

    Raises NotFound for the user, Invalid for the password.
    """
    with bank.database.reading() as session:
        user = expect_user_by_address(session, email)
    passwords.expect_good_password(password, guessable_words(user.email, user.name))
    kept = passwords.hash_password(password)
    with bank.database.writing() as session:
        user = expect_user_by_address(session, email)
        user.password = kept
        ended = end_all_access(session, user.id)
        audit.add_audit_row(session, actor, "change_password", None, {"user": user.uid, "tokens": ended})


@essential
def set_account_active(bank: Bank, email: str, active: bool, *, actor: str) -> None:
    """Gives or takes access. Either ends every session and token, and every open invitation, reset link and code.

    Raises NotFound.
    """
    with bank.database.writing() as session:
        set_access(session, expect_user_by_address(session, email), active, actor)


def set_access(session: Session, user: User, active: bool, actor: str) -> None:
    """Gives or takes access in the caller's transaction; either ends sessions, links, codes and tokens."""
    user.active = active
    values = {"user": user.uid, "tokens": end_all_access(session, user.id)}
    audit.add_audit_row(session, actor, "enable_user" if active else "disable_user", None, values)


def end_sessions_and_tickets(session: Session, user_id: int) -> None:
    """Ends every session of a user, and every open link and code."""
    moment = now()
    people.end_sessions_of_user(session, user_id, moment)
    tickets.end_tickets(session, user_id, SIGN_IN_TICKETS, moment)


def end_all_access(session: Session, user_id: int) -> int:
    """Ends every session, open link and code of a user, and every API token; how many tokens."""
    end_sessions_and_tickets(session, user_id)
    return tokens.end_tokens_of_user(session, user_id, now())


def user_id_of_address(bank: Bank, email: str) -> int:
    """The id of the user with that address. Raises NotFound."""
    with bank.database.reading() as session:
        return expect_user_by_address(session, email).id


def expect_user_by_address(session: Session, email: str) -> User:
    """The user of an address, however it is written. Raises NotFound."""
    user = people.find_user_by_address(session, fold_address(email))
    if user is None:
        raise NotFound(N_("There is no user {email}."), email=email.strip())
    return user


def expect_user(session: Session, user_id: int) -> User:
    """The user with that id. Raises NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def list_accounts(bank: Bank) -> Sequence[AccountView]:
    """Every user, by address."""
    with bank.database.reading() as session:
        users = people.all_users(session)
        cities = people.cities_of_users(session, [user.id for user in users], now().date())
    return [AccountView(user.email, user.name, role_of(user), user.active, cities.get(user.id, ())) for user in users]
