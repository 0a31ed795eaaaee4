"""`bank restore`: a bank from its backup, the proof of one, or originals that a bank lacks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from bank import ingest
from bank.assembly import open_bank
from bank.cli.backing_up import print_proof
from bank.cli.opening import bank_for_command, exit_on_error, failure_sentence, has_bank, read_settings
from bank.cli.output import err, out, print_unembedded_hint, progress_bar
from bank.disk import telling_disk_failures
from bank.errors import BankError, DiskFull
from bank.jobs.indexer import open_indexer
from bank.messages import N_, say, say_many
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.files.thumbnails import make_missing_thumbnails
from bank.workflow.index.vectors import count_waiting_for_vectors
from bank.workflow.upkeep.backup import restore_backup
from bank.workflow.upkeep.fault_words import ORIGINAL_ASIDE, ORIGINAL_NOT_IN_BACKUP, original_faults
from bank.workflow.upkeep.looking import look_again_at_faults
from bank.workflow.upkeep.proving import Proof, note_proof_of, prove_backup
from bank.workflow.upkeep.putting_back import PutBack, restore_originals

ORIGINALS_STILL_LACKING = N_(
    "Originals that are still missing or altered: {number}. Another backup, older or newer, may hold them: "
    "`bank restore FILE --originals`. Where none does, ask the city for the file again."
)
RESTORED_WITHOUT_INDEX = N_(
    "The bank is back in {home}, but its disk is full, so its search index is not whole. Make room there, name that "
    "folder in BANK_HOME, and run `bank reindex`."
)
NOT_NOTED = N_("The proof could not be noted in the bank of {folder}: {reason}")


def register(app: typer.Typer) -> None:
    app.command("restore")(restore_command)


def put_back_originals(file: Path) -> None:
    """Puts back the originals that this bank lacks, and prints how many; ends with exit 1 where some still lack."""
    with bank_for_command() as bank:
        language = bank.settings.language
        with progress_bar(say(N_("Restoring"), language)) as progress:
            made = restore_originals(bank, file, progress)
        look_again_at_faults(bank, most_bytes=2**62)
        number = made.number
        out.print(say_many("{number} original was put back.", "{number} originals were put back.", number, language))
        print_lacking(bank, made)
    if not made.whole:
        raise typer.Exit(1)


def print_lacking(bank: Bank, made: PutBack) -> None:
    """Prints the files whose originals are still missing or altered, and what to do; that all are whole, else."""
    language = bank.settings.language
    for line in original_faults(bank, ORIGINAL_NOT_IN_BACKUP, made.lacking):
        out.print(line, markup=False)
    for line in original_faults(bank, ORIGINAL_ASIDE, made.aside):
        out.print(line, markup=False)
    if made.lacking:
        out.print(say(ORIGINALS_STILL_LACKING, language, number=len(made.lacking)), markup=False)
    if made.whole:
        out.print(say(N_("All originals that entries name are whole."), language))


def prove_archive(file: Path) -> None:
    """Proves an archive; where BANK_HOME has a bank that can be opened, it is noted there."""
    given = read_settings()
    with exit_on_error(given.language):
        with progress_bar(say(N_("Proving"), given.language)) as progress:
            proof = prove_backup(file, given, progress)
        print_proof(proof, given.language)
        if has_bank(given):
            note_if_opened(given, proof)


def note_if_opened(given: Settings, proof: Proof) -> None:
    """Notes a proof in the bank of BANK_HOME; prints why where that can't be: the backup is proved all the same."""
    language = given.language
    try:
        with telling_disk_failures():
            bank = open_bank(given)
            try:
                noted = note_proof_of(bank, proof)
            finally:
                bank.database.close()
    except (BankError, DBAPIError, OSError) as error:
        reason = failure_sentence(error, language)
        out.print(say(NOT_NOTED, language, folder=given.home.absolute(), reason=reason), markup=False)
        return
    if not noted:
        out.print(say(N_("It is of another bank than this one, where nothing was noted."), language))


def restore_command(
    file: Annotated[Path, typer.Argument(help="An archive that `bank backup` wrote.")],
    into: Annotated[Path | None, typer.Option(help="Another folder than BANK_HOME.")] = None,
    prove: Annotated[bool, typer.Option("--prove", help="Only prove that the archive can be restored.")] = False,
    originals: Annotated[
        bool, typer.Option("--originals", help="Only put back what this bank's originals lack.")
    ] = False,
) -> None:
    """Restores an archive into a folder that holds no bank yet, and builds its index."""
    given = read_settings()
    expect_one_purpose(given.language, {"--prove": prove, "--originals": originals, "--into": into is not None})
    if prove or originals:
        (prove_archive if prove else put_back_originals)(file)
        return
    if into is not None:
        given = given.model_copy(update={"home": into, "database_url": ""})
    with exit_on_error(given.language), progress_bar(say(N_("Restoring"), given.language)) as progress:
        restored = restore_backup(file, given, progress)
    for source, target in restored.moved:
        told = say(N_("Moved aside: {source} → {target}"), given.language, source=source, target=target)
        out.print(told, markup=False)
    reindex_restored(given)


def expect_one_purpose(language: str, given: Mapping[str, bool]) -> None:
    """Ends with a sentence and exit 2 where more than one of these options was given."""
    named = [name for name, there in given.items() if there]
    if len(named) > 1:
        sentence = N_("{options} do not go together: choose one of them. Nothing was done.")
        err.print(say(sentence, language, options=", ".join(named)), markup=False)
        raise typer.Exit(2)


@contextmanager
def telling_of_missing_index(given: Settings) -> Iterator[None]:
    """Raises DiskFull in words that say that the bank is back but for its index."""
    try:
        with telling_disk_failures():
            yield
    except DiskFull as error:
        raise DiskFull(RESTORED_WITHOUT_INDEX, home=given.home.absolute()) from error


def reindex_restored(given: Settings) -> None:
    """Builds the index and the thumbnails of a bank that was just restored."""
    with exit_on_error(given.language), telling_of_missing_index(given):
        bank = open_bank(given)
        with open_indexer(bank) as index:
            # An index that was left in the folder may hold other entries under the same numbers.
            index.rebuild()
        make_missing_thumbnails(bank)
        print_unembedded_hint(count_waiting_for_vectors(bank), given.language)
        ingest.close_extractors()
        out.print(say(N_("The bank is back: {home}"), given.language, home=given.home), markup=False)
        bank.database.close()
