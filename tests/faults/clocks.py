"""A clock that an experiment sets forward and back under running processes, by libfaketime (Debian: faketime).

Only the wall clock moves, as when a machine's clock is set: the monotonic clock and the moments of files stay.
"""

from collections.abc import Mapping
from pathlib import Path

LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib*/faketime/libfaketimeMT.so.1")
SLEEP = """
import select
import time


def sleep(seconds):
    select.select((), (), (), seconds)


time.sleep = sleep
"""
"""libfaketime takes the absolute monotonic time that Python's sleep waits for as one of its own, and refuses it."""


def faketime_library() -> str:
    """The library's path. AssertionError where it is not installed."""
    found = [str(path) for pattern in LIBRARIES for path in Path("/").glob(pattern.lstrip("/"))]
    assert found, "libfaketime is missing. On Debian: apt-get install faketime"
    return found[0]


class SetClock:
    """The wall clock of processes started with `environment`."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.file = folder / "clock"
        self.set(0)
        (folder / "site").mkdir()
        (folder / "site" / "sitecustomize.py").write_text(SLEEP)
        self.environment = {
            **environment,
            "PYTHONPATH": str(folder / "site"),
            "LD_PRELOAD": faketime_library(),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def set(self, hours: int) -> None:
        """Puts the clock so many hours before (negative) or after the real one."""
        beside = self.file.with_suffix(".new")
        beside.write_text(f"{hours:+}h\n")
        beside.replace(self.file)
