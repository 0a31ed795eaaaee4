"""What was altered behind the bank's back, told in sentences: entries, texts of files, people, cities, events."""

from collections.abc import Mapping

from sqlalchemy import func, select

from bank.catalogue import sqlite
from bank.catalogue.seals.committing import SEAL_ACT
from bank.catalogue.seals.layout import UNSEALED_TABLES
from bank.catalogue.seals.renewing import RENEWING_ACTOR
from bank.catalogue.seals.verifying import Alteration, AlterationKind, SealedThing, alterations
from bank.catalogue.tables import Audit
from bank.clock import day_in_zone
from bank.messages import N_, say, say_many
from bank.workflow.bank import Bank

ALTERATION_SENTENCES: Mapping[tuple[SealedThing, AlterationKind], str] = {
    ("seals", "altered"): N_(
        "What the bank notes of its seals was changed by something other than the bank. A backup has it as it was: "
        "`bank restore FILE --into FOLDER`."
    ),
    ("schema", "altered"): N_(
        "The description of the tables in the database was changed by something other than the bank. A backup has them "
        "as they were: `bank restore FILE --into NEW-FOLDER`."
    ),
    ("entry", "altered"): N_(
        "Entry {id} ({name}) was changed by something other than the bank. A backup has it as it was: "
        "`bank restore FILE --into NEW-FOLDER`."
    ),
    ("entry", "added"): N_("Entry {id} ({name}) was added by something other than the bank."),
    ("entry", "gone"): N_(
        "Entry {id} has disappeared, and nobody removed it in the bank. A backup has it: "
        "`bank restore FILE --into NEW-FOLDER`."
    ),
    ("file", "altered"): N_(
        "The text of {name}, a file of entry {entry} ({title}), was changed by something other than the bank. A backup "
        "has it as it was: `bank restore FILE --into NEW-FOLDER`."
    ),
    ("user", "altered"): N_(
        "The account {name} was changed by something other than the bank: its role, its password, its cities or its "
        "tokens. Look at them, and give it another password."
    ),
    ("user", "added"): N_(
        "The account {name} was added by something other than the bank. Close it if nobody knows it."
    ),
    ("user", "gone"): N_(
        "The account with the number {id} has disappeared, and nobody removed it in the bank. A backup has it: "
        "`bank restore FILE --into NEW-FOLDER`."
    ),
    ("city", "altered"): N_("The city {id} was changed by something other than the bank. Look at it on its page."),
    ("event", "altered"): N_("The event {id} was changed by something other than the bank. Look at it on its page."),
    ("places", "altered"): N_("Cities or events were added or taken away by something other than the bank."),
}
"""What is told of each alteration; `name` is the title, file name or address."""
NOT_SEALED = N_("What this check can't see when it is altered: {things}.")
UNSEALED_WORDS: Mapping[str, str] = {
    "alembic_version": N_("the version of the tables"),
    "form_act": N_("receipts of what was sent in"),
    "info": N_("the bank's own notes, such as its identifier and its alarms"),
    "job": N_("the worker's tasks"),
    "likeness": N_("which files resemble each other"),
    "likeness_band": N_("which files resemble each other"),
    "loose_file": N_("which files were taken out of entries"),
    "outbox": N_("what waits for the search index"),
    "receipt": N_("receipts of what was sent in"),
    "revision": N_("which fields a save changed"),
    "session": N_("who is signed in"),
    "synonyms": N_("synonyms for searching, and questions that found nothing"),
    "ticket": N_("links and codes that can still be used"),
    "unanswered": N_("synonyms for searching, and questions that found nothing"),
    "unembedded": N_("what waits for the search index"),
}
"""Table that no seal covers -> what is in it, for people."""


def alteration_faults(bank: Bank) -> list[str]:
    """A sentence for everything that does not agree with its seal."""
    with sqlite.raw_snapshot(bank.database.address) as ask:
        return [alteration_sentence(one, bank.settings.language) for one in alterations(ask)]


def alteration_sentence(found: Alteration, language: str) -> str:
    """The sentence that tells an alteration."""
    sentence = ALTERATION_SENTENCES[found.what, found.kind]
    known = {"id": found.id, "name": found.name or "-", "entry": found.entry, "title": found.title or "-"}
    return say(sentence, language, **known)


def seal_notes(bank: Bank) -> list[str]:
    """What seals can't tell: what was altered before an upgrade made them, and which tables have none."""
    language = bank.settings.language
    with bank.database.reading() as session:
        renewed = select(func.count(Audit.entry_id.distinct()), func.max(Audit.moment))
        number, moment = session.execute(
            renewed.where(Audit.sealed.is_not(None), Audit.act == SEAL_ACT, Audit.actor == RENEWING_ACTOR)
        ).one()
    told = []
    if number:
        told.append(
            say_many(
                "{number} entry was sealed by an upgrade on {day}; what was altered before that can't be seen.",
                "{number} entries were sealed by an upgrade on {day}; what was altered before that can't be seen.",
                number,
                language,
                day=day_in_zone(moment, bank.settings.zone).isoformat(),
            )
        )
    things = dict.fromkeys(say(UNSEALED_WORDS[name], language) for name in UNSEALED_TABLES)
    return [*told, say(NOT_SEALED, language, things="; ".join(things))]
