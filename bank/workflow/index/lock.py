"""The lock of the one worker: its holder is the only writer of the index."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bank.settings import Settings

LOCK_NAME = "worker.lock"
WORKER_LOCK_TRIES, WORKER_LOCK_SECONDS = 4, 0.02
"""How often the lock is tried, and how many seconds apart."""


@contextmanager
def worker_lock(settings: Settings) -> Iterator[bool]:
    """Tries to become the worker; yields whether that worked. The kernel frees the lock when a process dies."""
    settings.home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(settings.home / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    """Tries a few times: another process may hold the lock for an instant, just to see whether a worker runs."""
    for _ in range(WORKER_LOCK_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(WORKER_LOCK_SECONDS)
        else:
            return True
    return False


def worker_runs(settings: Settings) -> bool:
    """True while some process holds the worker's lock."""
    try:
        descriptor = os.open(settings.home / LOCK_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
