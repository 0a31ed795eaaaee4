"""`bank reindex`, `check`, `backup`, `restore`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from babel.numbers import format_decimal

from bank import ingest
from bank.cli.opening import bank_for_command, exit_on_error, has_bank, read_settings
from bank.cli.output import out, print_unembedded_hint, progress_bar
from bank.cli.people import OPERATOR
from bank.errors import Conflict
from bank.jobs.indexer import Indexer, open_indexer
from bank.messages import N_, say, say_many
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.files.orphans import named_digests, sweep_all_the_same
from bank.workflow.files.thumbnails import make_missing_thumbnails
from bank.workflow.index.vectors import EmbeddingOutcome, count_waiting_for_vectors, queue_outdated_vectors
from bank.workflow.upkeep.anchoring import accept_lost_acts
from bank.workflow.upkeep.backup import Backup, make_backup, restore_backup
from bank.workflow.upkeep.check import CheckReport, check_bank, index_faults, lasting_faults, meaning_faults
from bank.workflow.upkeep.derived import damaged_index_faults, damaged_vector_faults, discard_damaged_vectors
from bank.workflow.upkeep.looking import look_again_at_faults
from bank.workflow.upkeep.permissions import lines_about_permissions, narrow_permissions
from bank.workflow.upkeep.proving import Proof, note_proof_of, prove_backup, restore_originals
from bank.workflow.upkeep.repairing import expect_much_to_stay
from bank.workflow.upkeep.targets import expect_target_outside_bank
from bank.workflow.upkeep.unnamed import bring_back_originals, lines_about_aside

BACKUP_MB_BYTES = 1024 * 1024
Anew = Annotated[
    bool, typer.Option("--anew", help="Make the index from the catalogue even where it would lose more than half.")
]


def register(app: typer.Typer) -> None:
    app.command("reindex")(reindex_command)
    app.command("check")(check_command)
    app.command("backup")(backup_command)
    app.command("restore")(restore_command)


def reindex_command(anew: Anew = False) -> None:
    """Rebuilds the search index and swaps it in, then makes missing vectors; searching goes on meanwhile."""
    with bank_for_command() as bank, open_guarded_indexer(bank, anew) as index:
        language = bank.settings.language
        with progress_bar(say(N_("Indexing"), language)) as progress:
            total = index.rebuild(progress)
        out.print(say_many("The index holds {number} entry.", "The index holds {number} entries.", total, language))
        with progress_bar(say(N_("Reading for meaning"), language)) as progress:
            made = index.embed(progress)
        print_embedded_counts(bank, made)


@contextmanager
def open_guarded_indexer(bank: Bank, anew: bool) -> Iterator[Indexer]:
    """An Indexer. Raises Conflict where the catalogue has less than half of the index, unless `anew`."""
    if not anew:
        expect_much_to_stay(bank)
    with open_indexer(bank) as index:
        yield index


def print_embedded_counts(bank: Bank, made: Mapping[EmbeddingOutcome, int] | None) -> None:
    """Prints how many entries got new vectors, or, where a running worker makes them (None), how many still wait."""
    language = bank.settings.language
    if made is None:
        print_unembedded_count(bank, count_waiting_for_vectors(bank))
    elif bank.meaning is not None:
        counts = {"embedded": made.get("embedded", 0), "unchanged": made.get("unchanged", 0)}
        out.print(say(N_("By meaning: {embedded} entries read anew, {unchanged} unchanged."), language, **counts))


def check_command(
    mend: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Bring index and vectors back in step, originals back from uploads/removed, permissions back to 0640.",
        ),
    ] = False,
    anew: Anew = False,
    sweep: Annotated[
        bool, typer.Option("--sweep", help="Move all originals that no entry names aside, however many there are.")
    ] = False,
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="Go on without acts that are gone, once you looked for them.")
    ] = False,
) -> None:
    """Proves that catalogue, originals, index and vectors agree: one line per fault and exit 1, else exit 0."""
    with bank_for_command() as bank:
        if accept_loss:
            accept_lost_acts(bank, OPERATOR)
        if sweep:
            sweep_and_tell(bank)
        if mend:
            repair_bank(bank, anew)
        found = check_bank(bank)
        print_check_report(bank, found)
        for line in (*lines_about_aside(bank), *lines_about_permissions(bank.settings)):
            out.print(line, markup=False)
    if not found.clean:
        raise typer.Exit(1)


def sweep_and_tell(bank: Bank) -> None:
    """Moves what no row names aside, and prints of how many originals."""
    moved = sweep_all_the_same(bank)
    out.print(say(N_("Moved aside into uploads/removed: {number}."), bank.settings.language, number=moved))


def repair_bank(bank: Bank, anew: bool) -> None:
    """Narrows permissions, brings originals back that were moved aside, thumbnails, and index or vectors in step.

    Raises Conflict where index and vectors would lose more than half, unless `anew`.
    """
    narrow_permissions(bank.settings)
    bring_back_originals(bank, named_digests(bank))
    make_missing_thumbnails(bank)
    ingest.close_extractors()
    if damaged_vector_faults(bank):
        discard_damaged_vectors(bank)
    if lasting_faults(bank, index_faults) or lasting_faults(bank, damaged_index_faults):
        with open_guarded_indexer(bank, anew) as index:
            index.rebuild()
    elif lasting_faults(bank, meaning_faults):
        if not anew:
            expect_much_to_stay(bank)
        queue_outdated_vectors(bank)


def print_check_report(bank: Bank, found: CheckReport) -> None:
    """Prints each fault on a line, or that all is well; then what waits and what no row names, which are no faults."""
    for fault in found.faults:
        out.print(fault, markup=False)
    language = bank.settings.language
    if found.clean:
        sentence = N_("All is well: {entries} published entries, {originals} originals.")
        out.print(say(sentence, language, entries=found.entries, originals=found.originals))
    if found.lag:
        out.print(say(N_("Waiting for the index: {number}."), language, number=found.lag))
    print_unembedded_count(bank, found.unembedded)
    if found.orphans:
        out.print(say(N_("Originals that no entry names: {number}."), language, number=found.orphans))
    for note in found.notes:
        out.print(note, markup=False)


def print_unembedded_count(bank: Bank, number: int) -> None:
    """Prints how many entries have no vectors yet; nothing for none."""
    if number:
        out.print(say(N_("Waiting to be found by meaning: {number}."), bank.settings.language, number=number))


def backup_command(
    file: Annotated[Path, typer.Argument(help="The archive to write.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    prove: Annotated[
        bool, typer.Option("--prove", help="Restore it beside itself, check that, and remove it.")
    ] = False,
) -> None:
    """Writes database and originals to one archive, while the bank runs."""
    with bank_for_command() as bank:
        expect_target_outside_bank(bank.settings, file)
        if file.exists() and not force:
            raise Conflict(N_("{path} is there already. Name another file, or write over it with --force."), path=file)
        language = bank.settings.language
        with progress_bar(say(N_("Copying"), language)) as progress:
            made = make_backup(bank, file, progress)
        print_backup(bank, made)
        for digest in made.left_out:
            out.print(say(N_("Missing or damaged, so not in the backup: {name}"), language, name=digest), markup=False)
        if not made.noted:
            out.print(say(N_("The backup is whole, but the bank could not note that it was made."), language))
        if prove:
            prove_and_note(bank, file)
    if made.left_out:
        raise typer.Exit(1)


def print_backup(bank: Bank, made: Backup) -> None:
    """Prints which folder was backed up, into which file, how many originals and how many MB."""
    language = bank.settings.language
    size = f"{format_decimal(round(made.size / BACKUP_MB_BYTES, 1), locale=language)} MB"
    originals = say_many("{number} original", "{number} originals", made.originals, language)
    told = say(N_("Backup of {folder} written: {file}"), language, folder=bank.settings.home.absolute(), file=made.path)
    out.print(f"{told} ({originals}, {size})", markup=False)


def prove_and_note(bank: Bank, file: Path) -> None:
    """Proves a backup, notes that in the bank that it is of, and prints it."""
    language = bank.settings.language
    with progress_bar(say(N_("Proving"), language)) as progress:
        proof = prove_backup(file, bank.settings, progress)
    noted = note_proof_of(bank, proof)
    print_proof(proof, language)
    if not noted:
        out.print(say(N_("It is of another bank than this one, where nothing was noted."), language))


def print_proof(proof: Proof, language: str) -> None:
    """Prints which backup was proved, and how many originals came back with it."""
    originals = say_many("{number} original", "{number} originals", proof.originals, language)
    sentence = N_("Proved: the backup {name} was restored and everything in it is whole ({originals}).")
    out.print(say(sentence, language, name=proof.name, originals=originals), markup=False)
    if not proof.sealed:
        out.print(say(N_("Its seals were not checked: it was made by an earlier version of the bank."), language))


def put_back_originals(file: Path) -> None:
    """Puts back the originals that this bank lacks, and prints how many."""
    with bank_for_command() as bank:
        language = bank.settings.language
        with progress_bar(say(N_("Restoring"), language)) as progress:
            number = restore_originals(bank, file, progress)
        look_again_at_faults(bank, most_bytes=2**62)
        out.print(say_many("{number} original was put back.", "{number} originals were put back.", number, language))


def prove_archive(file: Path) -> None:
    """Proves an archive; where BANK_HOME has a bank, it is noted there."""
    given = read_settings()
    with exit_on_error(given.language):
        if has_bank(given):
            with bank_for_command() as bank:
                prove_and_note(bank, file)
        else:
            with progress_bar(say(N_("Proving"), given.language)) as progress:
                proof = prove_backup(file, given, progress)
            print_proof(proof, given.language)


def restore_command(
    file: Annotated[Path, typer.Argument(help="An archive that `bank backup` wrote.")],
    into: Annotated[Path | None, typer.Option(help="Another folder than BANK_HOME.")] = None,
    prove: Annotated[bool, typer.Option("--prove", help="Only prove that the archive can be restored.")] = False,
    originals: Annotated[
        bool, typer.Option("--originals", help="Only put back what this bank's originals lack.")
    ] = False,
) -> None:
    """Restores an archive into a folder that holds no bank yet, and builds its index."""
    if prove or originals:
        (prove_archive if prove else put_back_originals)(file)
        return
    given = read_settings()
    if into is not None:
        given = given.model_copy(update={"home": into, "database_url": ""})
    with exit_on_error(given.language), progress_bar(say(N_("Restoring"), given.language)) as progress:
        restored = restore_backup(file, given, progress)
    for source, target in restored.moved:
        told = say(N_("Moved aside: {source} → {target}"), given.language, source=source, target=target)
        out.print(told, markup=False)
    reindex_restored(given)


def reindex_restored(given: Settings) -> None:
    """Builds the index and the thumbnails of a bank that was just restored."""
    from bank.assembly import open_bank

    with exit_on_error(given.language):
        bank = open_bank(given)
        with open_indexer(bank) as index:
            # An index that was left in the folder may hold other entries under the same numbers.
            index.rebuild()
        make_missing_thumbnails(bank)
        print_unembedded_hint(count_waiting_for_vectors(bank), given.language)
        ingest.close_extractors()
        out.print(say(N_("The bank is back: {home}"), given.language, home=given.home), markup=False)
        bank.database.close()
