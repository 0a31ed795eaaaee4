"""`bank export`: entries in a format, to a file or to standard output."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bank.cli.opening import bank_for_command
from bank.cli.output import err
from bank.errors import Invalid, NotFound
from bank.messages import N_, say, say_many
from bank.search.request import Filters
from bank.whole_files import writing_whole_file
from bank.workflow.bank import Bank
from bank.workflow.entries import exporting
from bank.workflow.search.searching import matching_entries
from bank.workflow.upkeep.targets import expect_target_outside_bank


def register(app: typer.Typer) -> None:
    app.command("export")(export_command)


def export_command(
    format: Annotated[str, typer.Argument(help="csv, jsonl, ris, dc, docx, ...")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write; - for standard output.")],
    call: Annotated[str, typer.Option(help="The call whose form a docx follows.")] = "bidce",
    query: Annotated[str, typer.Option(help="Only what a search finds.")] = "",
    ids: Annotated[str, typer.Option(help="Only these numbers: 1,2,5.")] = "",
) -> None:
    """Writes published entries in a format: all, those of a search, or those of a list."""
    with bank_for_command() as bank:
        chosen = chosen_entries(bank, query, ids)
        language = bank.settings.language
        if str(output) == "-":
            total = exporting.export_entries(bank, format, chosen, sys.stdout.buffer, call=call, language=language)
            sys.stdout.buffer.flush()
        else:
            expect_target_outside_bank(bank.settings, output)
            if not output.absolute().parent.is_dir():
                raise NotFound(N_("There is no folder {path}."), path=str(output.parent))
            with writing_whole_file(output) as stream:
                total = exporting.export_entries(bank, format, chosen, stream, call=call, language=language)
        err.print(say_exported(total, output, language), markup=False)


def chosen_entries(bank: Bank, query: str, ids: str) -> Iterable[int]:
    """Entry numbers: those of the list `ids`, those that `query` finds, or those of all published entries."""
    if ids:
        return parse_entry_numbers(ids)
    return matching_entries(bank, query, Filters()) if query else exporting.all_published_ids(bank)


def say_exported(total: int, output: Path, language: str) -> str:
    """The sentence that says how many entries were exported, and into which file."""
    if not total:
        return say(N_("Nothing published was found, so the export holds no entries."), language)
    told = say_many("{number} entry", "{number} entries", total, language)
    return told if str(output) == "-" else f"{told} → {output}"


def parse_entry_numbers(text: str) -> list[int]:
    """Entry numbers of a comma-separated list. Raises Invalid for anything else."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) < 10 for part in parts):
        raise Invalid(N_("--ids takes numbers with commas, such as 1,2,5."))
    return [int(part) for part in parts]
