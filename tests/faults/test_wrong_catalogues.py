"""A catalogue that is missing, empty, old or another's: no original is lost, and the operator is told.

Each bank here has 40 originals that are days old, for a sweep leaves young ones alone.
"""

import io
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bank.assembly import open_bank
from bank.catalogue.alarms import standing_alarms
from bank.clock import now
from bank.settings import Settings
from bank.uploads import UploadsFolder
from bank.workflow.bank import Bank
from bank.workflow.files.orphans import SWEEP_ALARM
from tests.commands import PATIENCE, bank, kill, start
from tests.making_files import aged, experience, experiences

Environment = dict[str, str]
COUNT = 40
NEVER_FOUNDED = "no hay catálogo"
OF_ANOTHER = "de otro banco"
STOPPED = "No se apartó nada de uploads"


def quiet(folder: Path) -> Environment:
    """The environment of a bank in `folder`, without meaning."""
    return {**os.environ, "BANK_HOME": str(folder), "BANK_SEMANTIC": "off", "BANK_LANGUAGE": "es"}


def opened(home: Path) -> Bank:
    return open_bank(Settings(home=home, semantic="off"))


def let_days_pass(home: Path) -> None:
    """Every original was stored five days before."""
    for path in (home / "uploads").glob("sha256/??/??/*"):
        moment = path.stat().st_mtime - 5 * 86400
        os.utime(path, (moment, moment))


