"""Two banks on one folder, and the signals that end a bank."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import psutil
import pytest

from bank.settings import Settings
from bank.workflow.index.lock import worker_runs
from tests.commands import PATIENCE, bank, kill, served, start
from tests.making_files import experience

WAITING = "Ya hay otro proceso de trabajo de este banco"


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off"}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def eventually(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def found(address: str, words: str) -> int:
    return int(httpx2.get(f"{address}/api/v1/search", params={"q": words}).json()["total"])


def workers(home: Path) -> list[psutil.Process]:
    """The worker processes of the bank in `home`."""
    every = [one for one in psutil.process_iter(["cmdline"]) if "worker" in (one.info["cmdline"] or ())]
    return [one for one in every if one.environ().get("BANK_HOME") == str(home)]


def test_a_second_bank_on_one_folder_says_once_that_it_waits_and_takes_over(
    environment: dict[str, str], home: Path, settings: Settings, tmp_path: Path
) -> None:
    printed = tmp_path / "second.txt"
    with printed.open("wb") as stream, served(environment, free_port()):
        eventually(lambda: worker_runs(settings))
        second = start(environment, "serve", "--port", str(port := free_port()), stderr=stream)
        try:
            eventually(lambda: WAITING in printed.read_text())
            waiting = {one.pid for one in workers(home)}
            time.sleep(3)  # one that was started again and again would have ended by now
            assert {one.pid for one in workers(home)} == waiting
        except BaseException:
            kill(second)
            raise
    try:
        eventually(lambda: worker_runs(settings))
        bank(environment, "ingest", str(experience(tmp_path, 4)), "--publish")
        assert found(f"http://127.0.0.1:{port}", "resultado4") == 1
        second.terminate()
        second.wait(PATIENCE)
    finally:
        kill(second)
    assert printed.read_text().count(WAITING) == 1
    assert "Traceback" not in printed.read_text()


def test_a_hangup_ends_a_bank_in_good_order(environment: dict[str, str], home: Path) -> None:
    process = start(environment, "serve", "--port", str(port := free_port()), stderr=subprocess.PIPE)
    try:
        eventually(lambda: is_ready(port) and len(workers(home)) == 1)
        os.kill(process.pid, signal.SIGHUP)
        printed = process.communicate(timeout=PATIENCE)[1].decode()
    finally:
        kill(process)
    assert process.returncode == 0
    assert workers(home) == []
    assert not (home / "bank.db-wal").exists() or (home / "bank.db-wal").stat().st_size == 0
    assert "Traceback" not in printed


def test_a_hangup_ends_a_worker_in_good_order(environment: dict[str, str], settings: Settings) -> None:
    process = start(environment, "worker", stderr=subprocess.PIPE)
    try:
        eventually(lambda: worker_runs(settings))
        os.kill(process.pid, signal.SIGHUP)
        printed = process.communicate(timeout=PATIENCE)[1].decode()
    finally:
        kill(process)
    assert process.returncode == 0
    assert [line for line in printed.splitlines() if "The audit has" not in line] == []


def test_a_worker_that_an_operator_starts_beside_another_says_so_and_ends(
    environment: dict[str, str], settings: Settings
) -> None:
    process = start(environment, "worker")
    try:
        eventually(lambda: worker_runs(settings))
        assert bank(environment, "worker", fine=(1,)).stderr.count("\n") == 1
    finally:
        kill(process)


def is_ready(port: int) -> bool:
    try:
        return bool(json.loads(httpx2.get(f"http://127.0.0.1:{port}/readyz").text)["ready"])
    except httpx2.TransportError:
        return False
