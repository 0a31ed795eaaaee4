"""Full disks and disks that can only be read: told in a sentence, nothing lost, healed when there is room again."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from bank.settings import Settings
from bank.workflow.people.tokens import add_token_for_address
from tests.commands import PATIENCE, bank, served
from tests.making_files import experiences
from tests.people import EDITOR, OPERATOR, PASSWORD, copied
from tests.small_disks import fill_disk, make_room, mounted_disk, read_only

DISK_MB = 96
FULL = "El disco está lleno"
OWN_PAGE = {"sec-fetch-site": "same-origin"}
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
    """The token of the editor of a bank with people."""
    with copied(people_home, Settings(home=home, semantic="off", ocr="off")) as made:
        return add_token_for_address(made, EDITOR, "test", None, actor=OPERATOR)


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


def test_on_a_full_disk_people_sign_in_and_uploads_are_refused_until_there_is_room(
    environment: dict[str, str], disk: Path, home: Path, token: str
) -> None:
    with served(environment, free_port()) as address:
        eventually((home / "reserve").exists)
        assert upload(address, token, LARGE).status_code == 202
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


def test_a_bank_on_a_read_only_disk_is_read_searched_checked_and_backed_up(
    environment: dict[str, str], disk: Path, home: Path, tmp_path: Path, token: str
) -> None:
    bank(environment, "ingest", str(experiences(tmp_path / "files", 3)), "--publish")
    with read_only(disk):
        assert "Experiencia ficticia 1" in bank(environment, "search", "resultado1").stdout
        assert bank(environment, "check").stdout.startswith("Todo en orden: 3 fichas publicadas, 3 originales.")
        archive = tmp_path / "elsewhere.tar"
        bank(environment, "backup", str(archive))
        bank(environment, "export", "csv", "-o", str(tmp_path / "all.csv"))
        for command in (("ingest", str(tmp_path / "files")), ("reindex",), ("check", "--repair"), ("user", "list")):
            print(command, bank(environment, *command, fine=(0, 1)))
        with served(environment, free_port(), ready="/healthz") as address:
            assert "Experiencia ficticia 1" in httpx2.get(f"{address}/search?q=resultado1").text
            for path in ("/", "/entries/1", "/entries/1/files/1", "/feed.atom", "/api/v1/entries/1", "/entries/1.docx"):
                assert httpx2.get(f"{address}{path}").status_code == 200, path
            ready = httpx2.get(f"{address}/readyz")
            assert (ready.status_code, ready.json()["checks"]["disk"]) == (503, "read-only")
            refused = upload(address, token, b"# Uno")
            assert (refused.status_code, refused.json()["code"]) == (503, "read_only")
            assert sign_in(address).status_code == 503
            print(sign_in(address).text)
    assert 0
