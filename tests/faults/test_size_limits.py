"""Where nobody may mount a disk: a limit on the size of files, which ends writing as a full disk does."""

import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from bank.settings import Settings
from bank.workflow.people.tokens import add_token_for_address
from tests.commands import COMMAND, PATIENCE, bank, served
from tests.ingest.making_pdfs import pdf
from tests.people import EDITOR, OPERATOR, PASSWORD, copied

LIMIT_BYTES = 6 * 1024 * 1024
LIMITED = f"""
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT_BYTES}, {LIMIT_BYTES}))
os.execv(sys.argv[1], sys.argv[1:])
"""
"""A program that starts another one with the limit."""
FULL = "El disco está lleno"
PAGE = pdf()
LARGE = b"%PDF-1.4\n" + b"0" * 2 * LIMIT_BYTES


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off"}


@pytest.fixture
def token(people_home: Path, home: Path) -> str:
    with copied(people_home, Settings(home=home, semantic="off", ocr="off")) as made:
        return add_token_for_address(made, EDITOR, "test", None, actor=OPERATOR)


@pytest.fixture
def limit() -> Iterator[None]:
    """The limit, for the processes that this one starts meanwhile."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def limited(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command with the limit."""
    command = [sys.executable, "-c", LIMITED, *COMMAND, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)


@pytest.mark.usefixtures("limit")
def test_an_upload_that_can_not_be_written_is_507_and_the_bank_goes_on(environment: dict[str, str], token: str) -> None:
    headers = {"authorization": f"Bearer {token}", "accept-language": "es"}
    with served(environment, free_port()) as address:
        place = f"{address}/api/v1/entries"
        refused = httpx2.post(place, headers=headers, files=[("file", ("a.pdf", LARGE))], timeout=PATIENCE)
        assert (refused.status_code, refused.json()["code"]) == (507, "disk_full")
        assert refused.json()["detail"].startswith(FULL)
        taken = httpx2.post(place, headers=headers, files=[("file", ("a.md", b"# Uno"))], timeout=PATIENCE)
        assert taken.status_code == 202
        signed_in = httpx2.post(f"{address}/login", data={"email": EDITOR, "password": PASSWORD}, timeout=PATIENCE)
        assert signed_in.status_code == 303
    bank(environment, "check")


def test_commands_that_can_not_write_say_so_and_leave_nothing(
    environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for number in range(3):
        (files / f"{number}.pdf").write_bytes(PAGE + b"%%" + str(number).encode() * (LIMIT_BYTES * 2 // 3))
    bank(environment, "ingest", str(files), "--publish")
    (files / "large.pdf").write_bytes(PAGE + b"%%" + b"x" * 2 * LIMIT_BYTES)
    for command in (("ingest", str(files)), ("backup", str(tmp_path / "all.tar"))):
        ended = limited(environment, *command)
        assert (ended.returncode, ended.stderr.count("\n")) == (1, 1), ended
        assert "lleno" in ended.stderr or "no hay lugar para el respaldo" in ended.stderr
    assert [path.name for path in tmp_path.iterdir() if "all" in path.name or "backup" in path.name] == []
    assert list((home / "uploads" / "temporary").iterdir()) == []
    bank(environment, "check")
