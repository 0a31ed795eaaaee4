"""`bank init`: makes a bank, and says what was moved aside for it."""

from typing import Annotated

import typer

from bank.assembly import open_bank
from bank.catalogue.sqlite import database_path
from bank.cli.opening import exit_on_error, read_settings
from bank.cli.output import out
from bank.messages import N_, say
from bank.settings import Settings
from bank.workflow.upkeep.anew import bank_is_there, move_remains_aside


def register(app: typer.Typer) -> None:
    app.command("init")(init_command)


def init_command(
    anew: Annotated[
        bool,
        typer.Option("--anew", help="Move aside what is left of a bank whose catalogue is gone; only drawn pages go."),
    ] = False,
) -> None:
    """Makes an empty bank in BANK_HOME; where there is one already, says so and changes nothing."""
    given = read_settings()
    with exit_on_error(given.language):
        if anew:
            move_aside_and_tell(given)
        there = bank_is_there(given)
        open_bank(given).database.close()
        sentence = N_("There is a bank already: {path}") if there else N_("A new bank was made: {path}")
        out.print(say(sentence, given.language, path=database_path(given.database).absolute()), markup=False)


def move_aside_and_tell(given: Settings) -> None:
    """Moves the remains of a bank aside and prints from where to where."""
    for source, target in move_remains_aside(given):
        told = say(N_("Moved aside: {source} → {target}"), given.language, source=source, target=target)
        out.print(told, markup=False)
