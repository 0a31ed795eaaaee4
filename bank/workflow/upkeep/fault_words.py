"""The faults of a bank in an operator's words: what is wrong, with which entry or file, and what to do."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from bank.catalogue import entries, files
from bank.messages import N_, say
from bank.workflow.bank import Bank

CATALOGUE_DAMAGED = N_(
    "The catalogue's file is damaged ({reason}). Stop the bank, move bank.db out of BANK_HOME into another folder (and "
    "bank.db-wal and bank.db-shm, where they are there), and bring it back from a backup: `bank restore FILE`. The "
    "originals stay where they are."
)
AUDIT_BROKEN = N_("The record of acts was changed: row {row} does not fit the rows before it.")
ORIGINALS_GONE = N_(
    "The folder of the originals is not there: {path}. Move away what stands in its place, if anything does; then "
    "`bank restore FILE --originals` puts them back from a backup."
)
ORIGINAL_MISSING = N_(
    "{entry}, file “{file}”: its original is gone. `bank restore FILE --originals` puts it back from a backup."
)
ORIGINAL_NOT_IN_BACKUP = N_(
    "{entry}, file “{file}”: its original is still missing or altered, and this backup does not hold it."
)
ORIGINAL_LEFT_OUT = N_(
    "{entry}, file “{file}”: its original is missing or altered, so it is not in the backup. `bank check` says what to "
    "do."
)
DIGEST_LEFT_OUT = N_("Missing or damaged, so not in the backup: {name}")
ORIGINAL_ASIDE = N_(
    "{entry}, file “{file}”: its original was moved aside into uploads/removed. `bank check --repair` brings it back."
)
ORIGINAL_CHANGED = N_(
    "{entry}, file “{file}”: its original is no longer what was handed in. `bank restore FILE --originals` puts it "
    "back from a backup."
)
INDEX_STATES: Mapping[str, str] = {
    "absent": N_("The search index is gone. `bank check --repair` makes it anew."),
    "unreadable": N_("The search index is damaged. `bank check --repair` makes it anew."),
    "other fingerprint": N_("The search index was made by another version. `bank check --repair` makes it anew."),
}
"""What `IndexStore.stale` says -> the sentence."""
INDEX_NOT_USABLE = N_("The search index can't be used: {reason} `bank check --repair` makes it anew.")
INDEX_EMPTY = N_("The search index lacks all {number} published entries. `bank check --repair` makes it anew.")
NOT_INDEXED = N_("{entry}: it is not in the search index. `bank check --repair` makes it anew.")
INDEXED_BEHIND = N_(
    "{entry}: the search index has version {there}, published is {published}. `bank check --repair` makes it anew."
)
INDEXED_UNPUBLISHED = N_(
    "{entry}: it is in the search index but not published. `bank check --repair` makes the index anew."
)
INDEXING_FAILED = N_("{entry}: it can't be indexed: {reason}")
VECTORS_GONE = N_(
    "The vectors by which entries are found by meaning are gone ({path}). `bank check --repair` has them made again."
)
VECTORS_NOT_USABLE = N_("{reason} `bank check --repair` has them made again.")
NO_VECTORS_OF_ENTRY = N_("{entry}: it has no vectors, so it is not found by meaning. See `bank check --repair`.")
VECTORS_BEHIND = N_("{entry}: it has vectors of version {there}, published is {published}. See `bank check --repair`.")
VECTORS_UNPUBLISHED = N_("{entry}: it has vectors but is not published. See `bank check --repair`.")
EMBEDDING_FAILED = N_("{entry}: it can't be found by meaning: {reason}")
ENTRY_NAMED, ENTRY_NUMBERED = N_("Entry {id} “{title}”"), N_("Entry {id}")


def say_fault(bank: Bank, sentence: str, **values: object) -> str:
    """A fault in the bank's language."""
    return say(sentence, bank.settings.language, **values)


def faults_of_entries(
    bank: Bank, sentence: str, ids: Iterable[int], values: Mapping[int, Mapping[str, object]] | None = None
) -> list[str]:
    """The same fault of several entries, a line for each, which names it; `values` are those of each entry."""
    numbers = sorted(ids)
    with bank.database.reading() as session:
        titles = titles_in_language(session, numbers, bank.settings.language)
    return [
        say_fault(bank, sentence, entry=name_entry(bank, id, titles.get(id)), **(values or {}).get(id, {}))
        for id in numbers
    ]


def name_entry(bank: Bank, id: int, title: str | None) -> str:
    """An entry by its number and its title."""
    return say_fault(bank, ENTRY_NAMED if title else ENTRY_NUMBERED, id=id, title=title)


def titles_in_language(session: Session, ids: Iterable[int], language: str) -> Mapping[int, str]:
    """Entry id -> its title in that language, else in its own."""
    found = entries.titles_of_entries(session, ids)
    return {id: titles.get(language) or next(iter(titles.values())) for id, titles in found.items()}


def original_faults(bank: Bank, sentence: str, digests: Iterable[str]) -> list[str]:
    """The same fault of several originals, a line for each file that has it."""
    language = bank.settings.language
    with bank.database.reading() as session:
        owners = files.owners_of_digests(session, digests)
        titles = titles_in_language(session, {owner.entry_id for owner in owners}, language)
    return [
        say_fault(
            bank,
            sentence,
            entry=name_entry(bank, owner.entry_id, titles.get(owner.entry_id)),
            file=owner.name,
        )
        for owner in owners
    ]


def left_out_lines(bank: Bank, digests: Iterable[str]) -> list[str]:
    """A line for each file whose original a backup had to leave out; by digest those that no entry names any more."""
    wanted = sorted(digests)
    with bank.database.reading() as session:
        named = {owner.digest for owner in files.owners_of_digests(session, wanted)}
    unnamed = [say_fault(bank, DIGEST_LEFT_OUT, name=digest) for digest in wanted if digest not in named]
    return original_faults(bank, ORIGINAL_LEFT_OUT, named) + unnamed
