import io
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select, text, update

from bank import ingest
from bank.catalogue.tables import Entry, File, Job, Page
from bank.ingest.extraction import ExtractedPage
from bank.jobs.deposits import do_read_job
from bank.jobs.worker import do_ocr_job
from bank.progress import no_progress
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.scans import finish_scanned_file, keep_scanned_page, read_blank_pages
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.imports.files import import_file
from bank.workflow.imports.values import ImportWishes
from tests.workflow.deposits.making import Desk

LINES = ["HUERTOS DEL BARRIO FICTICIO", "", "OBJETIVO GENERAL:", "Aprender a cultivar entre todas las edades.", "",
         "Tel. 477 123 4567"]  # fmt: skip


def photo() -> IncomingFile:
    """A photo of a printed page."""
    page = Image.new("RGB", (1240, 1000), "white")
    drawing, font = ImageDraw.Draw(page), ImageFont.load_default(44)
    for number, line in enumerate(LINES):
        drawing.text((80, 100 + 100 * number), line, fill="black", font=font)
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=90)
    stream.seek(0)
    return IncomingFile("foto.jpg", stream)


def test_photos_of_a_document_become_a_pdf_whose_words_are_read_and_proposed(desk: Desk) -> None:
    if not ingest.ocr_languages():
        pytest.fail("tesseract is missing: install it (Debian: apt-get install tesseract-ocr tesseract-ocr-spa).")
    number = start_new_deposit(
        desk.bank, desk.editor, DepositRequest(incoming=[photo(), photo()], as_document=True)
    ).entry
    assert do_read_job(desk.bank)
    before = desk.view(number)
    assert [(file.view.media_type, file.view.pages) for file in before.files] == [("application/pdf", 2)]
    assert do_ocr_job(desk.bank, threading.Event())
    view = desk.view(number)
    assert (before.files[0].view.reason is None, view.files[0].view.reason) == (False, None)
    assert view.files[0].view.status == "read"
    assert "cultivar" in str(view.values["objectives"])
    assert view.values["title"] == {"es": "HUERTOS DEL BARRIO FICTICIO"}
    assert view.proposed["objectives"]["source"] == "label"
    assert {one["kind"] for one in view.files[0].personal} == {"phone"}
    with desk.bank.database.reading() as session:
        assert [job.state for job in session.scalars(select(Job).where(Job.kind == "ocr"))] == ["done"]


@pytest.mark.alters_rows
def test_words_read_by_ocr_never_land_in_a_file_of_somebody_else(desk: Desk) -> None:
    asked = DepositRequest(incoming=[photo()], as_document=True)
    mine = start_new_deposit(desk.bank, desk.editor, asked).entry
    assert do_read_job(desk.bank)
    with desk.bank.database.reading() as session:
        before = session.scalars(select(File)).one()
    page = ExtractedPage(1, "Solo para quien lo envió", method="ocr")
    files.remove_file(desk.bank, desk.editor, mine, 1, desk.view(mine).version)
    theirs = start_new_deposit(desk.bank, desk.stranger, DepositRequest(incoming=[photo()], as_document=True)).entry
    assert do_read_job(desk.bank)
    with desk.bank.database.writing() as session:
        # As a bank would that gives numbers again.
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        session.execute(update(Page).values(file_id=before.id))
        session.execute(text("UPDATE likeness SET file_id = :id"), {"id": before.id})
        session.execute(update(File).values(id=before.id))
    assert not keep_scanned_page(desk.bank, before, page)
    assert read_blank_pages(desk.bank, before.id, [1], no_progress, threading.Event(), mine) == 0
    finish_scanned_file(desk.bank, before.id, mine)
    with desk.bank.database.reading() as session:
        assert session.scalars(select(Page.text)).all() == [""]
        assert session.scalars(select(File.entry_id)).all() == [theirs]
        assert "ocr" not in session.scalars(select(File.flags)).one()


def test_a_withdrawn_entry_is_not_read_by_ocr(desk: Desk) -> None:
    number = start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=[photo()], as_document=True)).entry
    assert do_read_job(desk.bank)
    version = desk.view(number).version
    with desk.bank.database.writing() as session:
        session.execute(update(Entry).values(status="withdrawn"))
    assert do_ocr_job(desk.bank, threading.Event())
    with desk.bank.database.reading() as session:
        assert session.scalars(select(Page.text)).all() == [""]
        assert session.scalars(select(Entry.version)).all() == [version]


def test_words_read_by_ocr_fill_no_field_of_what_was_handed_in(desk: Desk) -> None:
    number = start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=[photo()], as_document=True)).entry
    assert do_read_job(desk.bank)
    with desk.bank.database.writing() as session:
        session.execute(update(Entry).values(status="submitted"))
    assert do_ocr_job(desk.bank, threading.Event())
    view = desk.view(number)
    assert not view.values["objectives"]
    assert {one["kind"] for one in view.files[0].personal} == {"phone"}


def published_scan(desk: Desk, folder: Path) -> int:
    """The entry of a scan that was imported and published at once."""
    (folder / "foto.jpg").write_bytes(photo().stream.read())
    ingest.photos_to_pdf([folder / "foto.jpg"], folder / "ESCANEO 7.pdf")
    number = import_file(desk.bank, folder / "ESCANEO 7.pdf", ImportWishes(publish=True)).entry
    assert number is not None
    return number


def test_what_ocr_reads_in_a_published_entry_is_offered_and_nothing_changes(desk: Desk, tmp_path: Path) -> None:
    number = published_scan(desk, tmp_path)
    before = desk.view(number, desk.coordinator)
    assert do_ocr_job(desk.bank, threading.Event())
    view = desk.view(number, desk.coordinator)
    assert (view.status, view.values) == ("published", before.values)
    assert view.proposed["title"]["value"] == {"es": "HUERTOS DEL BARRIO FICTICIO"}
    desk.changed(number, {"title": view.proposed["title"]["value"]}, desk.coordinator)
    after = desk.view(number, desk.coordinator)
    assert (after.values["title"], "title" in after.proposed) == ({"es": "HUERTOS DEL BARRIO FICTICIO"}, False)


def test_what_a_person_wrote_in_a_published_entry_gets_no_other_title_from_ocr(desk: Desk, tmp_path: Path) -> None:
    number = published_scan(desk, tmp_path)
    desk.changed(number, {"title": {"es": "Mi título"}}, desk.coordinator)
    assert do_ocr_job(desk.bank, threading.Event())
    view = desk.view(number, desk.coordinator)
    assert (view.values["title"], "title" in view.proposed) == ({"es": "Mi título"}, False)


def test_photos_that_are_pictures_are_kept_as_pictures(desk: Desk) -> None:
    number = start_new_deposit(desk.bank, desk.editor, DepositRequest(incoming=[photo()])).entry
    view = desk.view(number)
    assert (view.files, [(one.width, one.height) for one in view.images]) == ((), [(1240, 1000)])
    assert {fault.name for fault in view.faults} >= {
        "images.1.text",
        "images.1.author",
        "images.1.licence",
        "images.1.people",
    }
