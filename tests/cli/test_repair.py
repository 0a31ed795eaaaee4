"""Whatever is broken, `bank check` and `--repair` say it in a sentence with what to do, never with a traceback."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import bank
from tests.ingest.making_pdfs import pdf
from tests.making_files import experiences

Breaking = Callable[[Path], object]
"""Breaks something in the folder of a bank."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a bank with three published entries that are found by words and by meaning."""
    home = tmp_path_factory.mktemp("whole")
    environment = {**os.environ, "BANK_HOME": str(home)}
    bank(environment, "ingest", str(experiences(home / "in", 3)), "--publish")
    bank(environment, "reindex")
    return home


def file_for_index(home: Path) -> None:
    shutil.rmtree(home / "index")
    (home / "index").write_text("no folder")


def lose_vectors(home: Path) -> None:
    for path in home.glob("vectors.db*"):
        path.unlink()


def folder_for_vectors(home: Path) -> None:
    lose_vectors(home)
    (home / "vectors.db").mkdir()


def garbage_for_vectors(home: Path) -> None:
    lose_vectors(home)
    (home / "vectors.db").write_bytes(b"no vectors" * 5000)


def garbage_for_catalogue(home: Path) -> None:
    (home / "bank.db").write_bytes(b"no catalogue" * 5000)


def file_for_uploads(home: Path) -> None:
    shutil.rmtree(home / "uploads")
    (home / "uploads").write_text("no folder")


def garbage_for_index(home: Path) -> None:
    for path in (home / "index").rglob("*"):
        if path.is_file() and path.name not in ("current", "bank-identifier"):
            path.write_bytes(b"no index")


NOTES = ("Lo que esta revisión no ve", "Demasiada gente puede leer", "Archivos y carpetas que demasiada gente")
"""Beginnings of lines that a check prints though nothing is wrong."""
BROKEN: dict[str, tuple[Breaking, str, int]] = {
    "index is a file": (file_for_index, "Donde debe estar la carpeta del índice de búsqueda hay un archivo: ", 1),
    "index is gone": (lambda home: shutil.rmtree(home / "index"), "Falta el índice de búsqueda. `bank check -", 0),
    "index is garbage": (garbage_for_index, "El índice de búsqueda está dañado. `bank check --repair`", 0),
    "vectors are gone": (lose_vectors, "Faltan los vectores con los que las fichas se encuentran", 0),
    "vectors are a folder": (folder_for_vectors, "Donde debe estar el archivo de los vectores hay una carpeta: ", 1),
    "vectors are garbage": (garbage_for_vectors, "vectors.db, lo que significan los textos, está dañado", 0),
    "catalogue is garbage": (garbage_for_catalogue, "El archivo del catálogo está dañado (", 1),
    "uploads are a file": (file_for_uploads, "Falta la carpeta de los originales: ", 1),
}
"""What is broken -> how, the one line that tells it, and how `--repair` ends."""


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_one_line_that_says_what_to_do(
    whole: Path, environment: dict[str, str], home: Path, what: str
) -> None:
    breaking, told, repaired = BROKEN[what]
    shutil.copytree(whole, home, dirs_exist_ok=True)
    breaking(home)
    ended = bank(environment, "check", fine=(1,))
    printed = (ended.stdout + ended.stderr).splitlines()
    assert printed[0].startswith(told)
    assert "bank " in printed[0] or "Quítala" in printed[0]
    assert not [line for line in printed[1:] if not line.startswith(NOTES)]
    again = bank(environment, "check", "--repair", fine=(repaired,))
    assert "Traceback" not in again.stdout + again.stderr
    if repaired:
        assert told in again.stdout + again.stderr
    else:
        bank(environment, "check")


def test_an_entry_that_cannot_be_read_any_more_is_told_without_a_traceback(
    whole: Path, environment: dict[str, str], home: Path
) -> None:
    shutil.copytree(whole, home, dirs_exist_ok=True)
    shutil.rmtree(home / "index")
    with sqlite3.connect(home / "bank.db") as catalogue:
        catalogue.execute("UPDATE entry SET fields = '{' WHERE id = 1")
    catalogue.close()
    ended = bank(environment, "check", "--repair", fine=(1,))
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "1 «" in ended.stdout


def test_a_lost_original_comes_back_by_the_words_of_its_fault(
    whole: Path, environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    shutil.copytree(whole, home, dirs_exist_ok=True)
    bank(environment, "backup", str(tmp_path / "all.tar"))
    original = next(home.glob("uploads/sha256/??/??/*"))
    original.unlink()
    fault, *_ = bank(environment, "check", fine=(1,)).stdout.splitlines()
    assert "«Experiencia ficticia " in fault
    assert ".md»: falta su original." in fault
    assert "`bank restore ARCHIVO --originals`" in fault
    bank(environment, "restore", str(tmp_path / "all.tar"), "--originals")
    bank(environment, "check")


def test_an_original_that_was_moved_aside_comes_back_with_its_thumbnail(
    environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    environment = {**environment, "BANK_SEMANTIC": "off"}
    (tmp_path / "acta.pdf").write_bytes(pdf())
    bank(environment, "ingest", str(tmp_path / "acta.pdf"), "--publish")
    removed = home / "uploads" / "removed" / "2026-01-01"
    removed.mkdir(parents=True)
    (original,) = home.glob("uploads/sha256/??/??/*")
    (thumbnail,) = home.glob("uploads/derived/??/*.webp")
    for path in (original, thumbnail):
        path.rename(removed / path.name)
    bank(environment, "check", "--repair", fine=(0, 1))
    assert original.is_file()
    assert thumbnail.is_file()
