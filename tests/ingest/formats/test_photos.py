"""Photos of a document become one PDF, whose words are found like those of any scan."""

from pathlib import Path

import pytest
from PIL import Image

from bank.errors import RefusedFile, TooLarge
from bank.ingest import Limits, ocr_languages, ocr_pages, pdf_thumbnail, photos_to_pdf, read_file
from bank.ingest.formats.photos import MOST_PHOTOS, PAPER_SIZES, Paper
from bank.ingest.formats.pypdf_reader import Pypdf
from bank.ingest.reasons import REASONS
from tests.ingest.making_pdfs import SENTENCE
from tests.ingest.making_pictures import SECRETS, corners, encoded, flood, page, telling

TEXT = [SENTENCE, "Las familias y los comercios del barrio participan."]


def kept(folder: Path, *photos: bytes) -> list[Path]:
    paths = [folder / f"photo-{number}" for number in range(1, len(photos) + 1)]
    for path, data in zip(paths, photos, strict=True):
        path.write_bytes(data)
    return paths


def test_words_that_were_photographed_are_found(tmp_path: Path) -> None:
    assert "es" in ocr_languages(), "apt-get install tesseract-ocr tesseract-ocr-spa"
    sideways = page(TEXT * 6).transpose(Image.Transpose.ROTATE_90)
    photos = kept(tmp_path, telling(sideways, "JPEG", 6), encoded(page(["Apartado segundo"] * 8), "PNG"))
    told: list[tuple[int, int | None]] = []
    target = tmp_path / "document.pdf"
    photos_to_pdf(photos, target, progress=lambda done, total, message="": told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    read = read_file(target, name="document.pdf")
    assert (read.outcome, read.reason, read.total_pages) == ("warning", "no_text", 2)
    first, second = ocr_pages(target, [1, 2], ["es"])
    assert "La ciudad educadora convoca a las escuelas" in first.text
    assert "comercios del barrio" in first.text
    assert "Apartado segundo" in second.text


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_each_page_is_a_sheet_that_lies_as_the_photo_does(tmp_path: Path, paper: Paper) -> None:
    target = tmp_path / "document.pdf"
    upright, wide = corners(300, 400), corners(400, 300)
    photos_to_pdf(kept(tmp_path, encoded(upright, "JPEG"), encoded(wide, "WEBP")), target, paper)
    short, long = PAPER_SIZES[paper]
    sizes = [tuple(map(float, sheet.mediabox[2:])) for sheet in Pypdf(target.read_bytes(), Limits()).reader.pages]
    assert sizes == [pytest.approx((short, long)), pytest.approx((long, short))]
    assert pdf_thumbnail(target) is not None


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK"])
def test_a_photo_in_any_colours_becomes_a_page_that_can_be_drawn(tmp_path: Path, mode: str) -> None:
    target = tmp_path / "document.pdf"
    photos_to_pdf(kept(tmp_path, encoded(corners(mode=mode), "JPEG" if mode == "CMYK" else "PNG")), target)
    assert pdf_thumbnail(target) is not None


def test_nothing_that_a_photo_tells_of_who_took_it_where_is_in_the_pdf(tmp_path: Path) -> None:
    target = tmp_path / "document.pdf"
    photos_to_pdf(kept(tmp_path, telling(corners(), "JPEG"), telling(corners(), "PNG")), target)
    assert not any(secret.encode() in target.read_bytes() for secret in SECRETS)


@pytest.mark.parametrize(
    ("data", "reason"), [(flood(50_000), "too_many_pixels"), (b"\xff\xd8\xff\xe0", "broken_picture")]
)
def test_a_photo_that_can_not_be_taken_is_told_by_its_number(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile) as caught:
        photos_to_pdf(kept(tmp_path, encoded(corners(), "JPEG"), data), tmp_path / "document.pdf")
    assert caught.value.sentence == REASONS[reason]
    assert caught.value.values["photo"] == 2


def test_no_photo_too_many_and_too_large_a_document_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "document.pdf"
    with pytest.raises(RefusedFile):
        photos_to_pdf([], target)
    [path] = kept(tmp_path, encoded(corners(), "JPEG"))
    with pytest.raises(RefusedFile, match=f"More than {MOST_PHOTOS} photos"):
        photos_to_pdf([path] * (MOST_PHOTOS + 1), target)
    with pytest.raises(TooLarge):
        photos_to_pdf([path], target, limits=Limits(max_bytes=1000))
