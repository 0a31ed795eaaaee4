"""`bank backup`: the whole bank in one file, and its proof."""

from pathlib import Path
from typing import Annotated

import typer
from babel.numbers import format_decimal

from bank.cli.opening import bank_for_command
from bank.cli.output import out, progress_bar
from bank.errors import Conflict
from bank.messages import N_, say, say_many
from bank.workflow.bank import Bank
from bank.workflow.upkeep.backup import Backup, make_backup
from bank.workflow.upkeep.fault_words import left_out_lines
from bank.workflow.upkeep.proving import Proof, note_proof_of, prove_backup
from bank.workflow.upkeep.targets import expect_target_outside_bank

BACKUP_MB_BYTES = 1024 * 1024


def register(app: typer.Typer) -> None:
    app.command("backup")(backup_command)


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
        for line in left_out_lines(bank, made.left_out):
            out.print(line, markup=False)
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
