"""Makes links and codes for somebody: shown once, and mailed where the bank sends mails."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from bank.catalogue import audit
from bank.catalogue.tables import User
from bank.clock import now
from bank.errors import NotFound, WrongState
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.people import mailing, tickets
from bank.workflow.people.letters import Letter, write_letter
from bank.workflow.rights import actor_of

HandableTicket = Literal["invitation", "reset", "code"]
CodeLifetime = Literal["asked", "soon", "day"]
"""Of a code: mailed to who asked for it; handed over for half an hour; handed over until the day ends."""
CODE_PAGE = "/login/code"
PERSON_WITHOUT_ACCESS = N_("This person has no access. Give it back first.")


@dataclass(frozen=True, slots=True)
class HandedTicket:
    """What was made, to be shown once. `mailed` is None where no mails are sent, False where the mail failed."""

    kind: HandableTicket
    user_id: int
    email: str
    name: str
    secret: str = field(repr=False)
    ends: datetime
    letter: Letter = field(repr=False)
    mailed: bool | None = None


def hand_ticket_over(
    bank: Bank, actor: str, user_id: int, kind: HandableTicket, language: str, lifetime: CodeLifetime = "asked"
) -> HandedTicket:
    """Makes a link or a code for a user, in place of older ones of its kind, and mails it where mails are sent.

    `lifetime` is that of a code; a link has its own.
    Raises NotFound for the user, WrongState for one without access, Busy.
    """
    made = make_ticket(bank, actor, user_id, kind, language, lifetime)
    if bank.settings.mail_url is None:
        return made
    mailed = mailing.send_mail(bank, made.email, made.letter.subject, made.letter.body)
    return HandedTicket(made.kind, made.user_id, made.email, made.name, made.secret, made.ends, made.letter, mailed)


def make_ticket(
    bank: Bank, actor: str, user_id: int, kind: HandableTicket, language: str, lifetime: CodeLifetime
) -> HandedTicket:
    """Makes the ticket and its letter, without mailing it; raises as `hand_ticket_over`."""
    moment = now()
    with bank.database.reading() as session:
        uid = expect_active_user(session, user_id).uid
    # Hashing a code takes long: not inside the writing transaction.
    code = tickets.draw_code(lifetime == "day") if kind == "code" else ""
    digest = tickets.code_digest(code, uid, moment) if code else ""
    ends = moment + tickets.TICKET_LIFETIMES[kind]
    if code and lifetime != "asked":
        ends = tickets.handed_code_end(moment, bank.settings.zone, lifetime == "day")
    with bank.database.writing() as session:
        user = expect_active_user(session, user_id)
        if code:
            tickets.write_ticket(session, kind, user, digest, actor, moment, ends)
            secret = f"{code[: len(code) // 2]} {code[len(code) // 2 :]}"
        else:
            secret = bank.address(f"/{kind}/{tickets.make_link(session, kind, user, actor, moment)}")
        audit.add_audit_row(session, actor, f"make_{kind}", None, {"user": user.uid})
    text = write_letter(
        kind,
        language,
        network=bank.settings.network_name,
        name=user.name,
        email=user.email,
        secret=secret,
        place=bank.address(CODE_PAGE),
        ends=ends,
        zone=bank.settings.zone,
    )
    return HandedTicket(kind, user.id, user.email, user.name, secret, ends, text)


def expect_active_user(session: Session, user_id: int) -> User:
    """The user, who has access. Raises NotFound, WrongState."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    if not user.active:
        raise WrongState(PERSON_WITHOUT_ACCESS)
    return user


def mail_asked_ticket(bank: Bank, user_id: int, kind: HandableTicket, language: str) -> None:
    """Makes and mails the ticket that the user asked for; silent where there is no such active account."""
    try:
        hand_ticket_over(bank, actor_of(user_id), user_id, kind, language)
    except (NotFound, WrongState):
        return  # nobody is told that there is no such account
