"""Small pictures of first pages, however odd the page (groups 34 and 35)."""

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bank.ingest import pdf_thumbnail
from tests.ingest.conftest import Read
from tests.ingest.making_pdfs import PAPER, Parts, pdf


def drawn(tmp_path: Path, data: bytes) -> tuple[int, int] | None:
    """The size of the thumbnail, or None when there is none."""
    path = tmp_path / "upload"
    path.write_bytes(data)
    picture = pdf_thumbnail(path)
    if picture is None:
        return None
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "WEBP"
        return image.size


def test_a_first_page_is_drawn_300_pixels_wide(tmp_path: Path) -> None:
    assert drawn(tmp_path, pdf()) == (300, 424)
    assert drawn(tmp_path, pdf(paper="/MediaBox[0 0 842 595]")) == (300, 212)


@pytest.mark.parametrize(
    "paper", ["/MediaBox[0 0 1000000000 1000000000]", "/MediaBox[0 0 0 0]", "/MediaBox[0 0 595 14400000]", ""]
)
def test_a_page_of_an_impossible_size_is_read_and_drawn_small_or_not_at_all(
    tmp_path: Path, read: Read, paper: str
) -> None:
    data = pdf(paper=paper)
    assert "educación" in read(data).pages[0].text
    size = drawn(tmp_path, data)
    assert size is None or (size[0] <= 300 and size[1] <= 424)


def test_a_picture_of_billions_of_points_is_survived(tmp_path: Path, read: Read) -> None:
    side = 60_000
    parts = Parts()
    parts.add("<</Type/Catalog/Pages 2 0 R>>")
    parts.add("<</Type/Pages/Count 1/Kids[3 0 R]>>")
    parts.add(f"<</Type/Page/Parent 2 0 R{PAPER}/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>")
    parts.stream(b"595 0 0 842 0 0 cm /I Do")
    packed = zlib.compress(bytes(side // 8 * 1000), 1)
    entries = f"/Type/XObject/Subtype/Image/Width {side}/Height {side}/BitsPerComponent 1/ColorSpace/DeviceGray"
    parts.add(f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode() + packed + b"\nendstream")
    assert read(parts.file()).reason == "no_text"
    size = drawn(tmp_path, parts.file())
    assert size is None or (size[0] <= 300 and size[1] <= 424)
    assert drawn(tmp_path, pdf()) == (300, 424)


@pytest.mark.parametrize("data", [b"", b"# Markdown\n", b"%PDF-1.7 and no more"])
def test_what_can_not_be_drawn_has_no_thumbnail(tmp_path: Path, data: bytes) -> None:
    assert drawn(tmp_path, data) is None
