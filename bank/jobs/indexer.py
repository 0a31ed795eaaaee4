"""For commands that change the index: act as the worker when none runs, else leave it to the one that does."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bank.catalogue import outbox
from bank.errors import BankError
from bank.jobs.worker import do_reindex_job, take_up_left_jobs
from bank.messages import N_
from bank.progress import Progress, no_progress
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.index import documents, vectors
from bank.workflow.index.lock import worker_lock

WORKER_LOOK_SECONDS = 0.2
"""Seconds between two looks at what the running worker has done."""

INDEX_NOT_BUILT_YET = N_("The index could not be built: {reason}. The worker tries it again by itself.")


def is_at_rest(job: jobs.JobView) -> bool:
    """Whether a reindex job has ended, or has failed and waits for another try: only then it waits with a message."""
    return job.state not in ("waiting", "running") or (job.state == "waiting" and job.message != "")


class Indexer:
    """Brings the index up to date for a command, making it first where there is none.

    `own` says whether this process is the worker meanwhile.
    """

    def __init__(self, bank: Bank, own: bool) -> None:
        self.bank = bank
        self.own = own
        self.made = documents.rebuild_index(bank) if own and bank.index.stale() is not None else None

    def keep_up(self) -> None:
        """Drains the outbox where this process is the worker; cheap when it is empty."""
        if self.own:
            documents.drain_whole_outbox(self.bank)

    def finish(self, progress: Progress = no_progress) -> None:
        """Waits until everything published can be found by its words; indexes the rest where the worker ends."""
        total = remaining = self._waiting()
        while remaining and not self.own:
            with worker_lock(self.bank.settings) as free:
                if free:
                    documents.drain_whole_outbox(self.bank, progress)
            progress(total - remaining, total)
            time.sleep(WORKER_LOOK_SECONDS)
            remaining = self._waiting()
            total = max(total, remaining)
        if self.own:
            documents.drain_whole_outbox(self.bank, progress)

    def rebuild(self, progress: Progress = no_progress) -> int:
        """Builds the index anew, here or through the running worker, and queues every entry's vectors to be checked.

        Returns the number of entries in the index. Raises BankError when it failed there or was cancelled; one that
        failed and waits for another try is not waited for.
        """
        if self.own:
            made, self.made = self.made, None
            total = documents.rebuild_index(self.bank, progress) if made is None else made
            vectors.queue_outdated_vectors(self.bank, every=True)
            return total
        number = jobs.queue_job(self.bank, "reindex")
        while not is_at_rest(job := jobs.job_view(self.bank, number)):
            with worker_lock(self.bank.settings) as free:
                if free:
                    take_up_left_jobs(self.bank)
                    do_reindex_job(self.bank)
            progress(job.done, job.total)
            time.sleep(WORKER_LOOK_SECONDS)
        if job.state == "waiting":
            raise BankError(INDEX_NOT_BUILT_YET, reason=job.message)
        if job.state == "cancelled":
            raise BankError(N_("Building the index was cancelled."))
        if job.state == "failed":
            raise BankError(N_("The index could not be built: {reason}"), reason=job.message)
        return job.done

    def embed(self, progress: Progress = no_progress) -> Mapping[vectors.EmbeddingOutcome, int] | None:
        """Embeds what waits, draining the outbox meanwhile; None where that is left to the running worker.

        Returns how many entries had which outcome. Raises NoModel, NoVectors.
        """
        return vectors.embed_all(self.bank, progress, self.keep_up) if self.own else None

    def _waiting(self) -> int:
        with self.bank.database.reading() as session:
            return outbox.count_outbox_rows(session)


@contextmanager
def open_indexer(bank: Bank) -> Iterator[Indexer]:
    """An Indexer for the length of a command.

    Where it is the worker, it does the reindex jobs that others queued before it releases the lock.
    """
    with worker_lock(bank.settings) as own:
        if own:
            take_up_left_jobs(bank)
        yield Indexer(bank, own)
        while own and do_reindex_job(bank):
            pass
