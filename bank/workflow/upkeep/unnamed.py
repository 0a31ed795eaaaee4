"""What `bank check` says of originals that no row names, and of those that were moved aside."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from bank import clock
from bank.catalogue import unpublished
from bank.messages import N_, say
from bank.workflow.bank import Bank
from bank.workflow.files.orphans import KEPT_ASIDE, MOST_MOVED, doubt_of_sweep

MORE_UNNAMED = N_(
    "The catalogue names {named} originals, but uploads hold {unnamed} more that it does not know. Is it an old or a "
    "wrong catalogue? `bank restore FILE` brings a bank back from its backup."
)
DAY = timedelta(days=1)


def unnamed_faults(bank: Bank, unnamed: Collection[str], named: Collection[str]) -> list[str]:
    """A line where more originals are without a row than rows name some; a line where the sweep would stop.

    A few young ones are no fault: what a crash left of files that were just being taken in. Nor are those that the
    catalogue knows to have been taken out of their entries.
    """
    language = bank.settings.language
    doubt = doubt_of_sweep(bank)
    if doubt:
        return [say(doubt.sentence, language, **doubt.values)]
    with bank.database.reading() as session:
        unknown = {*unnamed} - unpublished.loose_digests(session)
    if len(unknown) > max(len(named), MOST_MOVED) or count_old(bank, unknown) > len(named):
        return [say(MORE_UNNAMED, language, named=len(named), unnamed=len(unknown))]
    return []


def count_old(bank: Bank, digests: Collection[str]) -> int:
    """How many of the originals were stored over a day ago."""
    before = (clock.now() - DAY).timestamp()
    paths = [bank.uploads.path(digest) for digest in digests]
    return sum(path.exists() and path.stat().st_mtime < before for path in paths)


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
