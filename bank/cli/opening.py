"""Opens the bank for a command, and says failures in one sentence instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError

from bank.assembly import open_bank
from bank.cli.output import err
from bank.errors import BankError
from bank.messages import translations
from bank.settings import Settings
from bank.workflow.parts import Bank


def settings(base_url: str | None = None) -> Settings:
    """The settings of the environment; a wrong one ends the command with a sentence and exit 2.

    `base_url` is the bank's address where the environment names none.
    """
    try:
        given = Settings()
        named = base_url is None or "base_url" in given.model_fields_set
        return given if named else given.model_copy(update={"base_url": base_url})
    except ValidationError as error:
        for problem in error.errors():
            place = "_".join(str(part) for part in problem["loc"]).upper()
            err.print(f"{'BANK_' + place + ': ' if place else ''}{problem['msg']}", markup=False)
        raise typer.Exit(2) from None


@contextmanager
def told(language: str) -> Iterator[None]:
    """Turns a BankError into its sentence in `language` and exit 1."""
    try:
        yield
    except BankError as error:
        err.print(error.told(translations(language).gettext), markup=False)
        raise typer.Exit(1) from None


@contextmanager
def opened(base_url: str | None = None) -> Iterator[Bank]:
    """The bank of the environment's settings, closed at the end."""
    given = settings(base_url)
    with told(given.language):
        bank = open_bank(given)
        try:
            yield bank
        finally:
            bank.database.close()
