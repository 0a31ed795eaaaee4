"""kill -9 at every named step of an upload, a submission and a publication, through the API of a served bank.

What was acknowledged is there afterwards, `bank check` finds nothing wrong, and the worker of the next start ends the
reading that was begun.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bank import ingest
from bank.assembly import open_bank
from bank.jobs.deposits import do_read_job
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.deposits.changing import PRESENT_VERSION
from bank.workflow.deposits.draft import open_draft
from bank.workflow.deposits.files import describe_file
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.lists import own_submissions
from bank.workflow.deposits.starting import DepositRequest
from bank.workflow.deposits.starting import start_new_deposit as start_deposit
from bank.workflow.deposits.submitting import submit
from bank.workflow.people.tokens import add_token_for_address, viewer_of_token
from bank.workflow.rights import Viewer
from tests.commands import PATIENCE, bank, kill, served, start
from tests.faults.tally import Tell
from tests.people import COORDINATOR, EDITOR, OPERATOR, copied

UPLOAD = ("upload.written", "upload.synced", "upload.renamed", "upload.settled", "upload.staged", "upload.stored",
          "deposit.written", "deposit.committed")  # fmt: skip
ADDING = ("files.written", "files.committed")
READING = ("read.written", "read.kept")
SUBMITTING = ("submit.written", "submit.committed")
PUBLISHING = ("publish.written", "publish.committed")
STEP_BEFORE = {"submit": "deposit", "publish": "submit"}
TEXT = "# Huertos ficticios\n\nCada escuela cuida un huerto.\n"
VALUES: dict[str, object] = {
    "title": {"es": "Huertos ficticios"},
    "summary": {"es": "Cada escuela cuida un huerto."},
    "start_year": 2023,
    "themes": ["cultura"],
    "principles": ["8"],
    "contact": {"post": "Dirección", "mailbox": "educacion@ciudad.example"},
}
MORE = TEXT.encode() + b"\nDos.\n"


@dataclass(frozen=True)
class Prepared:
    """A bank with a draft that lacks nothing, and the tokens of its people by address."""

    environment: dict[str, str]
    settings: Settings
    tokens: dict[str, str]
    draft: int


@pytest.fixture
def prepared(people_home: Path, home: Path, environment: dict[str, str]) -> Prepared:
    settings = Settings(home=home, semantic="off", ocr="off")
    with copied(people_home, settings) as made:
        tokens = {
            email: add_token_for_address(made, email, "test", None, actor=OPERATOR) for email in (EDITOR, COORDINATOR)
        }
        editor = viewer_of_token(made, tokens[EDITOR])
        number = start_deposit(
            made, editor, DepositRequest(values=VALUES, incoming=[IncomingFile("a.md", BytesIO(TEXT.encode()))])
        ).entry
        assert do_read_job(made)
        describe_file(made, editor, number, 1, PRESENT_VERSION, {"people": "nobody", "licence": "CC-BY-4.0"})
    plain = {**environment, "BANK_SEMANTIC": "off", "BANK_OCR": "off"}
    return Prepared(plain, settings, tokens, number)


def ask(address: str, token: str, method: str, path: str, key: str = "", **sent: Any) -> httpx2.Response:
    """One request of a program on a connection of its own."""
    headers = {"authorization": f"Bearer {token}", **({"idempotency-key": key} if key else {})}
    return httpx2.request(method, f"{address}/api/v1{path}", headers=headers, timeout=PATIENCE, **sent)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def crashing(environment: dict[str, str], step: str) -> Iterator[str]:
    """The address of a served bank whose process, the web's or the worker's, ends at a named step."""
    port = free_port()
    process = start({**environment, "BANK_CRASH_AT": step}, "serve", "--port", str(port))
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(address):
            assert time.monotonic() < deadline, "bank serve did not answer"
            time.sleep(0.1)
        yield address
    finally:
        kill(process)


def answers(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/healthz").status_code == 200
    except httpx2.TransportError:
        return False


@contextmanager
def opened(prepared: Prepared) -> Iterator[tuple[Bank, Viewer]]:
    """The bank after the kill, which `bank check` finds nothing wrong with, and its editor."""
    bank(prepared.environment, "check")
    made = open_bank(prepared.settings)
    yield made, viewer_of_token(made, prepared.tokens[EDITOR])
    made.database.close()
    ingest.close_extractors()


@pytest.mark.parametrize("step", [*UPLOAD, *ADDING])
def test_an_upload_killed_at_a_named_step_is_there_whole_or_not_at_all(
    prepared: Prepared, tell: Tell, step: str
) -> None:
    form: list[tuple[str, Any]] = [("file", ("segundo.md", MORE)), ("metadata", (None, "{}"))]
    place, files = (f"/entries/{prepared.draft}/files", form[:1]) if step in ADDING else ("/entries", form)
    with crashing(prepared.environment, step) as address, pytest.raises(httpx2.TransportError):
        ask(address, prepared.tokens[EDITOR], "POST", place, "second", files=files)
    with opened(prepared) as (made, editor):
        assert open_draft(made, editor, prepared.draft).values["title"] == VALUES["title"]
        assert len(open_draft(made, editor, prepared.draft).files) == (2 if step == "files.committed" else 1)
        assert len(own_submissions(made, editor)) == (2 if step == "deposit.committed" else 1)
        if step in UPLOAD:
            sent = DepositRequest(values={}, incoming=[IncomingFile("segundo.md", BytesIO(MORE))])
            begun = start_deposit(made, editor, sent, "second")
            assert begun.again is (step == "deposit.committed")
            assert len(own_submissions(made, editor)) == 2
        while do_read_job(made):
            pass
        assert {
            file.view.status
            for one in own_submissions(made, editor)
            for file in open_draft(made, editor, one.card.id).files
        } == {"read"}


@pytest.mark.parametrize("step", READING)
def test_a_reading_killed_at_a_named_step_is_ended_by_the_next_worker(
    prepared: Prepared, tell: Tell, step: str
) -> None:
    token = prepared.tokens[EDITOR]
    with crashing(prepared.environment, step) as address:
        told = ask(address, token, "POST", "/entries", files=[("file", ("segundo.md", MORE))])
        assert told.status_code == 202
        number = told.json()["id"]
        time.sleep(3)
    bank(prepared.environment, "check")
    with served(prepared.environment, free_port()) as address:
        deadline = time.monotonic() + PATIENCE
        while (job := ask(address, token, "GET", f"/jobs/{told.json()['job']}").json())["state"] != "done":
            assert time.monotonic() < deadline, job
            time.sleep(0.1)
        found = ask(address, token, "GET", f"/entries/{number}").json()
    assert [(file["status"], file["pages"]) for file in found["files"]] == [("read", 1)]
    tell("kill -9 at each named step of reading", 1, int(found["uid"] != told.json()["uid"]))
    assert found["uid"] == told.json()["uid"]


@pytest.mark.parametrize("step", [*SUBMITTING, *PUBLISHING])
def test_a_move_killed_at_a_named_step_happened_or_did_not(prepared: Prepared, step: str) -> None:
    publishing = step in PUBLISHING
    with opened(prepared) as (made, editor):
        agreement = made.network.agreement.version
        if publishing:
            submit(made, editor, prepared.draft, PRESENT_VERSION, accept=agreement)
    who, act, body = (COORDINATOR, "publish", {}) if publishing else (EDITOR, "submit", {"accept": agreement})
    with crashing(prepared.environment, step) as address, pytest.raises(httpx2.TransportError):
        ask(address, prepared.tokens[who], "POST", f"/entries/{prepared.draft}/{act}", json=body)
    before, after = ("submitted", "published") if publishing else ("draft", "submitted")
    with opened(prepared) as (made, editor):
        found = open_draft(made, editor, prepared.draft)
        assert found.status == (after if step.endswith("committed") else before)
        assert [one.act for one in found.steps][-1] == (act if step.endswith("committed") else STEP_BEFORE[act])
