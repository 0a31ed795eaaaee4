"""`bank reindex`, `check`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

import typer

from bank import ingest
from bank.cli.opening import bank_for_command
from bank.cli.output import out, progress_bar
from bank.cli.people import OPERATOR
from bank.jobs.indexer import Indexer, open_indexer
from bank.messages import N_, say, say_many
from bank.workflow.bank import Bank
from bank.workflow.files.orphans import named_digests, sweep_all_the_same
from bank.workflow.files.thumbnails import make_missing_thumbnails
from bank.workflow.index.vectors import EmbeddingOutcome, count_waiting_for_vectors, queue_outdated_vectors
from bank.workflow.upkeep.anchoring import accept_lost_acts
from bank.workflow.upkeep.check import CheckReport, check_bank, index_faults, lasting_faults, meaning_faults
from bank.workflow.upkeep.derived import damaged_index_faults, damaged_vector_faults, discard_damaged_vectors
from bank.workflow.upkeep.permissions import narrow_permissions, permission_faults
from bank.workflow.upkeep.repairing import expect_much_to_stay
from bank.workflow.upkeep.unnamed import bring_back_originals, lines_about_aside

Anew = Annotated[
    bool, typer.Option("--anew", help="Make the index from the catalogue even where it would lose more than half.")
]


def register(app: typer.Typer) -> None:
    app.command("reindex")(reindex_command)
    app.command("check")(check_command)


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
        found = replace(found, faults=(*found.faults, *permission_faults(bank.settings)))
        print_check_report(bank, found)
        for line in lines_about_aside(bank):
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
