"""Text and pictures of PDF pages by pdfium, the first reader. The only module that imports pypdfium2.

pdfium aborts its process when it can't allocate: call this in a confined child only.
"""

import base64
import io
from collections.abc import Callable, Mapping
from typing import Any

import pypdfium2
from PIL import Image, WebPImagePlugin

from bank.ingest.limits import Limits

__all__ = ["Pdfium", "picture", "thumbnail"]

WebPImagePlugin.Image.init()
VERSION = f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}"
THUMBNAIL = (300, 424)
LARGEST_PICTURE = (2400, 3400)


class Pdfium:
    """An opened document. Raises pypdfium2.PdfiumError when it can't be opened (damaged, or a password is asked)."""

    def __init__(self, data: bytes) -> None:
        self.document = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self.document)

    def page_text(self, index: int, limit: int) -> str:
        """At most `limit` characters of a page, counted from 0. Raises PdfiumError when the page can't be loaded."""
        page = self.document[index]
        try:
            text_page = page.get_textpage()
            return str(text_page.get_text_range(0, min(limit, text_page.count_chars())))
        finally:
            page.close()


def scaled(width: float, height: float, box: tuple[int, int]) -> float:
    """The scale at which a page of this size (points) fits into `box` (pixels) and has an area at all."""
    scale = min(box[0] / max(width, 1.0), box[1] / max(height, 1.0))
    return max(scale, 1.0 / max(min(width, height), 1.0)) if scale * max(width, height) <= max(box) else scale


def drawn(data: bytes, index: int, scale_of: Callable[[float, float], float], gray: bool) -> Image.Image:
    page = pypdfium2.PdfDocument(data)[index]
    width, height = page.get_size()
    bitmap = page.render(scale=scale_of(width, height), may_draw_forms=False, grayscale=gray)
    picture: Image.Image = bitmap.to_pil()
    return picture


def thumbnail(data: bytes, options: Mapping[str, Any], limits: Limits, speak: Callable[[dict[str, Any]], None]) -> None:
    """The first page as WebP, at most 300 by 424 pixels."""
    small = drawn(data, 0, lambda width, height: scaled(width, height, THUMBNAIL), gray=False).convert("RGB")
    out = io.BytesIO()
    small.save(out, "WEBP", quality=75)
    speak({"picture": base64.b64encode(out.getvalue()).decode("ascii")})


def picture(data: bytes, options: Mapping[str, Any], limits: Limits, speak: Callable[[dict[str, Any]], None]) -> None:
    """The page ``options["page"]`` (from 1) in grey as PGM, 200 dots an inch where that is not too large."""

    def scale_of(width: float, height: float) -> float:
        return min(200 / 72, scaled(width, height, LARGEST_PICTURE))

    page = drawn(data, int(options["page"]) - 1, scale_of, gray=True).convert("L")
    out = io.BytesIO()
    page.save(out, "PPM")
    speak({"picture": base64.b64encode(out.getvalue()).decode("ascii")})
