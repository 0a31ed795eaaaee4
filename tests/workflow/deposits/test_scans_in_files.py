import io
import threading
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from sqlalchemy import select

from bank.catalogue.tables import Job, Page
from bank.ingest import REASONS
from bank.jobs import worker
from bank.jobs.indexer import open_indexer
from bank.progress import no_progress
from bank.search.request import Filters
from bank.workflow import jobs
from bank.workflow.bank import Bank
from bank.workflow.deposits import scans
from bank.workflow.deposits.scans import read_blank_pages
from bank.workflow.entries import public
from bank.workflow.search.searching import search
from tests.ingest.making_pdfs import lines, pdf, scan
from tests.workflow.conftest import Publish


@pytest.fixture
def scanned(bank: Bank, publish: Publish, tmp_path: Path) -> int:
    """A published scan of one page that waits for OCR."""
    path = tmp_path / "escaneado.pdf"
    path.write_bytes(scan(["La biblioteca del barrio", "abre por la tarde"]))
    return publish(path, language="es").entry or 0


def test_a_scan_waits_for_ocr_and_is_found_by_its_words_afterwards(bank: Bank, scanned: int) -> None:
    assert search(bank, "biblioteca", Filters()).total == 0
    assert worker.do_ocr_job(bank, threading.Event())
    with open_indexer(bank) as index:
        index.finish()
    assert search(bank, "biblioteca", Filters()).total == 1
    page = public.published_page(bank, scanned, 1, 1)
    assert (page.method, (page.confidence or 0) > 50) == ("ocr", True)
    file = public.published_entry(bank, scanned).files[0]
    assert "ocr" in file.flags
    assert "no_text" not in file.flags
    assert not worker.do_ocr_job(bank, threading.Event())


def test_a_page_that_was_read_is_not_read_again(bank: Bank, scanned: int) -> None:
    told: list[int] = []
    for _ in range(2):
        read_blank_pages(bank, 1, [1], lambda done, total, message="": told.append(done), threading.Event())
    assert told == [1]


def test_stopping_in_good_order_does_not_use_up_attempts(bank: Bank, scanned: int) -> None:
    stop = threading.Event()
    stop.set()
    for _ in range(jobs.MOST_JOB_ATTEMPTS + 2):
        assert worker.do_ocr_job(bank, stop)
    with bank.database.reading() as session:
        job = session.scalars(select(Job)).one()
    assert (job.state, job.attempts) == ("waiting", 0)


def test_what_a_killed_worker_had_read_reaches_the_index(bank: Bank, scanned: int) -> None:
    job = jobs.begin_job(bank, "ocr")
    assert job is not None
    with bank.database.writing() as session:
        page = session.get(Page, (1, 1))
        assert page is not None
        page.text, page.method = "La ludoteca del parque", "ocr"
    worker.take_up_left_jobs(bank)
    with open_indexer(bank) as index:
        index.finish()
    assert search(bank, "ludoteca", Filters()).total == 1


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(bank: Bank, scanned: int) -> None:
    for _ in range(jobs.MOST_JOB_ATTEMPTS):
        assert jobs.begin_job(bank, "ocr") is not None
        jobs.reclaim_jobs(bank)
    assert jobs.begin_job(bank, "ocr") is None
    with bank.database.reading() as session:
        assert session.scalars(select(Job.state)).all() == ["failed"]


def two_scanned_pages(tmp_path: Path) -> Path:
    """A PDF of two scanned pages; the first has a text of its own at its foot."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(lines(["Folio 7"], top=20)))))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(scan(["La biblioteca del barrio"]))).pages[0])
    writer.append(io.BytesIO(scan(["La ludoteca del parque"])))
    path = tmp_path / "dos.pdf"
    writer.write(path)
    return path


def test_a_file_tells_how_many_pages_are_read_until_all_are(bank: Bank, publish: Publish, tmp_path: Path) -> None:
    entry = publish(two_scanned_pages(tmp_path), language="es").entry or 0
    assert public.published_entry(bank, entry).files[0].reason_values == {}
    assert read_blank_pages(bank, 1, [1], no_progress, threading.Event()) == 1
    file = public.published_entry(bank, entry).files[0]
    assert (file.reason, file.reason_values) == (REASONS["partial"], {"read": 1, "total": 2})
    assert "partial" in file.flags
    assert public.published_page(bank, entry, 1, 1).text == "Folio 7\nLa biblioteca del barrio"
    assert read_blank_pages(bank, 1, [1, 2], no_progress, threading.Event()) == 2
    file = public.published_entry(bank, entry).files[0]
    assert (file.reason, set(file.flags) & {"partial", "no_text"}) == (None, set())


def test_a_page_that_was_left_out_is_tried_again(bank: Bank, scanned: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "OCR_TRIES", (0, 1))
    assert read_blank_pages(bank, 1, [1], no_progress, threading.Event()) == 1
    assert "biblioteca" in public.published_page(bank, scanned, 1, 1).text


def test_what_no_try_can_read_is_still_told_as_a_picture(
    bank: Bank, scanned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "OCR_TRIES", (0, 0))
    assert read_blank_pages(bank, 1, [1], no_progress, threading.Event()) == 0
    assert public.published_entry(bank, scanned).files[0].reason == REASONS["no_text"]
