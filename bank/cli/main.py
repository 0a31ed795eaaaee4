"""The `bank` command: one module per subject, put together here."""

import typer

from bank.cli import exporting, ingesting, people, searching, serving, suggesting, tokens, upkeep, vocabulary

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for subject in (serving, ingesting, searching, suggesting, exporting, upkeep):
    subject.register(app)
app.add_typer(vocabulary.vocabulary_app, name="vocabulary")
app.add_typer(people.people_app, name="user")
app.add_typer(tokens.token_app, name="token")


@app.callback()
def bank_command() -> None:
    """The bank of good practices of educating cities. Settings come from the environment: BANK_HOME, BANK_LANGUAGE."""


def run_cli() -> None:
    """Entry of the installed `bank` command."""
    app()
