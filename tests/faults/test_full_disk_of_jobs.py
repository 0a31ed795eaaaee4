"""The disk fills while the worker reads a file: once there is room again, the file is read without a restart.

Writing fails as on a full disk because the worker may write no file past 4 kB (RLIMIT_FSIZE; Python ignores SIGXFSZ).
"""

import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from bank.catalogue.tables import File, Job
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.people.tokens import add_token_for_address, viewer_of_token
from tests.commands import PATIENCE, kill, start
from tests.ingest.making_pdfs import book, lines
from tests.people import EDITOR, OPERATOR, copied

UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture
def bank(people_home: Path, home: Path) -> Iterator[Bank]:
    """A bank with a draft whose file of 600 pages waits to be read."""
    with copied(people_home, Settings(home=home, semantic="off", ocr="off")) as made:
        editor = viewer_of_token(made, add_token_for_address(made, EDITOR, "test", None, actor=OPERATOR))
        pages = [lines([f"Página ficticia {number} de un huerto."] * 30) for number in range(600)]
        start_new_deposit(
            made, editor, DepositRequest(values={}, incoming=[IncomingFile("a.pdf", BytesIO(book(pages)))])
        )
        yield made


def job_and_file(bank: Bank) -> tuple[str, int, str]:
    """(state of the job, pages read, status of the file)."""
    with bank.database.reading() as session:
        job = session.scalars(select(Job)).one()
        return job.state, job.done, session.scalars(select(File.status)).one()


def wait_until(what: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert process.poll() is None, "the worker ended"
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_file_whose_reading_met_a_full_disk_is_read_once_there_is_room(
    bank: Bank, environment: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with log.open("wb") as errors:
        process = start({**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off"}, "worker", stderr=errors)
    try:
        wait_until(lambda: job_and_file(bank)[1] > 0, process)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, UNLIMITED))
        wait_until(lambda: "it will be tried again" in log.read_text(), process)
        assert job_and_file(bank)[0] == "running", "nothing could be noted"
        assert job_and_file(bank)[2] == "pending"
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
        wait_until(lambda: job_and_file(bank)[0] == "done", process)
        assert job_and_file(bank)[2] == "read"
    finally:
        kill(process)
