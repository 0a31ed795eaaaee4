"""What an entry still needs before it can be handed in or published, and how complete it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Acceptance, File, Image
from bank.errors import Fault
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.deposits.values import field_specs, field_values, is_empty_value
from bank.workflow.entries.completeness import NEEDED_FIELDS, missing_fields
from bank.workflow.people.accounts import fold_address

RIGHTS_NOT_EVALUATED = "not-evaluated"
"""The licence with which a file is listed and its original is held back."""
READ_STATUSES = ("read", "warning")
"""Statuses of a file that was read."""
FORM_FIELD_OF = {"theme": "themes", "primary_principle": "principles"}
"""Name among the eight needed fields -> id of the form's field where it is filled in."""
MISSING_FIELD_MESSAGES = {
    "title": N_("Write a title."),
    "city": N_("Choose the city that leads."),
    "start_year": N_("Write the year in which it began."),
    "summary": N_("Write a summary of a few lines."),
    "theme": N_("Choose a theme at least."),
    "primary_principle": N_("Choose the main principle."),
    "contact": N_("Write an institutional contact: a post and its mailbox."),
    "licence": N_("Choose the licence of the files."),
}
WRONG_MAILBOX = N_("“{mailbox}” is no mail address: write the mailbox of the office.")
FILE_STILL_READING = N_("“{name}” is still being read. Try again in a moment.")
FILE_REFUSED = N_("“{name}” could not be taken. Remove it, or send it in another form.")
SAY_WHO_IS_SHOWN = N_("Say whether people can be recognised in “{name}”.")
SAY_WHERE_CONSENTS_ARE = N_("“{name}” shows minors: write where the city keeps their families' consents.")
NO_IMAGE_TEXT = N_("Describe the picture “{name}” for those who can't see it.")
NO_IMAGE_LICENCE = N_("Choose the licence of the picture “{name}”.")
NO_IMAGE_AUTHOR = N_("Write who made the picture “{name}”.")
ACCEPT_AGREEMENT = N_("Accept the agreement for this deposit.")


def entry_faults(bank: Bank, session: Session, rows: EntryRows) -> list[Fault]:
    """Everything that keeps the entry from being published, in the order of the form."""
    return [*missing_field_faults(rows), *faults_of_files(rows), *faults_of_images(session, rows.entry.id)]


def missing_field_faults(rows: EntryRows) -> Iterator[Fault]:
    """A fault for each of the eight needed fields that is empty, and for a contact without a mail address."""
    lacking = missing_fields(rows)
    for name in lacking:
        yield Fault(FORM_FIELD_OF.get(name, name), MISSING_FIELD_MESSAGES[name])
    contact = rows.entry.fields.get("contact")
    if "contact" not in lacking and isinstance(contact, dict) and not fold_address(str(contact.get("mailbox"))):
        yield Fault("contact.mailbox", WRONG_MAILBOX, {"mailbox": str(contact.get("mailbox"))[:80]})


def faults_of_files(rows: EntryRows) -> Iterator[Fault]:
    """What the files lack.

    A file with a purpose is seen by the network only, so who can be recognised in it is not asked.
    """
    for file in rows.files:
        yield from faults_of_file(file)


def faults_of_file(file: File) -> Iterator[Fault]:
    """What one file lacks."""
    place, values = f"files.{file.number}", {"name": file.name}
    if file.status == "pending":
        yield Fault(place, FILE_STILL_READING, values)
    elif file.status == "refused":
        yield Fault(place, FILE_REFUSED, values)
    elif not file.purpose:
        yield from people_faults(place, file, values)


def people_faults(place: str, shown: File | Image, values: dict[str, str]) -> Iterator[Fault]:
    """Faults where it is not said who can be recognised, or for minors where their consents are kept."""
    if shown.people is None:
        yield Fault(f"{place}.people", SAY_WHO_IS_SHOWN, values)
    elif shown.people == "minors" and not shown.consents.strip():
        yield Fault(f"{place}.consents", SAY_WHERE_CONSENTS_ARE, values)


def faults_of_images(session: Session, number: int) -> Iterator[Fault]:
    """What its pictures lack."""
    for image in session.scalars(select(Image).where(Image.entry_id == number).order_by(Image.number)):
        yield from faults_of_image(image)


def faults_of_image(image: Image) -> Iterator[Fault]:
    """What one picture lacks."""
    place, values = f"images.{image.number}", {"name": image.name}
    if is_empty_value(image.texts):
        yield Fault(f"{place}.text", NO_IMAGE_TEXT, values)
    if not image.author.strip():
        yield Fault(f"{place}.author", NO_IMAGE_AUTHOR, values)
    if not image.licence:
        yield Fault(f"{place}.licence", NO_IMAGE_LICENCE, values)
    yield from people_faults(place, image, values)


def file_may_be_shown(file: File) -> bool:
    """Whether everybody may have the original: it was read, its licence allows it, who is in it was answered."""
    licensed = file.licence is not None and file.licence != RIGHTS_NOT_EVALUATED
    return licensed and file.status in READ_STATUSES and not any(faults_of_file(file))


def image_may_be_shown(image: Image) -> bool:
    """Whether everybody may see a picture of a published entry."""
    return image.licence != RIGHTS_NOT_EVALUATED and not any(faults_of_image(image))


def public_faults(bank: Bank, session: Session, rows: EntryRows) -> list[Fault]:
    """All faults of a published entry, and one for each public file without a licence. An edit may add none."""
    bare = (file for file in rows.files if not file.purpose and not file.licence)
    return [
        *entry_faults(bank, session, rows),
        *(
            Fault(f"files.{file.number}.licence", MISSING_FIELD_MESSAGES["licence"], {"name": file.name})
            for file in bare
        ),
    ]


def has_accepted_agreement(session: Session, number: int, agreement: str) -> bool:
    """Whether somebody has accepted that version of the agreement for the entry."""
    query = select(Acceptance.id).where(Acceptance.entry_id == number, Acceptance.agreement == agreement)
    return session.scalar(query.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class CompletenessMeter:
    """How complete an entry is.

    `needed`: the eight fields that publishing asks for; `fields`: the public ones of its kind; `criteria` maps a
    criterion's id to (fields filled, fields that speak for it).
    """

    needed: int
    needed_filled: int
    fields: int
    filled: int
    criteria: dict[str, tuple[int, int]]


def measure_completeness(bank: Bank, session: Session, rows: EntryRows) -> CompletenessMeter:
    """Counts the fields of the entry's kind that are filled in."""
    values = field_values(session, bank.vocabulary, rows)
    asked = [spec for spec in field_specs(bank.vocabulary, rows.entry.kind).values() if spec.visible == "public"]
    lacking = {fault.name for fault in missing_field_faults(rows)}
    return CompletenessMeter(
        needed=len(NEEDED_FIELDS),
        needed_filled=len(NEEDED_FIELDS) - len(lacking),
        fields=len(asked),
        filled=sum(not is_empty_value(values[spec.id]) for spec in asked),
        criteria={
            criterion.id: (sum(not is_empty_value(values.get(id)) for id in criterion.fields), len(criterion.fields))
            for criterion in bank.vocabulary.criteria
        },
    )
