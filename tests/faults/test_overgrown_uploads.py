"""Files that would fill the memory of whoever opens them, sent to a served bank: its web process opens none of them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import httpx2
import pytest

from bank.settings import Settings
from bank.workflow.people.tokens import add_token_for_address
from tests.commands import PATIENCE, kill, start
from tests.faults.test_kills_of_deposits import answers, free_port
from tests.ingest.making_pictures import flood
from tests.ingest.making_zips import crowded_zip
from tests.people import EDITOR, OPERATOR, copied

AT_ONCE = 4
MILLION = 1_000_000
MOST_GROWTH_KB = 40 * 1024
SETTLED_SECONDS = 4.0
"""Seconds without growth after which memory is taken for settled."""


@dataclass(frozen=True)
class Serving:
    """A served bank: its address, the number of its web process, and a token of its editor."""

    address: str
    pid: int
    token: str

    def deposit(self, name: str, data: bytes) -> httpx2.Response:
        return httpx2.post(
            f"{self.address}/api/v1/entries",
            headers={"authorization": f"Bearer {self.token}"},
            files=[("file", (name, BytesIO(data)))],
            timeout=PATIENCE,
        )

    def memory(self) -> int:
        """The most memory that the web process has had so far, in kB."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))

    def settled_memory(self) -> int:
        """The same, once the process has loaded what it loads beside its first requests, some 60 MB."""
        last, since = self.memory(), time.monotonic()
        while time.monotonic() - since < SETTLED_SECONDS:
            time.sleep(0.1)
            if self.memory() != last:
                last, since = self.memory(), time.monotonic()
        return last


@contextmanager
def serving(environment: dict[str, str], token: str) -> Iterator[Serving]:
    port = free_port()
    process = start(environment, "serve", "--port", str(port))
    try:
        while not answers(f"http://127.0.0.1:{port}"):
            assert process.poll() is None
        yield Serving(f"http://127.0.0.1:{port}", process.pid, token)
    finally:
        kill(process)


@pytest.fixture
def served_bank(people_home: Path, home: Path, environment: dict[str, str]) -> Iterator[Serving]:
    with copied(people_home, Settings(home=home, semantic="off", ocr="off")) as made:
        token = add_token_for_address(made, EDITOR, "test", None, actor=OPERATOR)
    plain = {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off"}
    with serving(plain, token) as ready:
        yield ready


def at_once(act: Callable[[], httpx2.Response], meanwhile: Callable[[], None]) -> list[httpx2.Response]:
    """What the act returned in AT_ONCE threads; `meanwhile` is called until they have ended."""
    found: list[httpx2.Response] = []
    threads = [threading.Thread(target=lambda: found.append(act())) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        meanwhile()
        threads[0].join(0.2)
    return found


def test_a_word_file_of_a_million_parts_is_refused_and_fills_no_memory(served_bank: Serving) -> None:
    data = crowded_zip(MILLION)
    assert 50_000_000 < len(data) < 50 * 1024 * 1024
    assert served_bank.deposit("acta.pdf", crowded_zip(3)).status_code == 415
    before = served_bank.settled_memory()

    def look() -> None:
        assert httpx2.get(f"{served_bank.address}/healthz", timeout=PATIENCE).status_code == 200

    told = at_once(lambda: served_bank.deposit("acta.docx", data), look)
    assert served_bank.memory() - before < MOST_GROWTH_KB
    assert [answer.status_code for answer in told] == [422] * AT_ONCE
    assert all("5000" in answer.json()["detail"] for answer in told)


def test_a_picture_of_very_many_points_is_decoded_in_no_web_process(served_bank: Serving) -> None:
    large = flood(20_000)
    assert len(large) < 4 << 20
    assert served_bank.deposit("foto.png", large).status_code == 422
    before = served_bank.settled_memory()
    told = at_once(lambda: served_bank.deposit("foto.png", large), lambda: None)
    assert [answer.status_code for answer in told] == [422] * AT_ONCE
    assert served_bank.memory() - before < MOST_GROWTH_KB
