"""Opens the bank for a command, and prints a failure as one sentence instead of a traceback."""

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import typer
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from bank.assembly import open_bank
from bank.catalogue.sqlite import UNREADABLE_DATABASE, database_path
from bank.cli.output import err
from bank.disk import telling_disk_failures
from bank.errors import BankError, Conflict, DiskFull, NotFound
from bank.messages import N_, say, translations
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.upkeep.belonging import NO_CATALOGUE, find_remains, told_remains
from bank.workflow.upkeep.fault_words import CATALOGUE_DAMAGED

CATALOGUE_NOT_USABLE = N_("The database could not be used: {reason}")
DISK_FULL_FOR_COMMAND = N_("The disk is full, so this could not be done. Make room on it and run the command again.")
NO_PERMISSION = N_("There is no permission for {path}.")
NO_SUCH_PATH = N_("There is no file or folder {path}.")
OTHER_SYSTEM_ERROR = N_("The system could not do this with {path}: {reason}")
SENTENCE_BY_ERRNO: Mapping[int, str] = {
    errno.EACCES: NO_PERMISSION,
    errno.EPERM: NO_PERMISSION,
    errno.ENOENT: NO_SUCH_PATH,
}


def read_settings(base_url: str | None = None) -> Settings:
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
def exit_on_error(language: str) -> Iterator[None]:
    """Prints a failure of the bank, the system or the database as a sentence in `language` and ends with exit 1."""
    try:
        with telling_disk_failures():
            yield
        return
    except BrokenPipeError:
        raise  # the program that read the output has ended: that is no failure of the bank
    except (BankError, OSError, DBAPIError) as error:
        sentence = failure_sentence(error, language)
    err.print(sentence, markup=False)
    raise typer.Exit(1)


def failure_sentence(error: BankError | OSError | DBAPIError, language: str) -> str:
    """The sentence in `language` that tells a failure to whoever runs a command."""
    if isinstance(error, OSError):
        return system_error_sentence(error, language)
    if isinstance(error, DBAPIError):
        told = CATALOGUE_DAMAGED if is_damaged_for_sqlite(error.orig) else CATALOGUE_NOT_USABLE
        return say(told, language, reason=error.orig)
    if error.sentence == UNREADABLE_DATABASE:
        return say(CATALOGUE_DAMAGED, language, **error.values)
    if isinstance(error, DiskFull) and error.sentence == DiskFull.sentence:
        return say(DISK_FULL_FOR_COMMAND, language)
    return error.told(translations(language).gettext)


def system_error_sentence(error: OSError, language: str) -> str:
    """The sentence for an error of the operating system."""
    sentence = SENTENCE_BY_ERRNO.get(error.errno or 0, OTHER_SYSTEM_ERROR)
    return say(sentence, language, path=error.filename or "-", reason=error.strerror or str(error))


def is_damaged_for_sqlite(error: BaseException | None) -> bool:
    """True where SQLite found that a file is no database, or a damaged one."""
    return getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def bank_for_command(base_url: str | None = None, make: bool = False) -> Iterator[Bank]:
    """The bank of the environment's settings, closed at the end. Only `make` True makes one where there is none."""
    given = read_settings(base_url)
    with exit_on_error(given.language):
        if not make:
            expect_bank(given)
        bank = open_bank(given)
        try:
            yield bank
        finally:
            bank.database.close()


def expect_bank(given: Settings) -> None:
    """Raises NotFound where the catalogue does not exist or is empty, as when BANK_HOME is mistyped.

    Raises Conflict where originals or an index are left of a bank.
    """
    if has_bank(given):
        return
    path = database_path(given.database)
    if remains := find_remains(given):
        raise Conflict(NO_CATALOGUE, **told_remains(given, remains))
    folder = path.absolute().parent
    raise NotFound(N_("There is no bank in {folder}. BANK_HOME says where it is."), folder=str(folder))


def has_bank(given: Settings) -> bool:
    """Whether there is a catalogue that holds something."""
    path = database_path(given.database)
    return path.is_file() and path.stat().st_size > 0
