"""What every benchmark needs: commands of a bank in a home of its own, peak memory, the machine's name, percentiles."""

import os
import platform
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import psutil


def command(*arguments: str) -> list[str]:
    """The `bank` command of this environment."""
    return [sys.executable, "-m", "bank", *arguments]


def environment(home: Path) -> dict[str, str]:
    """The environment of a bank in `home`, nothing else of BANK_..."""
    home.mkdir(parents=True, exist_ok=True)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("BANK_")},
        "BANK_HOME": str(home),
    }


def machine() -> str:
    """Date, processors, Python: what a figure needs to be understood."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({model}), Python {platform.python_version()}"


class Times:
    """Milliseconds by the name of what took them."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[float]] = {}

    @contextmanager
    def take(self, name: str) -> Iterator[None]:
        """Adds how long a block takes."""
        began = time.perf_counter()
        yield
        self.by_name.setdefault(name, []).append((time.perf_counter() - began) * 1000)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Peak:
    """The most memory (proportional set size, bytes) that a process and all its children held together."""

    def __init__(self, process: psutil.Process) -> None:
        self.process = process
        self.bytes = 0
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Peak":
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self.bytes = max(self.bytes, self.now())
            time.sleep(0.05)

    def now(self) -> int:
        """Bytes held at this moment by the process and its children."""
        total = 0
        try:
            family = [self.process, *self.process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return 0
        for one in family:
            try:
                total += one.memory_full_info().pss
            except (psutil.NoSuchProcess, psutil.AccessDenied, ProcessLookupError):
                continue
        return total
