"""A `bank serve` that an experiment may kill: its address, its log, and what its worker still has to do."""

import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.commands import COMMAND, PATIENCE, bank, kill, start
from tests.faults.test_kills_of_deposits import free_port

WAITING = (
    "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM job WHERE state IN ('waiting', 'running'))"
    " + (SELECT count(*) FROM unembedded WHERE :meaning)"
)


@dataclass(frozen=True)
class Served:
    """A `bank serve` of its own process group; `log` is the file of what it prints."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def kill(self) -> None:
        """kill -9 of the web process, the worker and all that they started."""
        kill(self.process)

    def end(self) -> None:
        """Ends it by SIGTERM."""
        self.process.terminate()
        assert self.process.wait(60) in (0, -signal.SIGTERM), self.errors()

    def errors(self) -> list[str]:
        """Lines of the log that tell of an error."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line[:2000] for line in lines if "Traceback" in line or '"level": "error"' in line]

    def answers(self, path: str) -> bool:
        """Whether a page or a health check answers 200."""
        try:
            return httpx2.get(f"{self.address}{path}", timeout=PATIENCE).status_code == 200
        except httpx2.TransportError:
            return False


@contextmanager
def serving(environment: Mapping[str, str], log: Path, *before: str, awaited: str = "/readyz") -> Iterator[Served]:
    """`bank serve` on a free port, once it answers; killed at the end if it still runs.

    `before` is a command that runs it, such as strace with its options.
    """
    port = free_port()
    with log.open("ab") as printed:
        if before:
            process = under(before, environment, port, printed.fileno())
        else:
            process = start(environment, "serve", "--port", str(port), stdout=printed, stderr=printed)
    served = Served(process, f"http://127.0.0.1:{port}", log)
    try:
        until(lambda: served.answers(awaited), "bank serve did not answer", served)
        yield served
    finally:
        served.kill()


def under(before: tuple[str, ...], environment: Mapping[str, str], port: int, log: int) -> subprocess.Popen[bytes]:
    command = [*before, *COMMAND, "serve", "--port", str(port)]
    return subprocess.Popen(command, env=dict(environment), stdout=log, stderr=log, start_new_session=True)


def until(done: Callable[[], bool], failed: str, served: Served | None = None, patience: float = PATIENCE) -> None:
    """Waits until `done`. AssertionError with the sentence `failed` when it never is, or the served bank has ended."""
    deadline = time.monotonic() + patience
    while not done():
        assert served is None or served.process.poll() is None, (failed, served.log.read_text()[-3000:])
        assert time.monotonic() < deadline, (failed, served.log.read_text()[-3000:] if served else "")
        time.sleep(0.05)


def waiting(environment: Mapping[str, str]) -> int:
    """How much waits for the worker: entries for the index and for vectors, jobs."""
    meaning = environment.get("BANK_SEMANTIC") != "off"
    (found,) = asked(environment, WAITING.replace(":meaning", str(int(meaning))))[0]
    return int(str(found))


def asked(environment: Mapping[str, str], query: str) -> list[tuple[object, ...]]:
    """Rows of a query to the catalogue, read beside the running bank."""
    path = Path(environment["BANK_HOME"]) / "bank.db"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        rows: list[tuple[object, ...]] = connection.execute(query).fetchall()
        return rows


def drained(environment: Mapping[str, str], served: Served) -> None:
    """Waits until nothing waits for the worker any more."""
    until(lambda: waiting(environment) == 0, "the worker does not get done", served)


def checked(environment: Mapping[str, str]) -> None:
    """`bank check` finds nothing wrong."""
    bank(environment, "check")
