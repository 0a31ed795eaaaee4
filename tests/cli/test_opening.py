"""Failures become one sentence, and a mistyped folder is no bank."""

import errno
import os
from pathlib import Path

import pytest
import typer

from bank.cli.opening import exit_on_error
from tests.commands import bank
from tests.making_files import experience

COMMANDS = [
    ("check",),
    ("check", "--repair"),
    ("backup", "all.tar"),
    ("search", "parques"),
    ("export", "csv", "-o", "all.csv"),
    ("reindex",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("there", [True, False], ids=["empty folder", "no folder"])
def test_where_there_is_no_bank_a_command_says_so_and_makes_none(
    environment: dict[str, str], home: Path, tmp_path: Path, command: tuple[str, ...], there: bool
) -> None:
    wrong = home if there else tmp_path / "mistyped"
    ended = bank({**environment, "BANK_HOME": str(wrong)}, *command, fine=(1,))
    assert ended.stderr.startswith(f"No hay un banco en {wrong}.")
    assert ended.stdout == ""
    assert wrong.exists() == there
    assert [path for folder in (home, tmp_path) for path in folder.iterdir() if path != home] == []


def test_a_folder_that_can_not_be_made_is_told_in_a_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    path = experience(tmp_path, 1)
    ended = bank({**environment, "BANK_HOME": str(path)}, "ingest", str(path), fine=(1,))
    assert ended.stderr.count("\n") == 1
    assert str(path) in ended.stderr


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "El disco está lleno"),
        (errno.EACCES, "No hay permiso para /x/bank.db."),
        (errno.ENOENT, "No hay un archivo ni una carpeta /x/bank.db."),
        (errno.EIO, "/x/bank.db"),
    ],
)
def test_what_the_system_refuses_is_one_sentence(
    capsys: pytest.CaptureFixture[str], number: int, sentence: str
) -> None:
    with pytest.raises(typer.Exit) as ended, exit_on_error("es"):
        raise OSError(number, os.strerror(number), "/x/bank.db")
    assert ended.value.exit_code == 1
    printed = capsys.readouterr().err
    assert sentence in printed
    assert printed.count("\n") == 1


def test_a_reader_that_has_gone_is_no_failure() -> None:
    with pytest.raises(BrokenPipeError), exit_on_error("es"):
        raise BrokenPipeError


def test_a_database_that_is_none_is_told_in_a_sentence(environment: dict[str, str], home: Path) -> None:
    (home / "bank.db").write_text("nothing like a database, and long enough to be read as one " * 40)
    ended = bank(environment, "check", fine=(1,))
    assert ended.stderr.count("\n") == 1
