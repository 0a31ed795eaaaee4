"""Scanned pages through the real tesseract (group 43)."""

from pathlib import Path

import pytest

from bank.ingest import ocr_languages, ocr_pages
from bank.ingest.formats.ocr import page_seconds
from tests.ingest.making_pdfs import SENTENCE, book, lines, pdf, scan

TEXT = [SENTENCE, "Las familias y los comercios del barrio participan."]


@pytest.fixture(autouse=True)
def _tesseract() -> None:
    if "es" not in ocr_languages():
        pytest.fail(
            "tesseract with Spanish data is missing: apt-get install tesseract-ocr tesseract-ocr-spa", pytrace=False
        )


def kept(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "scan"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("turned", [0, 180])
def test_a_scan_is_read_whichever_way_up(tmp_path: Path, turned: int) -> None:
    told: list[tuple[int, int | None]] = []
    path = kept(tmp_path, scan(TEXT * 6, turned))
    [page] = ocr_pages(path, [1], ["es"], lambda done, total, message="": told.append((done, total)))
    assert "La ciudad educadora convoca a las escuelas" in page.text
    assert "comercios del barrio" in page.text
    assert (page.number, page.method, page.flags) == (1, "ocr", ("ocr",))
    assert page.confidence is not None
    assert page.confidence > 80
    assert told == [(1, 1)]


def test_a_blank_page_has_no_words_and_no_confidence(tmp_path: Path) -> None:
    [page] = ocr_pages(kept(tmp_path, pdf(b"")), [1], ["es"])
    assert (page.text, page.flags, page.confidence) == ("", ("ocr", "no_text"), None)


def test_only_the_pages_that_are_asked_for_are_read(tmp_path: Path) -> None:
    path = kept(tmp_path, book([lines([f"Apartado {word}"], 30) for word in ("uno", "dos", "tres")]))
    assert [(page.number, page.text) for page in ocr_pages(path, [3], ["es"])] == [(3, "Apartado tres")]


def test_a_page_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    assert list(ocr_pages(kept(tmp_path, pdf()), [7], ["es"])) == []
    assert list(ocr_pages(kept(tmp_path, b"%PDF-1.7 nothing"), [1], ["es"])) == []


def test_a_language_without_data_is_replaced_by_one_that_is_there(tmp_path: Path) -> None:
    path = kept(tmp_path, pdf(lines(["Apartado primero"], 30)))
    assert [page.text for page in ocr_pages(path, [1], ["xx"])] == ["Apartado primero"]


def test_the_time_of_a_page_depends_on_its_size_alone() -> None:
    letter, poster = (page_seconds(b"P5\n%d %d\n255\n" % size) for size in ((1700, 2200), (2400, 3400)))
    assert 20 < letter < poster
    assert page_seconds(b"P5\n99999 99999\n255\n") <= 2 * poster
    assert page_seconds(b"no picture") < letter


def test_a_page_without_time_is_left_out(tmp_path: Path) -> None:
    path = kept(tmp_path, scan(TEXT))
    assert list(ocr_pages(path, [1], ["es"], patience=0)) == []
