"""`bank vocabulary`: what the bank's terms are, and whether their data is whole."""

from typing import Annotated

import typer

from bank.cli.opening import settings, told
from bank.cli.output import out
from bank.vocabulary import check, load

app = typer.Typer(no_args_is_help=True, help="Principles, themes, SDGs, target groups, kinds.")
NAMES = ("principles", "themes", "sdgs", "groups", "kinds")


@app.command("list")
def list_terms(name: Annotated[str, typer.Argument(help=f"One of {', '.join(NAMES)}; all without.")] = "") -> None:
    """Prints the terms with their ids."""
    chosen = settings()
    if name and name not in NAMES:
        raise typer.BadParameter(f"one of {', '.join(NAMES)}")
    with told(chosen.language):
        vocabulary = load(language=chosen.language)
    for one in (name,) if name else NAMES:
        out.print(one)
        for term in vocabulary.terms(one):
            out.print(f"  {term.id:<32} {term.label(chosen.language)}", markup=False)


@app.command("check")
def check_terms() -> None:
    """Checks the data: exit 1 and one line per fault."""
    faults = check()
    for fault in faults:
        out.print(str(fault), markup=False)
    if faults:
        raise typer.Exit(1)
    out.print("The vocabulary is whole.")
