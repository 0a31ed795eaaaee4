"""The lock of the one worker: who holds it is the only writer of the index."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from bank.settings import Settings


@contextmanager
def worker_lock(settings: Settings) -> Iterator[bool]:
    """Tries to become the worker; yields whether it worked. The kernel frees the lock when a process dies."""
    settings.home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(settings.home / "worker.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def worker_runs(settings: Settings) -> bool:
    """True while some process holds the worker's lock."""
    try:
        descriptor = os.open(settings.home / "worker.lock", os.O_RDONLY | os.O_CLOEXEC)
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
