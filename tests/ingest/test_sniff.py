"""What a file is, told by its bytes, and whether its name agrees (groups 1 to 4 and 46)."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from bank.ingest import Limits, pdf_thumbnail, sniff_file
from tests.ingest.conftest import Read
from tests.ingest.making_pdfs import pdf

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
WORDS = "# Boletín de mayo\n\nLa ciudad educadora convoca.\n"


def zipped(*names: str) -> bytes:
    """A zip file with entries of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize("name", ["empty.pdf", "empty.md", "empty.docx"])
def test_an_empty_file_is_refused(read: Read, name: str) -> None:
    found = read(b"", name)
    assert (found.outcome, found.reason, found.pages) == ("refused", "empty", ())


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (PNG, "PNG"),
        (zipped("a.txt"), "ZIP"),
        (b"MZ" + bytes(600), "EXE"),
        (b"\x1f\x8b\x08rest", "GZIP"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"\x7fELF\x02", "ELF"),
    ],
)
@pytest.mark.parametrize("name", ["named.pdf", "named.md", "named.docx"])
def test_another_format_is_refused_by_its_bytes_and_told_by_name(read: Read, data: bytes, told: str, name: str) -> None:
    found = read(data, name)
    assert (found.outcome, found.reason, found.reason_values) == ("refused", "wrong_type", {"found": told})


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (rb"{\rtf1\ansi hola}", "acta.rtf", "RTF"),
        (rb"{\rtf1\ansi hola}", "acta.pdf", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "acta.doc", "DOC/XLS/PPT"),
        (zipped("mimetype", "content.xml"), "acta.odt", "OpenDocument"),
        (zipped("xl/workbook.xml"), "lista.xlsx", "XLSX"),
        (zipped("ppt/presentation.xml"), "charla.pptx", "PPTX"),
    ],
)
def test_an_office_file_is_refused_with_how_to_save_it(read: Read, data: bytes, name: str, told: str) -> None:
    found = read(data, name)
    assert (found.outcome, found.reason, found.reason_values) == ("refused", "save_as", {"found": told})


def test_a_word_document_with_macros_is_refused(read: Read) -> None:
    assert read(zipped("word/document.xml", "word/vbaProject.bin"), "acta.docx").reason == "macros"
    assert read(zipped("word/document.xml", "word/vbaProject.bin"), "acta.docm").reason == "macros"


@pytest.mark.parametrize(
    ("data", "name", "ending", "found"),
    [
        (b"<!doctype html><script>alert(1)</script><p>hola", "named.pdf", ".pdf", "TXT"),
        (b"X" * 1100 + pdf(), "junk_before.pdf", ".pdf", "TXT"),
        (WORDS.encode(), "text.pdf", ".pdf", "TXT"),
        (pdf(), "boletin.md", ".md", "PDF"),
        (pdf(), "boletin.docx", ".docx", "PDF"),
        (zipped("word/document.xml"), "acta.pdf", ".pdf", "DOCX"),
    ],
)
def test_name_and_content_must_agree(read: Read, data: bytes, name: str, ending: str, found: str) -> None:
    extraction = read(data, name)
    assert (extraction.outcome, extraction.reason) == ("refused", "mismatch")
    assert extraction.reason_values == {"ending": ending, "found": found}


@pytest.mark.parametrize("data", [WORDS.encode(), pdf()], ids=["text", "pdf"])
def test_a_name_without_an_ending_is_told_so(read: Read, data: bytes) -> None:
    found = read(data, "sin_ending")
    assert (found.outcome, found.reason, found.reason_values) == ("refused", "no_ending", {})


@pytest.mark.parametrize("junk", [b"\n", b"X" * 500, b"mensaje reenviado\r\n" * 50, b"\xef\xbb\xbf"])
def test_a_pdf_begins_within_its_first_kilobyte(read: Read, tmp_path: Path, junk: bytes) -> None:
    found = read(junk + pdf())
    assert (found.outcome, found.media_type) == ("read", "application/pdf")
    assert "educación" in found.pages[0].text
    assert pdf_thumbnail(tmp_path / "upload")


@pytest.mark.parametrize("before", [b"<html><script>alert(1)</script>\n", b"1 0 obj <svg onload=alert(1)>\n"])
def test_markup_before_a_pdf_makes_it_two_in_one(read: Read, before: bytes) -> None:
    assert read(before + pdf()).reason == "two_in_one"


def test_a_text_about_pdfs_is_no_pdf(read: Read) -> None:
    assert read("# Archivos\n\nUn PDF empieza con %PDF-1.7 y sigue con 1 0 obj.\n", "notas.md").outcome == "read"


@pytest.mark.parametrize("name", ["notas.txt", "pagina.html", "programa.exe", "sin_ending"])
def test_text_under_another_ending_is_refused(read: Read, name: str) -> None:
    assert read(WORDS.encode(), name).outcome == "refused"


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"# Bolet\xc3\xadn\0\0\0 x\n\0texto", WORDS.encode("utf-16-be")],
    ids=["binary", "nuls", "utf16 without a byte order mark"],
)
def test_what_is_no_text_is_refused_as_markdown(read: Read, data: bytes) -> None:
    found = read(data, "boletin.md")
    assert (found.outcome, found.reason) == ("refused", "not_text")


def test_a_file_over_its_limit_is_refused_with_the_limit(read: Read) -> None:
    limits = Limits(max_bytes=3 * 1024 * 1024, max_markdown_bytes=2 * 1024 * 1024)
    assert read(pdf() + bytes(limits.max_bytes), limits=limits).reason_values == {"limit": 3}
    found = read(b"La ciudad educadora. " * 105_000, "largo.md", limits)
    assert (found.outcome, found.reason, found.reason_values) == ("refused", "too_large", {"limit": 2})


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    from bank.ingest import read_file

    assert read_file(tmp_path / "missing.pdf", name="missing.pdf").reason == "not_there"


@pytest.mark.parametrize("name", ["BOLETIN.PDF", "../../etc/passwd.pdf", "C:\\boletines\\mayo.Pdf", "a..b.pdf"])
def test_only_the_ending_of_a_name_is_looked_at(tmp_path: Path, name: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(pdf())
    assert sniff_file(path, name).kind == "pdf"
