"""Pages drawn by the confined child: as wide as asked for, within bounds, and marked where the words are."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bank.ingest import DRAWN_WIDTHS, PagePlaces, draw_page, pack_places, place_marks, read_places, unpack_places
from bank.ingest.formats.page_drawing import places_told
from tests.ingest.conftest import Read
from tests.ingest.making_pdfs import book, lines, pdf, scan

WORD = "educadora"
ALONE = b"BT /F1 30 Tf 150 600 Td (educadora) Tj ET"
"""The word alone on its page, its first letter at 150 points from the left, its line at 600 from below."""


def stored(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return path


def picture(path: Path, page: int = 1, width: int = 900) -> Image.Image:
    drawn = draw_page(path, page, width)
    assert drawn is not None
    return Image.open(io.BytesIO(drawn)).convert("L")


def ink(image: Image.Image) -> tuple[float, ...]:
    """The box around all that is drawn, in ten-thousandths of the page."""
    found = ImageChops.invert(image).point(lambda value: 255 * (value > 100)).getbbox()
    assert found is not None
    return tuple(10_000 * side / (image.width, image.height)[at % 2] for at, side in enumerate(found))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", ["", "/CropBox[100 400 500 700]"])
def test_the_mark_stands_where_the_word_is_drawn(tmp_path: Path, turned: int, crop: str) -> None:
    path = stored(tmp_path, pdf(ALONE, page=f"/Rotate {turned}{crop}"))
    places = read_places(path, 1)
    assert places is not None
    [[box]] = place_marks(places, WORD, [(0, len(WORD))])
    drawn = ink(picture(path))
    left, top, right, bottom = box
    assert left - 60 <= drawn[0]
    assert top - 60 <= drawn[1]
    assert drawn[2] <= right + 60
    assert drawn[3] <= bottom + 60
    assert (drawn[2] - drawn[0]) * (drawn[3] - drawn[1]) > 0.4 * (right - left) * (bottom - top)


def test_the_mark_stands_where_the_test_has_put_the_word(tmp_path: Path) -> None:
    places = read_places(stored(tmp_path, pdf(ALONE)), 1)
    assert places is not None
    assert (places.width, places.height) == (595, 842)
    [[(left, top, right, bottom)]] = place_marks(places, WORD, [(0, len(WORD))])
    assert abs(left - 10_000 * 150 / 595) < 40
    assert top < 10_000 * (842 - 600 - 20) / 842 < 10_000 * (842 - 600) / 842 < bottom
    assert 130 < (right - left) * 595 / 10_000 < 150


def test_words_of_a_text_as_it_is_read_are_found_again_on_its_page(tmp_path: Path, read: Read) -> None:
    data = book([lines(["Portada"]), lines(["El ayunta-", "miento abre la oficina.", "La biblioteca también."])])
    text = read(data).pages[1].text
    places = read_places(stored(tmp_path, data), 2)
    assert places is not None
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("ayuntamiento", "oficina", "biblioteca")]
    assert [len(boxes) for boxes in place_marks(places, text, spans)] == [2, 1, 1]


@pytest.mark.parametrize("width", DRAWN_WIDTHS)
def test_a_page_is_drawn_as_wide_as_asked_for(tmp_path: Path, width: int) -> None:
    assert abs(picture(stored(tmp_path, pdf()), 1, width).width - width) <= 1


@pytest.mark.parametrize(
    "paper", ["/MediaBox[0 0 1000000000 1000000000]", "/MediaBox[0 0 0 0]", "/MediaBox[0 0 5 14400000]", ""]
)
def test_a_page_of_an_impossible_size_is_drawn_within_bounds_or_not_at_all(tmp_path: Path, paper: str) -> None:
    drawn = draw_page(stored(tmp_path, pdf(paper=paper)), 1, 1800)
    if drawn is not None:
        with Image.open(io.BytesIO(drawn)) as image:
            assert image.width <= 1801
            assert image.height <= 7201


@pytest.mark.parametrize("data", [b"", b"# Markdown\n", b"%PDF-1.7 and no more"])
def test_what_is_no_pdf_is_neither_drawn_nor_has_it_places(tmp_path: Path, data: bytes) -> None:
    path = stored(tmp_path, data)
    assert draw_page(path, 1, 900) is None
    assert read_places(path, 1) is None


def test_there_is_no_page_beyond_the_last(tmp_path: Path) -> None:
    path = stored(tmp_path, pdf())
    assert draw_page(path, 2, 900) is None
    assert read_places(path, 2) is None


def test_a_scan_is_drawn_and_has_no_places(tmp_path: Path) -> None:
    path = stored(tmp_path, scan(["La biblioteca del barrio"]))
    places = read_places(path, 1)
    assert places is not None
    assert places.text == ""
    assert ink(picture(path))


def test_places_are_kept_and_read_again() -> None:
    places = PagePlaces(595, 842.5, "añ", (0, 0, 10, 10, 10, 0, 20, 10))
    assert unpack_places(pack_places(places)) == places
    assert unpack_places(b"") is unpack_places(b"{") is None


@pytest.mark.parametrize(
    "told",
    [
        None, [], {}, {"width": 1, "height": 1, "text": "a", "boxes": [1, 2, 3]},
        {"width": 0, "height": 1, "text": "", "boxes": []}, {"width": 1, "height": 1e99, "text": "", "boxes": []},
        {"width": 1, "height": 1, "text": "a", "boxes": [1, 2, 3, "<b>"]},
        {"width": 1, "height": 1, "text": "a", "boxes": [1, 2, 3, 10**12]},
    ],
)  # fmt: skip
def test_a_child_that_was_taken_over_tells_nothing(told: object) -> None:
    assert places_told({"places": told}) is None
