"""Letters about an entry's last step: a decision is mailed to its city, what was handed in to the coordinators.

Mails are in the bank's own language (BANK_LANGUAGE), whoever reads them; a page may show the letter in its own.
"""

from collections.abc import Sequence
from urllib.parse import quote

from sqlalchemy.orm import Session

from bank.catalogue import entries, people
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Step
from bank.clock import now
from bank.languages import best_text
from bank.messages import N_, say
from bank.table_keys import expect_keys
from bank.workflow.bank import Bank
from bank.workflow.entries.steps import steps_of
from bank.workflow.people import mailing
from bank.workflow.people.letters import Letter
from bank.workflow.rights import RIGHTS, Viewer

NOTICE_SUBJECTS = {
    "return": N_("With remarks: {title}"),
    "publish": N_("Published: {title}"),
    "withdraw": N_("Withdrawn: {title}"),
    "submit": N_("To be reviewed: {title}"),
}
NOTICE_BODIES = {
    "return": N_(
        "Hello,\n\nyour entry “{title}” came back with remarks:\n\n{remarks}\n\n"
        "Change what is needed and send it again: {place}"
    ),
    "publish": N_("Hello,\n\nyour entry “{title}” is public now. Thank you! Share it: {place}"),
    "withdraw": N_("Hello,\n\nthe entry “{title}” has been withdrawn.\n\n{remarks}\n\n{place}"),
    "submit": N_("Hello,\n\n“{title}” waits for your review: {place}"),
}
expect_keys(NOTICE_BODIES, "the texts of notices", NOTICE_SUBJECTS)
NOTICE_PATHS = {"return": "/deposits/{id}", "publish": "/entries/{id}", "submit": "/review/{id}"}
WHATSAPP_ADDRESS = "https://wa.me/?text="
LONGEST_NOTICE_TITLE = 120


def last_step_notice(bank: Bank, number: int, language: str) -> Letter | None:
    """The letter about the entry's last step, in `language`; None where that is no act of NOTICE_SUBJECTS."""
    with bank.database.reading() as session:
        rows, step = last_step(session, number)
        return write_notice(bank, rows, step, language) if rows and step and step.act in NOTICE_SUBJECTS else None


def write_notice(bank: Bank, rows: EntryRows, step: Step, language: str) -> Letter:
    """The letter about a step of the entry: a subject in one line, and a text."""
    title = best_text(rows.titles, language, rows.entry.language, bank.settings.language)[1]
    title = " ".join(title.split())[:LONGEST_NOTICE_TITLE]
    title = "".join(letter for letter in title if letter.isprintable()) or say(N_("without title"), language)
    left = "/entries/{id}" if rows.entry.published else "/deposits/{id}"
    place = bank.address(NOTICE_PATHS.get(step.act, left).format(id=rows.entry.id))
    body = say(NOTICE_BODIES[step.act], language, title=title, remarks=step.remarks, place=place)
    return Letter(say(NOTICE_SUBJECTS[step.act], language, title=title), body + "\n")


def share_link(letter: Letter) -> str:
    """A link that opens WhatsApp with the text, to be sent to whomever one chooses."""
    return WHATSAPP_ADDRESS + quote(letter.body, safe="")


def last_step(session: Session, number: int) -> tuple[EntryRows | None, Step | None]:
    """The entry's rows and its last step; None for what there is not."""
    steps = steps_of(session, [number])[number]
    return entries.load_entries_where(session, [number]).get(number), steps[-1] if steps else None


def tell_city(bank: Bank, number: int, by: Viewer | None) -> None:
    """Mails the entry's last step to the others who speak for its leading city today, where the bank sends mails."""
    if bank.settings.mail_url is None:
        return
    with bank.database.reading() as session:
        rows, _ = last_step(session, number)
        users = [user for user in people.all_users(session) if user.active and (by is None or user.id != by.id)]
        cities = people.cities_of_users(session, [user.id for user in users], now().date())
        leading = rows.cities[0].id if rows is not None and rows.cities else ""
        addresses = [user.email for user in users if leading in cities.get(user.id, ())]
    mail_notice(bank, number, addresses)


def tell_coordinators(bank: Bank, number: int) -> None:
    """Mails the entry's last step to all active users who may review, where the bank sends mails."""
    if bank.settings.mail_url is None:
        return
    with bank.database.reading() as session:
        users = people.all_users(session)
        addresses = [user.email for user in users if user.active and user.role in RIGHTS["review"]]
    mail_notice(bank, number, addresses)


def mail_notice(bank: Bank, number: int, addresses: Sequence[str]) -> None:
    """Queues a mail about the entry's last step to each of the addresses."""
    found = last_step_notice(bank, number, bank.settings.language)
    for address in addresses:
        if found is not None:
            mailing.send_mail_later(bank, address, found.subject, found.body)
