"""The caller's end of the extractor: starts it, sends requests, restarts it when it has died."""

import atexit
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Any, Self

from bank.ingest.child.pipes import complete_lines, write_all
from bank.ingest.limits import Limits

PACKAGES_FOLDER = Path(__file__).resolve().parents[3]
EXTRACTOR_GRACE_SECONDS = 10.0
"""How much longer than the child the extractor may take to answer."""


@dataclass(frozen=True, slots=True)
class ChildReport:
    """How the child ended, the processor seconds it took and the kilobytes of memory it had at most.

    `why`: ``done``, ``signal`` (killed by `signal`), ``wall`` (over its time), ``output`` (sent too much), ``lost``
    (the extractor itself died).
    """

    why: str
    signal: int = 0
    cpu_seconds: float = 0.0
    memory_kb: int = 0


def extractor_environment() -> dict[str, str]:
    """The environment of the extractor, nothing else of the caller's: where modules are, and a plain locale."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(PACKAGES_FOLDER),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


class Extractor:
    """One extractor process, started at the first request. Any thread may call it; requests wait for one another."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def busy(self) -> bool:
        """True while a request is being answered."""
        return self._lock.locked()

    @property
    def pid(self) -> int | None:
        """The extractor's process number; None before the first request and after it was stopped."""
        return self._process.pid if self._process else None

    def ask(
        self, task: str, path: Path, options: Mapping[str, Any], limits: Limits, heard: Callable[[dict[str, Any]], None]
    ) -> ChildReport:
        """Has `task` done with the file at `path`; `heard` is called with every message of the child as it comes."""
        request = {"task": task, "path": str(path.resolve()), "options": dict(options), "limits": asdict(limits)}
        with self._lock:
            for _ in range(2):
                ended = self._converse(json.dumps(request).encode() + b"\n", limits, heard)
                if ended is not None:
                    return ended
            return ChildReport("lost")

    def _converse(self, request: bytes, limits: Limits, heard: Callable[[dict[str, Any]], None]) -> ChildReport | None:
        """Sends one request and reads its answer; None when the extractor ended or kept silent before any answer."""
        process = self._running()
        writing, reading = pipe_descriptor(process.stdin), pipe_descriptor(process.stdout)
        spoke = False
        try:
            write_all(writing, request)
            for line in extractor_lines(reading, time.monotonic() + limits.wall_seconds + EXTRACTOR_GRACE_SECONDS):
                spoke = True
                if line[:1] == b".":
                    report = json.loads(line[1:])
                    return ChildReport(report["why"], report["signal"], report["cpu"], report["kb"])
                heard(parse_message(line[1:]))
        except BrokenPipeError:
            pass
        except BaseException:
            self._stop()
            raise
        self._stop()
        return ChildReport("lost") if spoke else None

    def _running(self) -> subprocess.Popen[bytes]:
        """The extractor process, started where it is not running."""
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-W", "ignore", "-m", "bank.ingest.child.extractor"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
                env=extractor_environment(), cwd="/", close_fds=True, start_new_session=True,
            )  # fmt: skip
        return self._process

    def _stop(self) -> None:
        """Kills the extractor process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        process.kill()
        process.wait()

    def close(self) -> None:
        """Ends the extractor; the next request starts another."""
        with self._lock:
            self._stop()


def pipe_descriptor(stream: IO[bytes] | None) -> int:
    """The file descriptor of a pipe; -1 for none."""
    return -1 if stream is None else stream.fileno()


def extractor_lines(reading: int, deadline: float) -> Iterator[bytes]:
    """The extractor's lines until it ends or the deadline has passed."""
    poll = select.poll()
    poll.register(reading, select.POLLIN)

    def chunks() -> Iterator[bytes]:
        while (left := deadline - time.monotonic()) > 0 and poll.poll(left * 1000):
            yield os.read(reading, 1 << 16)

    yield from complete_lines(chunks())


def parse_message(line: bytes) -> dict[str, Any]:
    """A child's line as a message; an empty one when it is none (the file may have taken the child over)."""
    try:
        message = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


_shared: tuple[int, tuple[Extractor, Extractor]] | None = None


def shared_extractor() -> Extractor:
    """One of this process's two extractors: the first, or the second while the first is busy.

    They are started when first used and end with the process. Two threads that read at once use two processors.
    """
    global _shared
    if _shared is None or _shared[0] != os.getpid():
        _shared = (os.getpid(), (Extractor(), Extractor()))
    first, second = _shared[1]
    return second if first.busy and not second.busy else first


def close_extractors() -> None:
    """Ends this process's extractors."""
    if _shared is not None and _shared[0] == os.getpid():
        for extractor in _shared[1]:
            extractor.close()


atexit.register(close_extractors)
