"""`bank reindex`, `check`, `backup`, `restore`."""

from pathlib import Path
from typing import Annotated

import typer
from babel.numbers import format_decimal

from bank import ingest
from bank.cli.opening import opened, settings, told
from bank.cli.output import out, progress_bar
from bank.errors import Conflict
from bank.jobs.acting import indexer
from bank.messages import N_, say, say_many
from bank.settings import Settings
from bank.workflow.backup import Backup, backup, restore
from bank.workflow.checking import Report, check, lasting_index_faults
from bank.workflow.parts import Bank
from bank.workflow.thumbnails import make_missing

MB = 1024 * 1024


def register(app: typer.Typer) -> None:
    app.command("reindex")(reindex_command)
    app.command("check")(check_command)
    app.command("backup")(backup_command)
    app.command("restore")(restore_command)


def reindex_command() -> None:
    """Builds the search index anew beside the old one and swaps it in; search goes on meanwhile."""
    with opened() as bank, indexer(bank) as index:
        language = bank.settings.language
        with progress_bar(say(N_("Indexing"), language)) as progress:
            total = index.rebuild(progress)
        out.print(say_many("The index holds {number} entry.", "The index holds {number} entries.", total, language))


def check_command(
    mend: Annotated[bool, typer.Option("--repair", help="Bring the index back in step with the catalogue.")] = False,
) -> None:
    """Proves that catalogue, originals and index agree: one line per fault and exit 1, else exit 0."""
    with opened() as bank:
        if mend and lasting_index_faults(bank):
            with indexer(bank) as index:
                index.rebuild()
        found = check(bank)
        print_report(bank, found)
    if not found.clean:
        raise typer.Exit(1)


def print_report(bank: Bank, found: Report) -> None:
    """Each fault on a line, or one line that says that all is well; what waits is told, not held against it."""
    for fault in found.faults:
        out.print(fault, markup=False)
    language = bank.settings.language
    if found.clean:
        sentence = N_("All is well: {entries} published entries, {originals} originals.")
        out.print(say(sentence, language, entries=found.entries, originals=found.originals))
    if found.lag:
        out.print(say(N_("Waiting for the index: {number}."), language, number=found.lag))
    if found.orphans:
        out.print(say(N_("Originals that no entry names: {number}."), language, number=found.orphans))


def backup_command(
    file: Annotated[Path, typer.Argument(help="The archive to write.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
) -> None:
    """Writes database and originals to one archive, while the bank runs."""
    with opened() as bank:
        if file.exists() and not force:
            raise Conflict(N_("{path} is there already. Name another file, or write over it with --force."), path=file)
        language = bank.settings.language
        with progress_bar(say(N_("Copying"), language)) as progress:
            made = backup(bank, file, progress)
        print_backup(bank, made)
        for digest in made.left_out:
            out.print(say(N_("Missing or damaged, so not in the backup: {name}"), language, name=digest), markup=False)
    if made.left_out:
        raise typer.Exit(1)


def print_backup(bank: Bank, made: Backup) -> None:
    """Of which folder, how much and where."""
    language = bank.settings.language
    size = f"{format_decimal(round(made.size / MB, 1), locale=language)} MB"
    originals = say_many("{number} original", "{number} originals", made.originals, language)
    told = say(N_("Backup of {folder} written: {file}"), language, folder=bank.settings.home.absolute(), file=made.path)
    out.print(f"{told} ({originals}, {size})", markup=False)


def restore_command(
    file: Annotated[Path, typer.Argument(help="An archive that `bank backup` wrote.")],
    into: Annotated[Path | None, typer.Option(help="Another folder than BANK_HOME.")] = None,
) -> None:
    """Restores an archive into a folder that holds no bank yet, and builds its index."""
    given = settings()
    if into is not None:
        given = given.model_copy(update={"home": into, "database_url": ""})
    with told(given.language), progress_bar(say(N_("Restoring"), given.language)) as progress:
        restore(file, given, progress)
    reindex_restored(given)


def reindex_restored(given: Settings) -> None:
    """Builds the index of a bank that was just restored."""
    from bank.assembly import open_bank

    with told(given.language):
        bank = open_bank(given)
        with indexer(bank) as index:
            # An index that was left in the folder knows other entries by the same numbers.
            index.rebuild()
        make_missing(bank)
        ingest.close()
        out.print(say(N_("The bank is back: {home}"), given.language, home=given.home), markup=False)
        bank.database.close()
