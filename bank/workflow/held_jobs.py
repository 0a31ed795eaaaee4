"""The jobs that this process works on at this moment, and ends of jobs that could not be written yet."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class JobEnd:
    """How a try of a job ended.

    `state` is what the job becomes; "retried": it waits again, or has failed where that was its last try. `message` is
    what is noted. Unless `counts`, the try is forgotten. It waits for `pause` seconds.
    """

    state: Literal["done", "failed", "waiting", "retried"]
    message: str
    counts: bool = True
    pause: float = 0.0


class HeldJobs:
    """What a process remembers of the jobs that it has begun; its leases are renewed for these and no others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: set[int] = set()
        self._unwritten: dict[int, JobEnd] = {}

    @contextmanager
    def holding(self, id: int) -> Iterator[None]:
        """The job is worked on during a with block, however that ends."""
        with self._lock:
            self._ids.add(id)
        try:
            yield
        finally:
            with self._lock:
                self._ids.discard(id)

    def ids(self) -> frozenset[int]:
        """Ids of the jobs that are worked on now."""
        with self._lock:
            return frozenset(self._ids)

    def keep_end(self, id: int, end: JobEnd) -> None:
        """Remembers an end that the disk did not take."""
        with self._lock:
            self._unwritten[id] = end

    def unwritten_ends(self) -> Mapping[int, JobEnd]:
        """The ends that are still to be written, by the job's id."""
        with self._lock:
            return dict(self._unwritten)

    def forget_ends(self, ids: Mapping[int, JobEnd]) -> None:
        """Forgets ends that have been written."""
        with self._lock:
            for id, end in ids.items():
                if self._unwritten.get(id) == end:
                    del self._unwritten[id]
