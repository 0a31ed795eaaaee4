"""Administrators cancel jobs and let them be tried again; depositors see what became of their files."""

import io
import threading

import pytest
from sqlalchemy import select

from bank.catalogue.tables import Audit, File, Job
from bank.errors import NotFound, SignInNeeded, WrongState
from bank.jobs.deposits import do_read_job, run_reading_loop
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits.files import add_files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.reading import give_up_stranded_files, read_file_again, read_files
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.operations.queue import cancel_job, queues, try_job_again
from bank.workflow.rights import Viewer
from tests.workflow.deposits.making import TEXT, Desk

ADMIN = Viewer(99, "Administración", "admin")


def begun_deposit(desk: Desk) -> int:
    """A draft whose file waits to be read."""
    asked = DepositRequest(incoming=[IncomingFile("huertos.md", io.BytesIO(TEXT.encode()))])
    return start_new_deposit(desk.bank, desk.editor, asked).entry


def job_states(bank: Bank) -> list[str]:
    with bank.database.reading() as session:
        return list(session.scalars(select(Job.state).order_by(Job.id)))


def file_states(bank: Bank) -> list[tuple[str, str | None]]:
    with bank.database.reading() as session:
        return [(file.status, file.reason) for file in session.scalars(select(File).order_by(File.id))]


def acts(bank: Bank) -> list[tuple[str, str, int | None]]:
    with bank.database.reading() as session:
        rows = session.scalars(select(Audit).where(Audit.act.in_(("cancel_job", "retry_job"))).order_by(Audit.id))
        return [(row.actor, row.act, row.entry_id) for row in rows]


def test_a_cancelled_job_leaves_its_file_unread_and_both_can_be_begun_again(desk: Desk) -> None:
    number = begun_deposit(desk)
    cancel_job(desk.bank, ADMIN, 1)
    assert job_states(desk.bank) == ["cancelled"]
    assert file_states(desk.bank) == [("failed", "cancelled")]
    assert not do_read_job(desk.bank)
    (file,) = desk.view(number).files
    assert file.broken_off
    assert "administrator" in (file.view.reason or "")
    try_job_again(desk.bank, ADMIN, 1)
    assert file_states(desk.bank) == [("pending", None)]
    assert do_read_job(desk.bank)
    assert file_states(desk.bank) == [("read", None)]
    assert acts(desk.bank) == [("user:99", "cancel_job", number), ("user:99", "retry_job", number)]


def test_a_depositor_has_a_file_read_again_whose_reading_was_cancelled(desk: Desk) -> None:
    number = begun_deposit(desk)
    cancel_job(desk.bank, ADMIN, 1)
    with pytest.raises(NotFound):
        read_file_again(desk.bank, desk.stranger, number, 1)
    for _ in range(2):
        read_file_again(desk.bank, desk.editor, number, 1)
    assert job_states(desk.bank) == ["cancelled", "waiting"]
    assert do_read_job(desk.bank)
    assert file_states(desk.bank) == [("read", None)]
    read_file_again(desk.bank, desk.editor, number, 1)
    assert job_states(desk.bank) == ["cancelled", "done"]


def test_a_running_job_stops_when_it_tells_how_far_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun_deposit(desk)
    told = jobs.tell_job

    def tell(bank: Bank, number: int, *how_far: object) -> None:
        if job_states(bank) == ["running"]:
            cancel_job(bank, ADMIN, number)
        told(bank, number, *how_far)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "tell_job", tell)
    assert do_read_job(desk.bank)
    assert job_states(desk.bank) == ["cancelled"]
    assert file_states(desk.bank) == [("failed", "cancelled")]


def test_a_poison_file_is_set_aside_after_three_tries_and_holds_up_no_other_of_its_entry(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begun_deposit(desk)
    add_files(desk.bank, desk.editor, number, [IncomingFile("otro.md", io.BytesIO(b"# Otro huerto\n\nDos.\n"))])

    def poisoned(bank: Bank, entry: int | None, ids: list[int], progress: object) -> None:
        if 1 in ids:
            raise ValueError("poison")
        read_files(bank, entry, ids, progress)  # type: ignore[arg-type]

    monkeypatch.setattr("bank.jobs.deposits.read_files", poisoned)
    for _ in range(jobs.MOST_JOB_ATTEMPTS):
        with pytest.raises(ValueError, match="poison"):
            do_read_job(desk.bank)
    assert file_states(desk.bank)[0] == ("failed", "stopped"), "though another file of the entry is still to be read"
    assert do_read_job(desk.bank)
    assert file_states(desk.bank)[1] == ("read", None)
    with desk.bank.database.reading() as session:
        assert session.scalars(select(Job.message).order_by(Job.id)).first() == "ValueError: poison"
        (reading, *_) = queues(session)
    assert (reading.kind, reading.waiting, reading.failed, reading.oldest) == ("read", 0, 1, None)


def test_what_has_ended_is_not_cancelled_and_what_is_well_not_tried_again(desk: Desk) -> None:
    begun_deposit(desk)
    with pytest.raises(WrongState):
        try_job_again(desk.bank, ADMIN, 1)
    assert do_read_job(desk.bank)
    for act in (cancel_job, try_job_again):
        with pytest.raises(WrongState):
            act(desk.bank, ADMIN, 1)
        with pytest.raises(NotFound):
            act(desk.bank, ADMIN, 9)
        with pytest.raises(NotFound):
            act(desk.bank, desk.coordinator, 1)
        with pytest.raises(SignInNeeded):
            act(desk.bank, None, 1)
    assert acts(desk.bank) == []


def test_the_reading_loop_gives_up_stranded_files_though_its_first_step_failed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun_deposit(desk)
    with desk.bank.database.writing() as session:
        session.delete(session.get(Job, 1))
    stop, tried = threading.Event(), []

    def full_at_first(bank: Bank) -> None:
        tried.append(1)
        if len(tried) == 1:
            raise OSError("The disk is full.")
        give_up_stranded_files(bank)
        stop.set()

    monkeypatch.setattr("bank.jobs.deposits.give_up_stranded_files", full_at_first)
    monkeypatch.setattr("bank.jobs.loop.LOOP_RECOVERY_SECONDS", 0)
    run_reading_loop(desk.bank, stop)
    assert file_states(desk.bank) == [("failed", "stopped")]
