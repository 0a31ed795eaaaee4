"""Makes one PDF of the photos of a document, which is then read like any scan.

Only a confined child decodes the photos. The PDF is written here, around the JPEGs that it sends back: ISO 32000-1, 7.5
(the file) and 8.9.5 (images, filter DCTDecode).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Literal

from bank.errors import RefusedFile, TooLarge
from bank.ingest.formats.pictures import Picture, draw_in_child
from bank.ingest.limits import MB, PICTURE_LIMITS, Limits
from bank.ingest.reasons import REASONS
from bank.progress import Progress, no_progress

Paper = Literal["letter", "a4"]
PAPER_SIZES: Mapping[Paper, tuple[float, float]] = {"letter": (612, 792), "a4": (595.28, 841.89)}
"""Width and height in points."""
MOST_PHOTOS = 50
LONGEST_PHOTO_SIDE = 2400
"""Pixels: some 210 to an inch of the paper, as OCR needs."""
PDF_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
CATALOGUE_OBJECT, PAGES_OBJECT, FIRST_PAGE_OBJECT = 1, 2, 3
"""Numbers of objects in the PDF."""
NO_PHOTOS = REASONS["empty"]
PHOTOS_TOO_LARGE = REASONS["too_large"]
TOO_MANY_PHOTOS = REASONS["too_many_photos"]


def photos_to_pdf(
    paths: Sequence[Path],
    target: Path,
    paper: Paper = "letter",
    limits: Limits = Limits(),
    progress: Progress = no_progress,
) -> None:
    """Writes a PDF with one page for each photo, upright and in their order, to `target`.

    `progress` counts photos. Raises RefusedFile (its value `photo` is the number of the photo, from 1) and TooLarge;
    the content of `target` is then of no use.
    """
    if not paths:
        raise RefusedFile(NO_PHOTOS)
    if len(paths) > MOST_PHOTOS:
        raise RefusedFile(TOO_MANY_PHOTOS, limit=MOST_PHOTOS)
    with target.open("wb") as stream:
        writing = PhotoPdf(stream)
        for number, path in enumerate(paths, 1):
            writing.page(draw_photo(path, number), PAPER_SIZES[paper])
            if stream.tell() > limits.max_bytes:
                raise TooLarge(PHOTOS_TOO_LARGE, limit=limits.max_bytes // MB)
            progress(number, len(paths))
        writing.end()


def draw_photo(path: Path, number: int) -> Picture:
    """The photo as an upright JPEG. Raises RefusedFile and TooLarge with its number."""
    try:
        return draw_in_child(path, {"longest": LONGEST_PHOTO_SIDE, "jpeg": True}, PICTURE_LIMITS)
    except RefusedFile as error:
        raise type(error)(error.sentence, **{**error.values, "photo": number}) from None


class PhotoPdf:
    """Writes a PDF of pictures to a stream: each page at once, page tree and cross-reference table at the end."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.places: dict[int, int] = {}
        self.pages: list[int] = []
        stream.write(PDF_HEADER)

    def page(self, picture: Picture, size: tuple[float, float]) -> None:
        """Adds a page with the picture as large as the paper, which is turned for a wide picture."""
        short, long = size
        width, height = (long, short) if picture.width > picture.height else (short, long)
        scale = min(width / picture.width, height / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        image = FIRST_PAGE_OBJECT + 3 * len(self.pages)
        colours = "DeviceGray" if picture.grey else "DeviceRGB"
        about = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/ColorSpace/{colours}"
        self.put(image, picture.data, f"{about}/BitsPerComponent 8/Filter/DCTDecode")
        place = f"{wide:.2f} 0 0 {high:.2f} {(width - wide) / 2:.2f} {(height - high) / 2:.2f} cm"
        self.put(image + 1, f"q {place} /I Do Q".encode(), "")
        held = f"/MediaBox[0 0 {width:g} {height:g}]/Resources<</XObject<</I {image} 0 R>>>>/Contents {image + 1} 0 R"
        self.put(image + 2, None, f"/Type/Page/Parent {PAGES_OBJECT} 0 R{held}")
        self.pages.append(image + 2)

    def put(self, number: int, data: bytes | None, entries: str) -> None:
        """Writes an object: a dictionary of `entries`; with `data`, a stream."""
        self.places[number] = self.stream.tell()
        length = "" if data is None else f"/Length {len(data)}"
        self.stream.write(f"{number} 0 obj\n<<{entries}{length}>>\n".encode("ascii"))
        if data is not None:
            self.stream.write(b"stream\n" + data + b"\nendstream\n")
        self.stream.write(b"endobj\n")

    def end(self) -> None:
        """Writes the page tree, the catalogue, the cross-reference table and the trailer."""
        kids = " ".join(f"{number} 0 R" for number in self.pages)
        self.put(PAGES_OBJECT, None, f"/Type/Pages/Count {len(self.pages)}/Kids[{kids}]")
        self.put(CATALOGUE_OBJECT, None, f"/Type/Catalog/Pages {PAGES_OBJECT} 0 R")
        start, size = self.stream.tell(), len(self.places) + 1
        rows = "".join(f"{self.places[number]:010} 00000 n \n" for number in range(1, size))
        table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<</Size {size}/Root {CATALOGUE_OBJECT} 0 R>>\n"
        self.stream.write(f"{table}startxref\n{start}\n%%EOF\n".encode("ascii"))
