import os
import shutil
import socket
import time
from pathlib import Path

import httpx2
import psutil
import pytest

from tests.commands import PATIENCE, bank, kill, served, start
from tests.ingest.making_pdfs import scan
from tests.making_files import experience, experiences


@pytest.fixture
def environment(environment: dict[str, str], landmarks: Path) -> dict[str, str]:
    """With the landmarks' vectors, so that no worker need make them."""
    shutil.copy(landmarks, Path(environment["BANK_HOME"]) / "vectors.db")
    return environment


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def total(address: str, words: str) -> int:
    return int(httpx2.get(f"{address}/api/v1/search", params={"q": words}).json()["total"])


def wait_for(address: str, words: str, number: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while total(address, words) != number:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_what_a_command_publishes_is_found_by_the_running_bank(environment: dict[str, str], tmp_path: Path) -> None:
    with served(environment, free_port()) as address:
        assert total(address, "resultado4") == 0
        bank(environment, "ingest", str(experience(tmp_path, 4)), "--publish")
        assert total(address, "resultado4") == 1
        bank(environment, "reindex")
        assert total(address, "resultado4") == 1
        bank(environment, "check")


def test_ending_the_bank_ends_its_worker_and_a_dead_worker_is_replaced(
    environment: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    with served(environment, port) as address:
        deadline = time.monotonic() + PATIENCE
        while not (workers := workers_of(environment)):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        workers[0].kill()
        workers[0].wait()
        bank(environment, "ingest", str(experiences(tmp_path / "files", 2)), "--publish")
        wait_for(address, "ficticia", 2)
    assert workers_of(environment) == []


def test_a_worker_whose_parent_was_killed_ends_by_itself(environment: dict[str, str]) -> None:
    process = start(environment, "serve", "--port", str(free_port()))
    try:
        deadline = time.monotonic() + PATIENCE
        while not (workers := workers_of(environment)):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        os.kill(process.pid, 9)
        process.wait()
        psutil.wait_procs(workers, timeout=PATIENCE)
        assert workers_of(environment) == []
    finally:
        kill(process)


def workers_of(environment: dict[str, str]) -> list[psutil.Process]:
    """Processes `bank worker` of this test's bank."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        try:
            if (
                "worker" in (process.info["cmdline"] or [])
                and process.environ().get("BANK_HOME") == environment["BANK_HOME"]
            ):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def test_a_scanned_page_is_found_by_its_words_once_the_worker_has_read_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "escaneado.pdf"
    path.write_bytes(scan(["La biblioteca del barrio", "abre por la tarde"]))
    environment = {**environment, "BANK_SEMANTIC": "off"}  # by its title's meaning it may be found before
    with served(environment, free_port()) as address:
        bank(environment, "ingest", str(path), "--publish", "--language", "es")
        wait_for(address, "biblioteca", 1)
        page = httpx2.get(f"{address}/api/v1/entries/1/files/1/pages/1").json()
        assert "biblioteca" in page["text"]
        assert httpx2.get(f"{address}/entries/1/pages/1").status_code == 200


def test_a_port_that_is_taken_is_told_in_a_sentence(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = bank(environment, "serve", "--port", str(taken.getsockname()[1]), fine=(1,))
    assert "127.0.0.1" in ended.stderr
    assert "http://" not in ended.stderr
