"""The page "Estado": for administrators alone, exact, in the reader's language, and its buttons work without script."""

import io
import re
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from bank.catalogue.alarms import raise_alarm
from bank.catalogue.jobs import insert_job
from bank.catalogue.tables import Job
from bank.clock import now
from bank.messages import N_
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.operations.sizes import note_part_sizes
from bank.workflow.upkeep.backup import make_backup
from bank.workflow.upkeep.notes import WHOLE_ROUND_KEY, WholeRound, write_note
from bank.workflow.upkeep.proving import note_proof_of, prove_backup
from tests.people import ADMIN, COORDINATOR, EDITOR, PASSWORD

HOST = "http://127.0.0.1"
PAGE = "/admin/state"
XHTML = "{http://www.w3.org/1999/xhtml}"
ALARM = N_("The job names no file.")


def browser(app: FastAPI, email: str = ADMIN) -> TestClient:
    headers = {"accept-language": "en", "sec-fetch-site": "same-origin"}
    reader = TestClient(app, base_url=HOST, headers=headers, follow_redirects=False)
    assert reader.post("/login", data={"email": email, "password": PASSWORD}).status_code == 303
    return reader


@pytest.fixture
def admin(app: FastAPI) -> TestClient:
    return browser(app)


@pytest.fixture
def filled(bank: Bank, tmp_path: Path) -> Bank:
    """A bank with an alarm, a backup, a whole round, a job that failed and one that waits."""
    bank.uploads.put(io.BytesIO(b"Un huerto"), limit=100)
    make_backup(bank, tmp_path / "lunes.tar")
    with bank.database.writing() as session:
        raise_alarm(session, "test", ALARM)
        write_note(session, WHOLE_ROUND_KEY, WholeRound(now(), now(), 1234))
        insert_job(session, "ocr", {"file": 1}, total=7)
        insert_job(session, "reindex", {})
    for _ in range(jobs.MOST_JOB_ATTEMPTS):
        jobs.begin_job(bank, "reindex")
        jobs.retry_job(bank, 2, "ValueError: <b>broken</b>")
    return bank


def test_only_administrators_find_the_page_and_its_place_in_the_menu(app: FastAPI, admin: TestClient) -> None:
    assert f'href="{PAGE}"' in admin.get("/").text
    assert admin.get(PAGE).status_code == 200
    for email in (COORDINATOR, EDITOR):
        other = browser(app, email)
        assert f'href="{PAGE}"' not in other.get("/").text
        for answer in (other.get(PAGE), other.post(f"{PAGE}/jobs/1/cancel"), other.post(f"{PAGE}/jobs/1/again")):
            assert answer.status_code == 404
    assert TestClient(app, base_url=HOST, follow_redirects=False).get(PAGE).headers["location"].startswith("/login")


def test_a_new_bank_says_what_was_never_done(admin: TestClient) -> None:
    page = admin.get(PAGE).text
    for sentence in ("No alarm stands.", "No backup has been made yet.", "None has ended yet.", "No job waits."):
        assert sentence in page
    assert "proved" not in page


def test_sizes_are_shown_with_the_moment_when_the_worker_measured_them(bank: Bank, admin: TestClient) -> None:
    assert "Not measured yet" in admin.get(PAGE).text
    note_part_sizes(bank)
    page = admin.get(PAGE).text
    assert re.search(r"Sizes as of</dt><dd><time datetime", page)
    assert "Moved aside</dt><dd>" in page
    assert "Not measured yet" not in page


def test_the_page_tells_alarms_backup_proof_and_jobs_exactly(filled: Bank, admin: TestClient, tmp_path: Path) -> None:
    page = admin.get(PAGE).text
    size = (tmp_path / "lunes.tar").stat().st_size
    for told in (ALARM, f"lunes.tar, {size // 1024} kB ({size:,} bytes)", "Not yet. Prove it", "originals: 1,234"):
        assert told in page
    assert "ValueError: &lt;b&gt;broken&lt;/b&gt;" in page
    assert re.search(r"Character recognition</th>\s*<td class=\"figure\">1</td><td class=\"figure\">0</td>", page)
    assert "0 / 7" in page
    note_proof_of(filled, prove_backup(tmp_path / "lunes.tar", filled.settings))
    page = admin.get(PAGE).text
    assert "Its restore was proved" in page
    assert "Not yet. Prove it" not in page


@pytest.mark.parametrize(("language", "title"), [("es", "Estado"), ("en", "State"), ("pt", "Estado")])
def test_the_page_is_sound_html_in_every_language(filled: Bank, admin: TestClient, language: str, title: str) -> None:
    page = admin.get(f"{PAGE}?lang={language}").text
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=True).parse(page)
    assert [node.text for node in tree.iter(f"{XHTML}h1")] == [title]
    levels = [int(node.tag[-1]) for node in tree.iter() if str(node.tag)[len(XHTML) :] in {"h1", "h2", "h3"}]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    for table in tree.iter(f"{XHTML}table"):
        assert table.find(f"{XHTML}caption") is not None
        assert all(head.get("scope") for head in table.iter(f"{XHTML}th"))


def test_jobs_are_cancelled_and_tried_again_with_a_button(filled: Bank, admin: TestClient) -> None:
    def states() -> list[str]:
        with filled.database.reading() as session:
            return list(session.scalars(select(Job.state).order_by(Job.id)))

    assert states() == ["waiting", "failed"]
    answer = admin.post(f"{PAGE}/jobs/1/cancel")
    assert "The job was cancelled." in admin.get(answer.headers["location"]).text
    answer = admin.post(f"{PAGE}/jobs/2/again")
    assert "waits to be tried again" in admin.get(answer.headers["location"]).text
    assert states() == ["cancelled", "waiting"]
    for path in ("1/cancel", "2/again"):
        refused = admin.post(f"{PAGE}/jobs/{path}")
        assert refused.status_code == 409
        assert 'role="alert"' in refused.text


def test_what_a_job_tells_while_it_runs_is_not_shown_as_it_names_a_file(filled: Bank, admin: TestClient) -> None:
    jobs.begin_job(filled, "ocr")
    jobs.tell_job(filled, 1, 3, 7, "1/1 Carta de Ana Ficticia.pdf")
    assert "3 / 7" in admin.get(PAGE).text
    assert "Ficticia" not in admin.get(PAGE).text
    jobs.reclaim_jobs(filled)
    assert "Ficticia" not in admin.get(PAGE).text
