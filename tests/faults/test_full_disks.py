"""Full disks and disks that can only be read: told in a sentence, nothing lost, healed when there is room again."""

import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from alembic import command
from sqlalchemy import create_engine

from bank.catalogue.migrations.running import alembic_config
from bank.reserve import Reserve
from bank.settings import Settings
from bank.workflow.people.tokens import add_token_for_address
from tests.commands import PATIENCE, bank, served
from tests.making_files import experiences
from tests.people import EDITOR, OPERATOR, PASSWORD, copied
from tests.small_disks import fill_disk, free_on, make_room, mounted_disk, read_only

DISK_MB = 96
MB = 1024 * 1024
FULL, READ_ONLY = "El disco está lleno", "Por ahora el banco solo se puede leer"
OWN_PAGE = {"sec-fetch-site": "same-origin"}
WRITING = (("ingest", "."), ("reindex",), ("token", "add", EDITOR, "--name", "otro"))
LARGE = b"# Grande\n\n" + b"texto ficticio\n" * 90_000
"""A file of 1.3 MB: more than a form without files may have."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted_disk(tmp_path / "disk", DISK_MB) as folder:
        yield folder


@pytest.fixture
def home(disk: Path) -> Path:
    """The bank's folder, on a disk of its own."""
    folder = disk / "bank"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off"}


@pytest.fixture
def token(people_home: Path, home: Path) -> str:
    """The token of the editor of a bank with people and with the reserve that its worker made."""
    Reserve(home).make()
    with copied(people_home, Settings(home=home, semantic="off", ocr="off")) as made:
        return add_token_for_address(made, EDITOR, "test", None, actor=OPERATOR)


