"""`bank vocabulary`: lists the terms of the vocabularies, and checks their data files."""

from typing import Annotated

import typer

from bank.cli.opening import exit_on_error, read_settings
from bank.cli.output import out
from bank.vocabulary import check_vocabulary, load_vocabulary

vocabulary_app = typer.Typer(no_args_is_help=True, help="Principles, themes, SDGs, target groups, kinds.")
LISTED_VOCABULARIES = ("principles", "themes", "sdgs", "groups", "kinds")


@vocabulary_app.command("list")
def list_terms(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(LISTED_VOCABULARIES)}; all without.")] = "",
) -> None:
    """Prints the terms of one vocabulary, or of all, with their ids."""
    chosen = read_settings()
    if name and name not in LISTED_VOCABULARIES:
        raise typer.BadParameter(f"one of {', '.join(LISTED_VOCABULARIES)}")
    with exit_on_error(chosen.language):
        vocabulary = load_vocabulary(language=chosen.language)
    for one in (name,) if name else LISTED_VOCABULARIES:
        out.print(one)
        for term in vocabulary.terms(one):
            out.print(f"  {term.id:<32} {term.label(chosen.language)}", markup=False)


@vocabulary_app.command("check")
def check_terms() -> None:
    """Checks the vocabularies' data files: one line per fault and exit 1, else exit 0."""
    faults = check_vocabulary()
    for fault in faults:
        out.print(str(fault), markup=False)
    if faults:
        raise typer.Exit(1)
    out.print("The vocabulary is whole.")
