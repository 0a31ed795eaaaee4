"""`bank restore` as an operator runs it: what it says is true, and its way out of a damage ends."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import bank
from tests.making_files import experiences

Environment = dict[str, str]
WHOLE = "All originals that entries name are whole."
PROVED = "everything in it is whole (3 originals)"


def english(home: Path) -> Environment:
    return {**os.environ, "BANK_HOME": str(home), "BANK_SEMANTIC": "off", "BANK_LANGUAGE": "en"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bank `own` of three entries, its backup `whole.tar`, and `lacking.tar` without one original."""
    folder = tmp_path_factory.mktemp("made")
    environment = english(folder / "own")
    bank(environment, "ingest", str(experiences(folder / "in", 3)), "--publish")
    bank(environment, "backup", str(folder / "whole.tar"))
    shutil.copytree(folder / "own", folder / "poor")
    first_original(folder / "poor").unlink()
    bank(english(folder / "poor"), "backup", str(folder / "lacking.tar"), fine=(1,))
    shutil.rmtree(folder / "poor")
    return folder


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of the bank, to be spoilt."""
    shutil.copytree(made / "own", tmp_path / "own")
    return tmp_path / "own"


def first_original(home: Path) -> Path:
    return min((home / "uploads" / "sha256").glob("??/??/*"))


def test_originals_that_a_backup_does_not_hold_are_named_with_what_to_do(made: Path, own: Path) -> None:
    first_original(own).unlink()
    named = bank(english(own), "check", fine=(1,)).stdout.partition(": its original")[0]
    assert named.startswith("Entry ")
    told = bank(english(own), "restore", str(made / "lacking.tar"), "--originals", fine=(1,)).stdout.splitlines()
    assert told[0] == "0 originals were put back."
    assert told[1] == f"{named}: its original is still missing or altered, and this backup does not hold it."
    assert told[2].startswith("Originals that are still missing or altered: 1. Another backup, older or newer")
    assert len(told) == 3
    told = bank(english(own), "restore", str(made / "whole.tar"), "--originals").stdout.splitlines()
    assert told == ["1 original was put back.", WHOLE]
    bank(english(own), "check")


def test_originals_that_are_only_moved_aside_are_named_with_their_own_way_back(made: Path, own: Path) -> None:
    original = first_original(own)
    removed = own / "uploads" / "removed" / "2026-01-01"
    removed.mkdir(parents=True)
    original.rename(removed / original.name)
    told = bank(english(own), "restore", str(made / "lacking.tar"), "--originals", fine=(1,)).stdout
    assert "was moved aside into uploads/removed. `bank check --repair`" in told
    assert "Another backup" not in told


def flip_bytes(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(4200, len(content), 400):
        content[at] ^= 0xFF
    path.write_bytes(content)


def cut(path: Path) -> None:
    os.truncate(path, 20_000)


def overwrite_header(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.write(b"no header of a database")


DAMAGES: list[Callable[[Path], None]] = [flip_bytes, cut, overwrite_header]
a_damage = pytest.mark.parametrize("damage", DAMAGES, ids=[one.__name__ for one in DAMAGES])


@a_damage
def test_the_way_out_of_a_damaged_catalogue_ends_in_a_whole_bank(
    made: Path, own: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(own / "bank.db")
    environment, archive = english(own), str(made / "whole.tar")
    checked = bank(environment, "check", fine=(1,))
    told = checked.stdout + checked.stderr
    assert told.count("\n") == 1
    assert "move bank.db out of BANK_HOME into another folder (and bank.db-wal and bank.db-shm" in told
    told = bank(environment, "restore", archive, fine=(1,)).stderr
    assert f"{own}/bank.db can't be read" in told
    assert "move that file and those beside it that begin with its name into another folder, and run this" in told
    (tmp_path / "another").mkdir()
    for path in own.glob("bank.db*"):
        path.rename(tmp_path / "another" / path.name)
    bank(environment, "restore", archive)
    assert bank(environment, "check").stdout.startswith("All is well: 3 published entries, 3 originals.")


def test_the_other_way_out_of_a_bank_that_is_there_ends_too(made: Path, own: Path, tmp_path: Path) -> None:
    environment, archive = english(own), str(made / "whole.tar")
    told = bank(environment, "restore", archive, fine=(1,)).stderr
    assert "into another, empty folder with --into NEW-FOLDER, and name that folder in BANK_HOME" in told
    bank(environment, "restore", archive, "--into", str(tmp_path / "new"))
    bank({**environment, "BANK_HOME": str(tmp_path / "new")}, "check")


@a_damage
def test_a_backup_is_proved_beside_a_damaged_catalogue(made: Path, own: Path, damage: Callable[[Path], None]) -> None:
    damage(own / "bank.db")
    told = bank(english(own), "restore", str(made / "whole.tar"), "--prove").stdout
    assert PROVED in told
    assert f"The proof could not be noted in the bank of {own}: The catalogue's file is damaged (" in told


@pytest.mark.parametrize("in_its_place", [None, "a file"])
def test_a_lost_folder_of_originals_comes_back_by_the_words_of_its_fault(
    made: Path, own: Path, in_its_place: str | None
) -> None:
    shutil.rmtree(own / "uploads")
    if in_its_place:
        (own / "uploads").write_text(in_its_place)
    told = bank(english(own), "check", fine=(1,)).stdout
    assert "`bank restore FILE --originals` puts" in told
    if in_its_place:
        assert "Move away what stands in its place" in told
        (own / "uploads").unlink()
    bank(english(own), "restore", str(made / "whole.tar"), "--originals")
    bank(english(own), "check")


@pytest.mark.parametrize(
    "options", [("--prove", "--into", "x"), ("--originals", "--prove"), ("--originals", "--into", "x")], ids=" ".join
)
def test_options_that_do_not_go_together_are_refused_in_a_sentence(
    made: Path, own: Path, options: tuple[str, ...]
) -> None:
    ended = bank(english(own), "restore", str(made / "whole.tar"), *options, fine=(2,))
    first, second = sorted((one for one in options if one != "x"), key=["--prove", "--originals", "--into"].index)
    assert ended.stderr == f"{first}, {second} do not go together: choose one of them. Nothing was done.\n"
    assert ended.stdout == ""


def test_originals_that_a_backup_leaves_out_are_named_by_entry_and_file(own: Path, tmp_path: Path) -> None:
    first_original(own).unlink()
    named = bank(english(own), "check", fine=(1,)).stdout.partition(": its original")[0]
    told = bank(english(own), "backup", str(tmp_path / "new.tar"), fine=(1,)).stdout
    assert f"{named}: its original is missing or altered, so it is not in the backup." in told
    assert first_original(own).name not in told


def test_a_catalogue_that_calls_itself_older_than_it_is_tells_its_way_out(
    made: Path, own: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(own / "bank.db") as catalogue:
        catalogue.execute("UPDATE alembic_version SET version_num = '0001'")
    catalogue.close()
    before = (own / "bank.db").read_bytes()
    environment, archive = english(own), str(made / "whole.tar")
    told = bank(environment, "check", fine=(1,)).stderr
    assert told.startswith("The catalogue says that its tables are those of version 0001, but they are others (table ")
    assert "move bank.db out of BANK_HOME into another folder" in told
    assert (own / "bank.db").read_bytes() == before
    for path in own.glob("bank.db*"):
        path.rename(tmp_path / path.name)
    bank(environment, "restore", archive)
    bank(environment, "check")


@pytest.mark.parametrize("among", ["uploads", "index"])
def test_no_bank_is_made_among_the_files_of_another(made: Path, own: Path, among: str) -> None:
    inside = own / among / "new" / "deep"
    archive = str(made / "whole.tar")
    for environment, command in (
        (english(inside), ("init",)),
        (english(inside), ("ingest", str(made / "in"))),
        (english(inside), ("restore", archive)),
        (english(own), ("restore", archive, "--into", str(inside))),
    ):
        told = bank(environment, *command, fine=(1,)).stderr
        assert told.startswith(f"{inside} lies in {own}/{among}, among the originals or the index of a bank.")
        assert not inside.parent.exists()
    bank(english(own), "check")