@pytest.fixture
def outdated(home: Path) -> Path:
    """The file of a catalogue with the tables of the first version."""
    path = home / "bank.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    return path


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def eventually(happened: Callable[[], bool]) -> None:
    """Waits until something has happened; fails where it does not."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def sign_in(address: str) -> httpx2.Response:
    return httpx2.post(f"{address}/login", data={"email": EDITOR, "password": PASSWORD}, timeout=PATIENCE)


def upload(address: str, token: str, content: bytes, name: str = "grande.md") -> httpx2.Response:
    return httpx2.post(
        f"{address}/api/v1/entries",
        headers={"authorization": f"Bearer {token}", "accept-language": "es"},
        files=[("file", (name, content)), ("metadata", (None, "{}"))],
        timeout=PATIENCE,
    )


def job_state(address: str, token: str, number: int) -> object:
    headers = {"authorization": f"Bearer {token}"}
    return httpx2.get(f"{address}/api/v1/jobs/{number}", headers=headers, timeout=PATIENCE).json()["state"]


def test_on_a_full_disk_people_sign_in_and_uploads_are_refused_until_there_is_room(
    environment: dict[str, str], disk: Path, home: Path, token: str
) -> None:
    with served(environment, free_port()) as address:
        eventually((home / "reserve").exists)
        taken = upload(address, token, LARGE)
        assert taken.status_code == 202
        eventually(lambda: job_state(address, token, taken.json()["job"]) == "done")
        fill_disk(disk)
        refused = upload(address, token, LARGE + b"otro")
        assert refused.status_code == 507
        assert refused.json()["code"] == "disk_full"
        assert refused.json()["detail"].startswith(FULL)
        signed_in = [sign_in(address) for _ in range(3)]
        assert [one.status_code for one in signed_in] == [303, 303, 303]
        assert not (home / "reserve").exists()
        cookies = dict(signed_in[0].cookies)
        assert httpx2.get(f"{address}/account", cookies=cookies).status_code == 200
        assert httpx2.post(f"{address}/logout", cookies=cookies, headers=OWN_PAGE).status_code == 303
        assert httpx2.get(f"{address}/account", cookies=cookies).status_code == 303
        ready = httpx2.get(f"{address}/readyz")
        assert ready.status_code == 503
        assert ready.json()["checks"]["disk"].startswith("full")
        assert httpx2.get(f"{address}/search").status_code == 200
        make_room(disk)
        eventually((home / "reserve").exists)
        assert httpx2.get(f"{address}/readyz").status_code == 200
        assert upload(address, token, LARGE + b"otro").status_code == 202
    bank(environment, "check")


def test_a_bank_on_a_read_only_disk_is_searched_checked_exported_and_backed_up(
    environment: dict[str, str], disk: Path, tmp_path: Path, token: str
) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 3)), "--publish")
    with read_only(disk):
        assert "Experiencia ficticia 1" in bank(environment, "search", "resultado1").stdout
        for check in (("check",), ("check", "--repair")):  # there is nothing to repair
            assert bank(environment, *check).stdout.startswith("Todo en orden: 3 fichas publicadas, 3 originales.")
        bank(environment, "export", "csv", "-o", str(tmp_path / "all.csv"))
        bank(environment, "backup", str(tmp_path / "all.tar"))
        for command in WRITING:
            refused = bank(environment, *command, fine=(1,)).stderr
            assert refused == f"{READ_ONLY}; no se cambió nada. Prueba otra vez más tarde.\n"
        inside = bank(environment, "backup", str(disk / "all.tar"), fine=(1,)).stderr
        assert inside == f"El disco de {disk} es de solo lectura: no se escribió ningún respaldo.\n"
    (disk / "bank" / "bank.db").chmod(0o644)
    with read_only(disk):
        assert bank(environment, "check", "--repair", fine=(1,)).stderr.startswith(READ_ONLY)
    bank(environment, "restore", str(tmp_path / "all.tar"), "--into", str(tmp_path / "restored"))


def test_a_bank_on_a_read_only_disk_is_served_for_reading_and_written_once_it_can_be(
    environment: dict[str, str], disk: Path, home: Path, tmp_path: Path, token: str, capfd: pytest.CaptureFixture[str]
) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 3)), "--publish")
    with ExitStack() as later:
        with read_only(disk):
            address = later.enter_context(served(environment, free_port(), ready="/healthz"))
            assert "Experiencia ficticia 1" in httpx2.get(f"{address}/search?q=resultado1").text
            for path in ("/", "/entries/1", "/entries/1/files/1", "/feed.atom", "/api/v1/entries/1", "/entries/1.docx"):
                assert httpx2.get(f"{address}{path}").status_code == 200, path
            ready = httpx2.get(f"{address}/readyz")
            assert (ready.status_code, ready.json()["checks"]["disk"]) == (503, "read-only")
            refused = upload(address, token, b"# Uno")
            assert (refused.status_code, refused.json()["code"]) == (503, "read_only")
            signing = sign_in(address)
            assert signing.status_code == 503
            assert READ_ONLY in signing.text
            assert EDITOR in signing.text
        eventually(lambda: httpx2.get(f"{address}/readyz").status_code == 200)
        assert sign_in(address).status_code == 303
        assert upload(address, token, b"# Uno").status_code == 202
        eventually((home / "reserve").exists)
    assert capfd.readouterr().err.count("El disco es de solo lectura") == 1
    bank(environment, "check")


def test_a_journal_left_on_a_read_only_disk_is_read_too(
    environment: dict[str, str], disk: Path, home: Path, tmp_path: Path, token: str
) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
    holder = sqlite3.connect(home / "bank.db")
    holder.execute("UPDATE entry_text SET title = 'Solo en el diario' WHERE entry_id = 1")
    holder.commit()
    kept = {ending: (home / f"bank.db{ending}").read_bytes() for ending in ("", "-wal", "-shm")}
    holder.close()
    for ending in ("-shm", ""):
        for one, content in kept.items():
            (home / f"bank.db{one}").write_bytes(content)
        if not ending:
            (home / "bank.db-shm").unlink()
        with read_only(disk):
            found = bank(environment, "export", "jsonl", "--ids", "1", "-o", "-")
            assert "Solo en el diario" in found.stdout
            assert ("is read from a copy" in found.stderr) is (ending == "")
            bank(environment, "check", fine=(0, 1))
        (home / "bank.db").read_bytes()


def test_an_outdated_catalogue_on_a_read_only_disk_is_told(
    environment: dict[str, str], disk: Path, outdated: Path
) -> None:
    with read_only(disk):
        told = bank(environment, "check", fine=(1,)).stderr
    assert told.startswith("El catálogo está vacío o es de una versión anterior")
    assert told.count("\n") == 1
    bank(environment, "check")


def test_a_backup_to_a_full_disk_leaves_nothing_and_a_full_disk_is_a_fault_of_the_check(
    environment: dict[str, str], disk: Path, home: Path, tmp_path: Path, token: str
) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
    fill_disk(disk)
    before = sorted(path.name for path in disk.iterdir())
    for target in (disk / "all.tar", home / "all.tar"):
        told = bank(environment, "backup", str(target), fine=(1,)).stderr.splitlines(keepends=True)[-1]
        assert told == f"En el disco de {target.parent} no hay lugar para el respaldo. No quedó nada a medias.\n"
    assert sorted(path.name for path in disk.iterdir()) == before
    assert not list(home.glob("*backup*"))
    fault, _ = bank(environment, "check", fine=(1,)).stdout.splitlines()[:2]
    assert fault.startswith("El disco de ")
    assert "está lleno: quedan " in fault
    bank(environment, "backup", str(tmp_path / "all.tar"))
    make_room(disk)
    bank(environment, "backup", str(disk / "all.tar"))
    bank(environment, "check")


def test_a_disk_that_fills_while_files_are_taken_in_stops_before_its_last_room(
    environment: dict[str, str], disk: Path, tmp_path: Path, token: str
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.md").write_bytes(LARGE + str(number).encode())
    fill_disk(disk, left=24 * MB)
    told = bank(environment, "ingest", str(folder), fine=(1,))
    assert told.stderr.startswith(FULL)
    assert free_on(disk) > 2 * MB
    kept = told.stdout.count("✓")
    assert 0 < kept < 12
    make_room(disk)
    bank(environment, "ingest", str(folder))
    assert "12 originales" in bank(environment, "check").stdout


def test_a_disk_that_is_full_while_the_index_is_rebuilt_keeps_the_old_one(
    environment: dict[str, str], disk: Path, home: Path, tmp_path: Path, token: str
) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 20)), "--publish")
    for left in (0, 6 * MB):
        fill_disk(disk, left)
        ended = bank(environment, "reindex", fine=(0, 1))
        assert ended.returncode == 0 or FULL in ended.stderr
        assert len(list((home / "index").glob("0*"))) <= 2
        assert "Experiencia ficticia 1" in bank(environment, "search", "resultado1").stdout
        make_room(disk)
    bank(environment, "reindex")
    bank(environment, "check")


def test_a_disk_that_is_full_during_a_migration_leaves_the_catalogue_as_it_was(
    environment: dict[str, str], disk: Path, outdated: Path
) -> None:
    fill_disk(disk)
    told = bank(environment, "check", fine=(1,)).stderr
    assert told.startswith(FULL)
    assert told.count("\n") == 1
    make_room(disk)
    bank(environment, "check")


def test_a_file_that_was_taken_in_before_the_disk_filled_is_read_once_there_is_room(
    environment: dict[str, str], disk: Path, home: Path, token: str
) -> None:
    with served(environment, free_port()) as address:
        eventually((home / "reserve").exists)
        fill_disk(disk, left=5 * MB)
        sent = upload(address, token, b"# Huertos\n\nUno.", "huertos.md")
        assert sent.status_code == 202
        fill_disk(disk)
        make_room(disk)
        eventually(lambda: job_state(address, token, sent.json()["job"]) == "done")
    bank(environment, "check")
