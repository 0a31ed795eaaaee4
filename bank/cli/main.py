"""The `bank` command: one module per subject, put together here."""

import os

import typer

from bank.cli import (
    backing_up,
    exporting,
    founding,
    ingesting,
    people,
    restoring,
    searching,
    serving,
    suggesting,
    tokens,
    upkeep,
    vocabulary,
)
from bank.cli.output import log_sentences
from bank.workflow.upkeep.permissions import BANK_UMASK

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for subject in (founding, serving, ingesting, searching, suggesting, exporting, upkeep, backing_up, restoring):
    subject.register(app)
app.add_typer(vocabulary.vocabulary_app, name="vocabulary")
app.add_typer(people.people_app, name="user")
app.add_typer(tokens.token_app, name="token")


@app.callback()
def bank_command() -> None:
    """The bank of good practices of educating cities. Settings come from the environment: BANK_HOME, BANK_LANGUAGE."""


def run_cli() -> None:
    """Entry of the installed `bank` command, and of its worker: what they write is the bank's user's and group's."""
    os.umask(BANK_UMASK)
    log_sentences()
    app()
