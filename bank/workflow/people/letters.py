"""The letters that go with an invitation, a reset link or a code: subject and plain text.

The caller names the language: of who made the link, or of who asked on the page; nothing is known of the receiver's.
The same text is mailed, shared or handed over.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from bank.clock import day_in_zone, in_zone
from bank.messages import N_, say, say_many
from bank.table_keys import expect_keys
from bank.workflow.people.tickets import TICKET_LIFETIMES, TicketKind

LETTER_SUBJECTS = {
    "invitation": N_("Your invitation to the bank of good practices"),
    "reset": N_("A new password for the bank of good practices"),
    "code": N_("Your code for the bank of good practices"),
}
LETTER_BODIES = {
    "invitation": N_(
        "{greeting}\n\nthis is your invitation to the bank of good practices ({network}). Open this link, choose how "
        "you want to sign in, and press the button:\n\n{secret}\n\nYour mail address for signing in: {email}\n"
        "The link is for you alone; it works once, until {day}.\n\nWelcome!"
    ),
    "reset": N_(
        "{greeting}\n\nopen this link and choose a new password for the bank of good practices:\n\n{secret}\n\n"
        "It works once, until {until}. With the new password you are signed out everywhere else, and your tokens for "
        "programs end. If you did not ask for it, you need not do anything: your password stays."
    ),
    "code": N_(
        "{greeting}\n\nyour code for signing in to the bank of good practices: {secret}\n\nWrite it at {place}\n"
        "It works once, until {until}. Give it to nobody; if you did not ask for it, you need not do anything."
    ),
}
expect_keys(LETTER_SUBJECTS, "the subjects of letters", TICKET_LIFETIMES.keys() - {"first"})
expect_keys(LETTER_BODIES, "the texts of letters", LETTER_SUBJECTS)
GREETING_BY_NAME, GREETING_WITHOUT_NAME = N_("Hello {name},"), N_("Hello,")


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a plain text."""

    subject: str
    body: str


def write_letter(
    kind: TicketKind,
    language: str,
    *,
    network: str,
    name: str,
    email: str,
    secret: str,
    place: str,
    ends: datetime,
    zone: ZoneInfo,
) -> Letter:
    """The letter of an invitation, a reset link or a code, in `language`.

    `secret` is the link or the code, `place` the address of the page where a code is written, `ends` when it ends, told
    in the time zone `zone`.
    """
    body = say(
        LETTER_BODIES[kind],
        language,
        greeting=say(GREETING_BY_NAME, language, name=name) if name else say(GREETING_WITHOUT_NAME, language),
        network=network,
        email=email,
        secret=secret,
        place=place,
        day=format_date(day_in_zone(ends, zone), "long", locale=language),
        until=until_moment(ends, zone, language),
    )
    return Letter(say(LETTER_SUBJECTS[kind], language), body + "\n")


def until_moment(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """A moment after the word until: ``23:59 on 3 May 2026``; the hour in `zone`, which the bank's people share."""
    day = format_date(day_in_zone(moment, zone), "long", locale=language)
    hour = format_time(in_zone(moment, zone).time(), "HH:mm", locale=language)
    ones = 1 if hour.startswith("01") else 2  # in Spanish and Portuguese the hour of one is a singular
    return say_many("{hour} on {day}", "{hour} on {day}", ones, language, hour=hour, day=day)
