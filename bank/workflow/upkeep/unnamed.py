"""What `bank check` says of originals that no row names, and of those that were moved aside."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from bank import clock
from bank.catalogue import unpublished
from bank.messages import N_, say
from bank.workflow.bank import Bank
from bank.workflow.files.orphans import KEPT_ASIDE, MOST_OF_A_SMALL_BANK, doubt_of_sweep

MORE_UNNAMED = N_(
    "The catalogue names {named} originals, but uploads hold {unnamed} more that it does not know. Is it an old or a "
    "wrong catalogue? `bank restore FILE` brings a bank back from its backup."
)
DAY = timedelta(days=1)
JUST_STORED = timedelta(hours=1)


def unnamed_faults(bank: Bank, unnamed: Collection[str], named: Collection[str]) -> list[str]:
    """A line where more originals are without a row than rows name some; a line where the sweep would stop.

    A handful from the last hour is no fault: the row of a file is written right after its bytes, so a killed ingest
    leaves one without a row for each file that was being taken in at that moment, even where no row is there yet. More
    than a handful tells of another catalogue, however young they are. Nor are those a fault that the catalogue knows
    to have been taken out of their entries.
    """
    language = bank.settings.language
    doubt = doubt_of_sweep(bank)
    if doubt:
        return [say(doubt.sentence, language, **doubt.values)]
    with bank.database.reading() as session:
        unknown = {*unnamed} - unpublished.loose_digests(session)
    young = count_young(bank, unknown)
    if len(unknown) - (young if young <= MOST_OF_A_SMALL_BANK else 0) > len(named):
        return [say(MORE_UNNAMED, language, named=len(named), unnamed=len(unknown))]
    return []


def count_young(bank: Bank, digests: Collection[str]) -> int:
    """How many of the originals were stored within the last hour."""
    since = (clock.now() - JUST_STORED).timestamp()
    paths = [bank.uploads.path(digest) for digest in digests]
    return sum(path.exists() and path.stat().st_mtime >= since for path in paths)


def bring_back_originals(bank: Bank, named: Collection[str]) -> int:
    """Puts back those originals that rows name and that were moved aside; how many."""
    aside = [digest for digest in bank.uploads.moved_aside() if digest in named]
    return sum(bank.uploads.bring_back(digest) for digest in aside if not bank.uploads.has(digest))


def lines_about_aside(bank: Bank) -> Iterator[str]:
    """Lines that are no faults: how many originals were moved aside and until when, and which folders were."""
    language = bank.settings.language
    if aside := bank.uploads.moved_aside():
        sentence = N_("Moved aside into uploads/removed: {number} originals; the first are deleted on {day}.")
        yield say(sentence, language, number=len(aside), day=min(aside.values()) + KEPT_ASIDE + DAY)
    for folder in (bank.settings.uploads_folder, bank.settings.index_folder):
        if (folder / "aside").is_dir():
            yield say(N_("Moved aside by `bank init --anew`: {folder}"), language, folder=folder.absolute() / "aside")
