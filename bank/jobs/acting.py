"""For commands that change the index: act as the worker when none runs, else leave it to the one that does."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from bank.catalogue import outbox
from bank.progress import Progress, silent
from bank.workflow import indexing, jobs
from bank.workflow.lock import worker_lock
from bank.workflow.parts import Bank


class Indexer:
    """Brings the index up to date on demand; `own` says whether this process is the worker meanwhile."""

    def __init__(self, bank: Bank, own: bool) -> None:
        self.bank = bank
        self.own = own

    def keep_up(self) -> None:
        """Indexes what waits, when this process is the worker; cheap when nothing does."""
        if self.own:
            indexing.drain_all(self.bank, self.bank.index.writer())

    def finish(self, progress: Progress = silent) -> None:
        """Returns when everything published so far is findable by words."""
        if self.own:
            indexing.drain_all(self.bank, self.bank.index.writer(), progress)
            return
        total = remaining = self._waiting()
        while remaining:
            progress(total - remaining, total)
            time.sleep(0.2)
            remaining = self._waiting()
            total = max(total, remaining)

    def rebuild(self, progress: Progress = silent) -> int:
        """Builds the index anew, here or through the running worker. Returns the number of entries in it."""
        if self.own:
            return indexing.rebuild(self.bank, progress)
        number = jobs.ask(self.bank, "reindex")
        while (job := jobs.view(self.bank, number)).state in ("waiting", "running"):
            progress(job.done, job.total)
            time.sleep(0.2)
        return job.done

    def _waiting(self) -> int:
        with self.bank.database.reading() as session:
            return outbox.count(session)


@contextmanager
def indexer(bank: Bank) -> Iterator[Indexer]:
    """An Indexer for the length of a command; makes an index first where there is none."""
    with worker_lock(bank.settings) as own:
        if own:
            jobs.reclaim(bank)
            if bank.index.stale() is not None:
                indexing.rebuild(bank)
        yield Indexer(bank, own)