@pytest.fixture(scope="module")
def banks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two banks, `own` and `other`, with their originals, and `old.db`, the catalogue of `own` before its last 30."""
    folder = tmp_path_factory.mktemp("banks")
    own, other = folder / "own", folder / "other"
    bank(quiet(own), "ingest", str(experiences(folder / "first", 10)), "--publish")
    shutil.copy(own / "bank.db", folder / "old.db")
    for number in range(10, COUNT):
        experience(folder / "then", number)
    bank(quiet(own), "ingest", str(folder / "then"), "--publish")
    let_days_pass(own)
    bank(quiet(other), "ingest", str(experience(folder / "others", 70)), "--publish")
    let_days_pass(other)
    assert len(originals(own)) == COUNT
    return folder


@pytest.fixture
def place(banks: Path, tmp_path: Path) -> Path:
    """A copy of both banks, to be spoilt."""
    shutil.copytree(banks, tmp_path / "banks")
    return tmp_path / "banks"


def originals(home: Path) -> set[str]:
    """The digests of the originals that are there, also of those moved aside."""
    uploads = UploadsFolder(home / "uploads")
    kept = {*uploads.digests()}
    assert all(uploads.verify(digest) for digest in kept)
    return kept | {*uploads.moved_aside()}


def without_catalogue(place: Path) -> Environment:
    for path in (place / "own").glob("bank.db*"):
        path.unlink()
    return quiet(place / "own")


def with_an_empty_file(place: Path) -> Environment:
    (place / "own" / "bank.db").write_bytes(b"")
    return quiet(place / "own")


def with_a_mistyped_address(place: Path) -> Environment:
    return {**quiet(place / "own"), "BANK_DATABASE_URL": f"sqlite:///{place}/own/bnak.db"}


def with_an_older_copy(place: Path) -> Environment:
    shutil.copy(place / "old.db", place / "own" / "bank.db")
    return quiet(place / "own")


def with_originals_of_another(place: Path) -> Environment:
    return {**quiet(place / "other"), "BANK_UPLOADS_URL": f"file:{place}/own/uploads"}


def with_an_index_of_another(place: Path) -> Environment:
    return {**quiet(place / "other"), "BANK_INDEX_URL": f"whoosh:{place}/own/index"}


def with_a_new_catalogue_of_an_older_version(place: Path) -> Environment:
    """What older versions did: they founded a bank without a word, and marked nothing."""
    environment = without_catalogue(place)
    bank({**quiet(place / "fresh")}, "init")
    shutil.copy(place / "fresh" / "bank.db", place / "own" / "bank.db")
    for path in place.rglob("bank-identifier"):
        path.unlink()
    return environment


REFUSED: dict[Callable[[Path], Environment], str] = {
    without_catalogue: NEVER_FOUNDED,
    with_an_empty_file: NEVER_FOUNDED,
    with_a_mistyped_address: NEVER_FOUNDED,
    with_originals_of_another: OF_ANOTHER,
    with_an_index_of_another: OF_ANOTHER,
    with_a_new_catalogue_of_an_older_version: OF_ANOTHER,
}
COMMANDS = [("serve", "--port", "0"), ("worker",), ("check", "--repair")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("spoil", REFUSED)
def test_what_does_not_belong_together_is_told_and_nothing_is_touched(
    place: Path, spoil: Callable[[Path], Environment], command: tuple[str, ...]
) -> None:
    environment = spoil(place)
    before, indexed = originals(place / "own"), sorted((place / "own" / "index").rglob("*"))
    assert len(before) == COUNT
    ended = bank(environment, *command, fine=(1,))
    assert REFUSED[spoil] in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert {*UploadsFolder(place / "own" / "uploads").digests()} == before
    assert sorted((place / "own" / "index").rglob("*")) == indexed
    assert not (place / "own" / "bnak.db").exists()


def test_nothing_is_taken_in_beside_a_lost_catalogue(place: Path) -> None:
    environment = without_catalogue(place)
    ended = bank(environment, "ingest", str(place / "others"), "--publish", fine=(1,))
    assert NEVER_FOUNDED in ended.stderr
    assert "bank restore" in ended.stderr
    assert not (place / "own" / "bank.db").exists()


def run_until_alarm(environment: Environment, *command: str) -> str:
    """Runs the bank until its sweep has stopped with an alarm; what it printed as errors."""
    process = start(environment, *command, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + PATIENCE
        while SWEEP_ALARM not in alarms(Path(environment["BANK_HOME"])):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        return process.communicate(timeout=PATIENCE)[1].decode()
    finally:
        kill(process)


def alarms(home: Path) -> list[str]:
    made = opened(home)
    with made.database.reading() as session:
        found = [alarm.name for alarm in standing_alarms(session)]
    made.database.close()
    return found


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("worker",)], ids=" ".join)
def test_beside_an_older_catalogue_the_sweep_stops_with_an_alarm(place: Path, command: tuple[str, ...]) -> None:
    environment = with_an_older_copy(place)
    before = originals(place / "own")
    printed = run_until_alarm(environment, *command)
    assert printed.count("Nothing was moved out of uploads") == 1
    assert {*UploadsFolder(place / "own" / "uploads").digests()} == before
    ended = bank(environment, "check", fine=(1,))
    assert STOPPED in ended.stdout
    assert "bank restore" in ended.stdout


@pytest.mark.parametrize("command", [("check", "--repair"), ("reindex",)], ids=" ".join)
def test_beside_an_older_catalogue_a_full_index_is_not_emptied(place: Path, command: tuple[str, ...]) -> None:
    environment = with_an_older_copy(place)
    ended = bank(environment, *command, fine=(1,))
    assert "perderían más de la mitad" in ended.stderr
    made = opened(place / "own")
    assert len(made.index.engine().versions()) == COUNT
    made.database.close()
    bank(environment, *command, "--anew", fine=(0, 1))
    made = opened(place / "own")
    assert len(made.index.engine().versions()) == 10
    made.database.close()
    assert len(originals(place / "own")) == COUNT


def with_strays(home: Path) -> set[str]:
    """Puts 30 originals there, a day old, that no entry names; their digests."""
    uploads = UploadsFolder(home / "uploads")
    strays = {uploads.put(io.BytesIO(b"%d" % number), 10).digest for number in range(30)}
    for digest in strays:
        aged(uploads.path(digest))
    return strays


def test_an_operator_who_wants_it_moves_many_aside_and_the_alarm_ends(place: Path) -> None:
    environment, uploads = quiet(place / "own"), UploadsFolder(place / "own" / "uploads")
    strays = with_strays(place / "own")
    run_until_alarm(environment, "worker")
    assert strays < {*uploads.digests()}
    assert f"{STOPPED}: 30 de 70" in bank(environment, "check", fine=(1,)).stdout
    assert "Apartados en uploads/removed: 30." in bank(environment, "check", "--sweep").stdout
    assert alarms(place / "own") == []
    assert {*uploads.moved_aside()} == strays
    assert "Apartados en uploads/removed: 30 originales" in bank(environment, "check").stdout
    assert len({*uploads.digests()}) == COUNT


def test_what_was_moved_aside_by_mistake_comes_back(place: Path) -> None:
    environment, uploads = quiet(place / "own"), UploadsFolder(place / "own" / "uploads")
    mistaken = set(sorted(uploads.digests())[:3])
    uploads.move_aside(lambda old: mistaken, now().date())
    told = bank(environment, "check", fine=(1,)).stdout
    assert told.count("su original fue apartado en uploads/removed. `bank check --repair`") == 3
    bank(environment, "check", "--repair")
    assert len({*uploads.digests()}) == COUNT


def test_a_lost_catalogue_comes_back_from_its_backup_beside_its_originals(place: Path) -> None:
    bank(quiet(place / "own"), "backup", str(place / "own.tar"))
    environment = with_an_empty_file(place)
    bank(environment, "restore", str(place / "own.tar"))
    bank(environment, "check")
    assert len(originals(place / "own")) == COUNT


def test_the_backup_of_another_bank_is_not_restored_into_these_originals(place: Path) -> None:
    bank(quiet(place / "other"), "backup", str(place / "other.tar"))
    environment = without_catalogue(place)
    ended = bank(environment, "restore", str(place / "other.tar"), fine=(1,))
    assert OF_ANOTHER in ended.stderr
    assert not (place / "own" / "bank.db").exists()
    assert len(originals(place / "own")) == COUNT


def test_a_new_bank_begins_beside_what_was_moved_aside(place: Path) -> None:
    before = originals(place / "own")
    environment = without_catalogue(place)
    assert NEVER_FOUNDED in bank(environment, "init", fine=(1,)).stderr
    (place / "own" / "uploads" / "README.md").write_text("stays")
    drawn = place / "own" / "drawn" / "aa" / f"{'a' * 64}-1-900.webp"
    drawn.parent.mkdir(parents=True)
    drawn.write_bytes(b"of an old original")
    told = bank(environment, "init", "--anew").stdout
    assert not drawn.exists()
    assert str(place / "own" / "uploads" / "aside") in told
    assert (place / "own" / "uploads" / "README.md").read_text() == "stays"
    (aside,) = (place / "own" / "uploads" / "aside").iterdir()
    assert {*UploadsFolder(aside).digests()} == before
    checked = bank(environment, "check").stdout
    assert checked.startswith("Todo en orden: 0 fichas publicadas, 0 originales.")
    assert f"{place}/own/index/aside" in checked
    bank(environment, "ingest", str(place / "others"), "--publish")
    bank(environment, "check")


def test_a_living_bank_is_not_moved_aside(place: Path) -> None:
    for environment in (quiet(place / "own"), with_a_mistyped_address(place)):
        ended = bank(environment, "init", "--anew", fine=(1,))
        assert str(place / "own" / "bank.db") in ended.stderr
        assert len({*UploadsFolder(place / "own" / "uploads").digests()}) == COUNT
    assert "Ya hay un banco" in bank(quiet(place / "own"), "init").stdout


def with_folders_of_another(place: Path, name: str, value: str, mark: bool) -> Environment:
    """A new home, but the originals or the index are those of a living bank."""
    if not mark:
        for path in place.rglob("bank-identifier"):
            path.unlink()
    return {**quiet(place / "new"), name: value}


@pytest.mark.parametrize("mark", [True, False], ids=["marked", "of an older version"])
@pytest.mark.parametrize(
    ("name", "kind"), [("BANK_UPLOADS_URL", "file:{}/uploads"), ("BANK_INDEX_URL", "whoosh:{}/index")]
)
def test_folders_of_a_living_bank_are_not_moved_aside_for_another(
    place: Path, name: str, kind: str, mark: bool
) -> None:
    environment = with_folders_of_another(place, name, kind.format(place / "own"), mark)
    before, indexed = originals(place / "own"), sorted((place / "own" / "index").rglob("*"))
    ended = bank(environment, "init", "--anew", fine=(1,))
    assert str(place / "own" / "bank.db") in ended.stderr
    assert {*UploadsFolder(place / "own" / "uploads").digests()} == before
    assert sorted((place / "own" / "index").rglob("*")) == indexed
    bank(quiet(place / "own"), "check")


def test_originals_far_from_the_catalogue_of_a_living_bank_are_not_moved_aside_either(place: Path) -> None:
    (place / "far").mkdir()
    shutil.move(place / "own" / "uploads", place / "far" / "uploads")
    far = {"BANK_UPLOADS_URL": f"file:{place}/far/uploads"}
    bank({**quiet(place / "own"), **far}, "check")
    ended = bank({**quiet(place / "new"), **far}, "init", "--anew", fine=(1,))
    assert str(place / "own" / "bank.db") in ended.stderr
    bank({**quiet(place / "own"), **far}, "check")


def test_a_server_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for address in ("postgresql+psycopg://bank:secret@localhost/bank", "sqlite://", "bank.db"):
        ended = bank({**quiet(tmp_path), "BANK_DATABASE_URL": address}, "serve", "--port", "0", fine=(1,))
        assert ended.stderr.startswith("BANK_DATABASE_URL: ")
        assert "secret" not in ended.stderr


def test_a_bank_of_an_older_version_is_taken_for_its_own_and_marked(place: Path) -> None:
    for path in place.rglob("bank-identifier"):
        path.unlink()
    bank(quiet(place / "own"), "check")
    made = opened(place / "own")
    assert made.uploads.owner() == made.namespace
    made.database.close()
