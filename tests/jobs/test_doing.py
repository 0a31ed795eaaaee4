import errno
import resource
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from bank.assembly import open_bank
from bank.catalogue.jobs import JOB_LEASE
from bank.catalogue.tables import Job
from bank.clock import now
from bank.jobs.doing import JobStopped, NamesNoFile, do_oldest_job
from bank.jobs.heartbeat import beat
from bank.jobs.loop import outlive
from bank.settings import Settings
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.jobs import JobView

UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture
def bank(settings: Settings) -> Iterator[Bank]:
    made = open_bank(settings)
    yield made
    made.database.close()


def nothing(job: JobView) -> None:
    """Work that is done at once."""


def broken(job: JobView) -> None:
    raise ValueError("It can't be read.")


def full(job: JobView) -> None:
    raise OSError(errno.ENOSPC, "The disk is full")


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


@pytest.mark.parametrize("kind", ["read", "ocr", "reindex"])
def test_a_job_that_fails_says_with_which_words_and_is_set_aside_at_its_third_try(bank: Bank, kind: str) -> None:
    jobs.queue_job(bank, kind)
    for tried, state in ((1, "waiting"), (2, "waiting"), (3, "failed")):
        with pytest.raises(ValueError, match="read"):
            do_oldest_job(bank, kind, broken)
        assert states(bank) == [(state, tried, "ValueError: It can't be read.")]
    assert not do_oldest_job(bank, kind, nothing)


@pytest.mark.parametrize("kind", ["read", "ocr", "reindex"])
def test_a_full_disk_uses_up_no_try_and_holds_up_no_other_job(bank: Bank, kind: str) -> None:
    first, second = jobs.queue_job(bank, kind, {"file": 1}), jobs.queue_job(bank, kind, {"file": 2})
    with pytest.raises(OSError, match="full"):
        do_oldest_job(bank, kind, full)
    assert states(bank)[0] == ("waiting", 0, "OSError: [Errno 28] The disk is full")
    begun = jobs.begin_job(bank, kind)
    assert begun is not None
    assert begun.id == second
    with bank.database.writing() as session:
        job = session.get(Job, first)
        assert job is not None
        assert job.again is not None
        job.again = now()
    assert do_oldest_job(bank, kind, nothing)
    assert states(bank)[0] == ("done", 1, "")


def test_the_reason_of_a_failure_tells_nothing_of_what_was_to_be_written(bank: Bank) -> None:
    jobs.queue_job(bank, "read")

    def write(job: JobView) -> None:
        with bank.database.writing() as session:
            session.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Ana Ficticia"})

    with pytest.raises(OperationalError, match="INSERT"):
        do_oldest_job(bank, "read", write)
    assert states(bank) == [("waiting", 0, "OperationalError: no such table: nowhere")]


def test_a_job_whose_end_could_not_be_written_is_ended_before_the_next_is_begun(bank: Bank) -> None:
    jobs.queue_job(bank, "ocr")

    def fill_the_disk(job: JobView) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, UNLIMITED))

    try:
        with pytest.raises(OperationalError):
            do_oldest_job(bank, "ocr", fill_the_disk)
        assert states(bank) == [("running", 1, "")]
        assert bank.held.ids() == frozenset()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
    assert not do_oldest_job(bank, "ocr", nothing)
    assert states(bank) == [("done", 1, "")], "its work had been done"


def test_a_job_that_nobody_vouches_for_is_taken_up_again_without_a_restart(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = jobs.queue_job(bank, "read")
    jobs.begin_job(bank, "read")
    assert jobs.begin_job(bank, "read") is None
    assert jobs.job_view(bank, number).state == "running"
    for moved in (JOB_LEASE + timedelta(seconds=1), -timedelta(hours=2)):
        monkeypatch.setattr(jobs, "now", lambda moved=moved: now() + moved)
        assert jobs.job_view(bank, number).state == "waiting"
        with bank.held.holding(number):
            assert jobs.begin_job(bank, "read") is None, "this process works on it, whatever the clock says"
        assert jobs.begin_job(bank, "read") is not None
        assert jobs.job_view(bank, number).state == "running"
    monkeypatch.setattr(jobs, "now", now)
    assert jobs.begin_job(bank, "read") is None
    assert states(bank) == [("failed", 3, jobs.GIVEN_UP)]


def test_the_heartbeat_vouches_for_what_this_process_works_on_and_for_nothing_else(bank: Bank) -> None:
    numbers = [jobs.queue_job(bank, kind) for kind in ("read", "ocr")]
    for kind in ("read", "ocr"):
        jobs.begin_job(bank, kind)
    with bank.database.writing() as session:
        for job in session.scalars(select(Job)):
            job.lease = now() - timedelta(seconds=1)
    with bank.held.holding(numbers[0]):
        beat(bank)
    beat(bank)
    assert [jobs.job_view(bank, number).state for number in numbers] == ["running", "waiting"]


def test_a_job_that_was_cancelled_stops_when_it_tells_how_far_it_is(bank: Bank) -> None:
    number = jobs.queue_job(bank, "ocr")

    def cancelled(job: JobView) -> None:
        with bank.database.writing() as session:
            row = session.get(Job, number)
            assert row is not None
            row.state = "cancelled"
        jobs.tell_job(bank, number, 1, 2)
        raise AssertionError("it went on")

    assert do_oldest_job(bank, "ocr", cancelled)
    assert states(bank) == [("cancelled", 1, "")]
    assert not do_oldest_job(bank, "ocr", nothing)


@pytest.mark.parametrize("state", ["cancelled", "waiting"])
def test_a_job_that_was_cancelled_or_queued_anew_at_its_end_is_not_taken_for_done(bank: Bank, state: str) -> None:
    number = jobs.queue_job(bank, "ocr")

    def overtaken(job: JobView) -> None:
        with bank.database.writing() as session:
            row = session.get(Job, number)
            assert row is not None
            row.state = state

    assert do_oldest_job(bank, "ocr", overtaken)
    assert states(bank) == [(state, 1, "")]


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
