"""Tickets: links and codes that can be used once.

Looking at one changes nothing; of concurrent uses one succeeds. Only the bearer knows the secret. The catalogue stores
the SHA-256 of a link's 256 bits; of a code of eight or ten digits, which could be guessed from that, it stores a hash
as slow as a password's.
"""

import re
import secrets
from datetime import datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bank.catalogue import tickets
from bank.catalogue.tables import Ticket, User
from bank.catalogue.tables.people import TICKET_KINDS
from bank.clock import day_in_zone
from bank.errors import Gone, NotFound
from bank.messages import N_
from bank.table_keys import expect_keys
from bank.workflow.people import passwords
from bank.workflow.people.sessions import SECRET_BYTES, token_digest

TicketKind = Literal["first", "invitation", "reset", "code"]
TICKET_LIFETIMES = {
    "first": timedelta(days=7),
    "invitation": timedelta(days=14),
    "reset": timedelta(hours=1),
    "code": timedelta(minutes=15),
}
expect_keys(TICKET_LIFETIMES, "the lifetimes of tickets", TICKET_KINDS)
expect_keys(dict.fromkeys(get_args(TicketKind)), "the kinds of tickets that the catalogue knows", TICKET_KINDS)
HANDED_CODE_LIFETIME = timedelta(minutes=30)
"""How long a code lives at least that a coordinator hands over."""
CODE_DIGITS = 8
LASTING_CODE_DIGITS = 10
"""Digits of a code that lives until the day ends: there is more time to guess it."""
MOST_CODE_TRIES = 5
LAST_MINUTE = time(23, 59)
UNUSED_TICKET_KEPT = timedelta(days=30)
"""How long an ended link that nobody used is stored, so that it can say that it has ended."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class UnknownLink(NotFound):
    """No ticket of that kind has this token."""

    code = "unknown_link"
    sentence = N_("This link is not complete.")


class UsedLink(Gone):
    """The link has been used already."""

    code = "used_link"
    sentence = N_("This link has been used already.")


class EndedLink(Gone):
    """The link's time is over, or it was ended."""

    code = "ended_link"
    sentence = N_("The time of this link is over.")


class RevokedLink(EndedLink):
    """The link was ended before its time: a newer one took its place, or the access was taken."""

    code = "revoked_link"
    sentence = N_("This link was replaced by a newer one, or taken back.")


def make_link(session: Session, kind: TicketKind, user: User | None, actor: str, moment: datetime) -> str:
    """Makes a link's token in the caller's transaction and ends older links of its kind.

    The token is returned once and not stored.
    """
    token = secrets.token_urlsafe(SECRET_BYTES)
    write_ticket(session, kind, user, token_digest(token), actor, moment)
    return token


def draw_code(lasting: bool = False) -> str:
    """Random digits: eight, or ten for a code that lives until the day ends."""
    digits = LASTING_CODE_DIGITS if lasting else CODE_DIGITS
    return f"{secrets.randbelow(10**digits):0{digits}}"


def handed_code_end(moment: datetime, zone: ZoneInfo, until_night: bool) -> datetime:
    """When a code that is handed over ends: at 23:59 of the day in `zone`, or in half an hour, if that is later."""
    soon = moment + HANDED_CODE_LIFETIME
    if not until_night:
        return soon
    night = datetime.combine(day_in_zone(moment, zone), LAST_MINUTE, zone)
    return max(soon, night.astimezone(moment.tzinfo))


def code_digest(code: str, uid: str, created: datetime) -> str:
    """The hash of a code as the catalogue stores it. Raises Busy."""
    return passwords.stretch_secret(code, f"{uid} {created.isoformat()}")


def write_ticket(
    session: Session,
    kind: TicketKind,
    user: User | None,
    digest: str,
    actor: str,
    moment: datetime,
    ends: datetime | None = None,
) -> None:
    """Adds the row of a new ticket, and ends the older ones of its kind. `ends` None: as long as its kind lives."""
    user_id = user.id if user is not None else None
    tickets.sweep_tickets(session, moment - UNUSED_TICKET_KEPT)
    tickets.end_tickets(session, user_id, [kind], moment)
    ends = ends or moment + TICKET_LIFETIMES[kind]
    session.add(Ticket(kind=kind, digest=digest, user_id=user_id, made_by=actor, created=moment, ends=ends))


def expect_open_ticket(session: Session, kind: TicketKind, token: str, moment: datetime) -> Ticket:
    """The open ticket of a token, unchanged. Raises UnknownLink, UsedLink, EndedLink."""
    ticket = tickets.ticket_with_digest(session, kind, token_digest(token)) if _TOKEN.fullmatch(token) else None
    if ticket is None:
        raise UnknownLink
    if ticket.used is not None:
        raise UsedLink
    if ticket.ends <= moment:
        raise RevokedLink if ticket.ends < ticket.created + TICKET_LIFETIMES[kind] else EndedLink
    return ticket


def take_ticket(session: Session, ticket: Ticket, moment: datetime) -> None:
    """Marks the ticket as used in the caller's transaction. Raises UsedLink for all but one of concurrent uses."""
    if not tickets.use_up_ticket(session, ticket.id, moment):
        raise UsedLink
