import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bank.assembly import open_bank
from bank.catalogue.tables import Job
from bank.jobs.doing import JobStopped, NamesNoFile, do_oldest_job
from bank.jobs.loop import outlive
from bank.settings import Settings
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.jobs import JobView


@pytest.fixture
def bank(settings: Settings) -> Iterator[Bank]:
    made = open_bank(settings)
    yield made
    made.database.close()


def nothing(job: JobView) -> None:
    """Work that is done at once."""


def full(job: JobView) -> None:
    raise OSError("The disk is full.")


def stopped(job: JobView) -> None:
    raise JobStopped


def nameless(job: JobView) -> None:
    raise NamesNoFile


def states(bank: Bank) -> list[tuple[str, int, str]]:
    with bank.database.reading() as session:
        return [(job.state, job.attempts, job.message) for job in session.scalars(select(Job).order_by(Job.id))]


def test_the_oldest_job_of_the_kind_is_done_and_no_other(bank: Bank) -> None:
    assert not do_oldest_job(bank, "ocr", nothing)
    for kind in ("read", "ocr"):
        jobs.queue_job(bank, kind)
    jobs.queue_job(bank, "ocr", {"file": 2})
    assert do_oldest_job(bank, "ocr", nothing)
    assert [state for state, _, _ in states(bank)] == ["waiting", "done", "waiting"]


def test_a_job_that_fails_says_with_which_words(bank: Bank) -> None:
    jobs.queue_job(bank, "reindex")
    with pytest.raises(OSError, match="full"):
        do_oldest_job(bank, "reindex", full)
    assert states(bank) == [("failed", 1, "OSError: The disk is full.")]


def test_a_job_that_is_stopped_waits_as_if_it_had_not_begun(bank: Bank) -> None:
    jobs.queue_job(bank, "ocr")
    assert do_oldest_job(bank, "ocr", stopped)
    assert states(bank) == [("waiting", 0, "")]


def test_a_job_that_names_no_file_has_failed_and_stops_nothing(bank: Bank) -> None:
    jobs.queue_job(bank, "read")
    assert do_oldest_job(bank, "read", nameless)
    assert states(bank) == [("failed", 1, "The job names no file.")]


def test_a_loop_ends_when_it_is_stopped_or_its_parent_has_gone_though_its_step_fails() -> None:
    stop, taken = threading.Event(), []

    def step() -> bool:
        taken.append(1)
        stop.set()
        raise OSError("The disk is full.")

    outlive(step, stop, "It failed.")
    outlive(step, threading.Event(), "It failed.", ended=lambda: True)
    assert len(taken) == 1


def test_a_job_that_is_tried_again_keeps_what_went_wrong(bank: Bank) -> None:
    number = jobs.queue_job(bank, "read")
    jobs.begin_job(bank, "read")
    jobs.retry_job(bank, number, "OSError: The disk is full.")
    assert states(bank) == [("waiting", 1, "OSError: The disk is full.")]


def test_a_job_whose_workers_all_died_says_so(bank: Bank) -> None:
    number = jobs.queue_job(bank, "reindex")
    for _ in range(jobs.MOST_JOB_ATTEMPTS):
        jobs.begin_job(bank, "reindex")
        jobs.tell_job(bank, number, 3, 10, "half way")
        jobs.reclaim_jobs(bank)
    assert jobs.begin_job(bank, "reindex") is None
    assert states(bank) == [("failed", jobs.MOST_JOB_ATTEMPTS, jobs.GIVEN_UP)]
