"""Five thousand jobs wait: beginning one stays cheap, pages answer, and a kill -9 in the middle loses none.

With BANK_ROUNDS set (`make soak`) the worker also gets through all of them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from sqlite3 import Connection

import httpx2
import pytest
from sqlalchemy import event, insert

from bank import ingest
from bank.catalogue.jobs import insert_job
from bank.catalogue.tables import Job
from bank.clock import now
from bank.jobs.deposits import do_read_job
from bank.settings import Settings
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.people.tokens import add_token_for_address, viewer_of_token
from tests.commands import PATIENCE
from tests.faults.mixed_load import deposit_form
from tests.faults.serving import asked, checked, serving, until
from tests.faults.tally import Tell
from tests.people import EDITOR, OPERATOR, copied

MANY = 5_000
SOAKING = "BANK_ROUNDS" in os.environ
FILES = 20
"""Real files that wait to be read; the jobs name them again and again."""
STEPS_SPARE, TIMES = 2_000, 3
"""Steps of SQLite's machine that beginning a job among many may take more, or so many times as many."""
PAGES = ("/", "/search?q=ficticios", "/api/v1/search?q=huertos", "/healthz")


@pytest.fixture
def made(people_home: Path, home: Path) -> Iterator[Bank]:
    with copied(people_home, Settings(home=home, semantic="off", ocr="off")) as bank:
        yield bank
    ingest.close_extractors()


def queue_many(bank: Bank, kind: str, state: str, count: int) -> None:
    """Rows of jobs, made long ago."""
    moment = now() - timedelta(days=1)
    rows = [
        {"kind": kind, "state": state, "payload": {"files": [0], "n": n}, "created": moment, "updated": moment}
        for n in range(count)
    ]
    with bank.database.writing() as session:
        session.execute(insert(Job), rows)


@contextmanager
def counted_steps(bank: Bank) -> Iterator[list[int]]:
    """A list that grows by one for every hundred steps of SQLite's machine, on any connection of the bank."""
    steps: list[int] = []

    def count() -> int:
        steps.append(100)
        return 0

    def watch(connection: Connection, *_: object) -> None:
        connection.set_progress_handler(count, 100)

    event.listen(bank.database.engine, "checkout", watch)
    yield steps
    event.remove(bank.database.engine, "checkout", watch)
    bank.database.close()


def steps_to_begin(bank: Bank, kind: str) -> int:
    with counted_steps(bank) as steps:
        begun = jobs.begin_job(bank, kind)
    assert begun is not None
    assert begun.kind == kind
    return sum(steps)


@pytest.mark.parametrize("kind", ["read", "ocr", "reindex"])
def test_beginning_a_job_among_many_takes_no_more_steps_than_among_few(made: Bank, kind: str) -> None:
    jobs.queue_job(made, kind)
    jobs.queue_job(made, kind, {"second": True})
    few = steps_to_begin(made, kind)
    for other in ("read", "ocr"):
        queue_many(made, other, "waiting", MANY // 2)
        queue_many(made, other, "done", MANY)
        queue_many(made, other, "failed", MANY)
    assert steps_to_begin(made, kind) < few * TIMES + STEPS_SPARE


def test_looking_for_a_job_where_none_waits_takes_no_steps_for_those_of_another_kind(made: Bank) -> None:
    queue_many(made, "ocr", "waiting", MANY)
    queue_many(made, "read", "done", MANY)
    with counted_steps(made) as steps:
        assert not do_read_job(made)
    assert sum(steps) < STEPS_SPARE * TIMES


def prepare(bank: Bank) -> str:
    """Deposits of FILES files, with MANY jobs that read them; the editor's token."""
    token = add_token_for_address(bank, EDITOR, "test", None, actor=OPERATOR)
    editor = viewer_of_token(bank, token)
    for number in range(FILES):
        data = f"# Ficha ficticia {number}\n\nDe la ciudad, número {number}.\n".encode()
        start_new_deposit(bank, editor, DepositRequest(values={}, incoming=[IncomingFile("a.md", BytesIO(data))]))
    with bank.database.writing() as session:
        present = [(job.payload, job.entry_id) for job in session.query(Job).filter_by(kind="read")]
        for number in range(MANY - len(present)):
            payload, entry = present[number % len(present)]
            insert_job(session, "read", payload, entry)
    return token


def job_states(environment: dict[str, str]) -> dict[int, str]:
    return {int(str(id)): str(state) for id, state in asked(environment, "SELECT id, state FROM job")}


def done(environment: dict[str, str]) -> set[int]:
    return {id for id, state in job_states(environment).items() if state == "done"}


def test_five_thousand_jobs_hold_up_no_page_and_a_kill_loses_none(
    made: Bank, environment: dict[str, str], tmp_path: Path, tell: Tell
) -> None:
    token = prepare(made)
    plain = {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off", "BANK_THROTTLE": "off"}
    queued = set(job_states(plain))
    assert len(queued) == MANY
    with serving(plain, tmp_path / "before.log") as served:
        until(lambda: len(done(plain)) > 2 * FILES, "the worker does not begin", served)
        answers = [httpx2.get(f"{served.address}{path}", timeout=PATIENCE).status_code for path in PAGES]
        begun = httpx2.post(
            f"{served.address}/api/v1/entries",
            files=deposit_form("mientras", b"# Mientras\n\nEl trabajo sigue.\n"),
            headers={"authorization": f"Bearer {token}", "idempotency-key": "mientras"},
            timeout=PATIENCE,
        )
        seen = done(plain)
        served.kill()
    assert answers == [200] * len(PAGES)
    assert begun.status_code == 202
    queued.add(begun.json()["job"])
    after_kill = job_states(plain)
    with serving(plain, tmp_path / "after.log") as served:
        goal = len(queued) if SOAKING else len(done(plain)) + 100
        until(lambda: len(done(plain)) >= goal, "the worker does not go on", served, 20 * PATIENCE)
        served.end()
        assert served.errors() == []
    left = job_states(plain)
    lost = len(queued - left.keys()) + len(seen - done(plain)) + sum(state == "failed" for state in left.values())
    tell("5,000 queued jobs, killed in the middle", len(queued), lost)
    assert set(after_kill) == queued
    assert lost == 0
    checked(plain)
