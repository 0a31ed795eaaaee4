"""Recognises the text of scanned pages with tesseract, where that program is installed."""

import os
import re
import resource
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from bank.ingest.extraction import ExtractedPage
from bank.ingest.formats.thumbnails import draw_pdf_page
from bank.ingest.limits import MB, OCR_DRAWING_LIMITS
from bank.ingest.text.cleaning import clean_text
from bank.progress import Progress, no_progress

TESSERACT_DATA = {"es": "spa", "pt": "por", "ca": "cat", "fr": "fra", "en": "eng"}
"""Language -> tesseract's data file for it."""
MOST_OCR_PAGES = 50
"""Pages that are recognised in one call."""
LISTING_SECONDS = 30
"""Elapsed time in which tesseract tells what is installed."""
OCR_SECONDS = 20
"""Processor time of any page."""
OCR_SECONDS_PER_MEGAPIXEL = 10
"""Processor time that a page has besides for its size: what tesseract needs grows with it."""
MOST_WAITING = 10
"""How many times a page's processor time may pass until a page that does not end is given up, on a busy machine too."""
OCR_MEMORY_BYTES = 1024 * MB
PGM_SIZE = re.compile(rb"P5\s+(\d{1,5})\s+(\d{1,5})\s")
MOST_PAGE_PIXELS = 10_000_000
"""Pixels beyond which a page gets no more time: the picture comes from a child that its file may have taken over."""
ORIENTATION_DATA = "osd"
"""Data file that tesseract needs to recognise turned pages."""


@cache
def installed_tesseract_data() -> tuple[str, ...]:
    """The names of tesseract's installed data files; empty when the program is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    listed = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=LISTING_SECONDS, check=False
    )
    return tuple(line.strip() for line in listed.stdout.splitlines()[1:] if line.strip())


def ocr_languages() -> tuple[str, ...]:
    """The languages (es, pt, ca, fr, en) that tesseract can read here; empty when it is not installed."""
    return tuple(code for code, name in TESSERACT_DATA.items() if name in installed_tesseract_data())


def ocr_pages(
    path: Path,
    numbers: Sequence[int],
    languages: Sequence[str] = (),
    progress: Progress = no_progress,
    patience: int = 1,
) -> Iterator[ExtractedPage]:
    """Recognises these pages (from 1) of the PDF at `path`, at most 50, one after the other.

    `languages` are those the text may be in; where none of them is installed, the first that is (es, pt, ca, fr, en) is
    taken. Yields nothing where tesseract is not installed. A page that can't be drawn, or takes more than
    `patience` times the processor time that a page of its size has, is left out; one without words has an empty text
    and the flag ``no_text``.
    """
    known = [code for code in languages if code in ocr_languages()] or [*ocr_languages()][:1]
    if not known:
        return
    chosen = list(numbers)[:MOST_OCR_PAGES]
    for done, number in enumerate(chosen, 1):
        picture = draw_pdf_page("picture", path, {"page": number}, OCR_DRAWING_LIMITS)
        table = recognise_words(picture, [TESSERACT_DATA[code] for code in known], patience) if picture else None
        if table is not None:
            yield page_from_table(number, table)
        progress(done, len(chosen))


def page_seconds(picture: bytes) -> int:
    """The processor time that the page of a picture (PGM) has, by its size."""
    size = PGM_SIZE.match(picture)
    pixels = int(size[1]) * int(size[2]) if size else 0
    return OCR_SECONDS + OCR_SECONDS_PER_MEGAPIXEL * min(pixels, MOST_PAGE_PIXELS) // 1_000_000


def recognise_words(picture: bytes, names: Sequence[str], patience: int = 1) -> str | None:
    """Tesseract's table of words (TSV) for a picture; None when it failed or took too long."""
    seconds = page_seconds(picture) * patience
    mode = "1" if ORIENTATION_DATA in installed_tesseract_data() else "3"
    command = ["nice", "-n", "19", "tesseract", "-", "-", "-l", "+".join(names), "--psm", mode, "tsv"]
    limits = (
        (resource.RLIMIT_AS, OCR_MEMORY_BYTES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    )
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    given = tesseract_environment()
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=given, cwd="/") as process:
        for kind, most in limits:
            resource.prlimit(process.pid, kind, (most, most))
        try:
            table, _ = process.communicate(picture, timeout=MOST_WAITING * seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            process.kill()
    return table.decode("utf-8", "replace") if process.returncode == 0 else None


def tesseract_environment() -> dict[str, str]:
    """The environment of tesseract: one thread, and TESSDATA_PREFIX if it is set."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    return {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", **kept}


def page_from_table(number: int, table: str) -> ExtractedPage:
    """A page from tesseract's table: its lines, a blank line between paragraphs, the mean confidence."""
    rows = [row for line in table.splitlines()[1:] if len(row := line.split("\t")) == 12 and row[0] == "5"]
    spoken = [row for row in rows if row[11].strip()]
    paragraphs = [
        "\n".join(" ".join(row[11] for row in line) for _, line in groupby(rows_of, key=lambda row: row[4]))
        for _, rows_of in groupby(spoken, key=lambda row: (row[2], row[3]))
    ]
    text = clean_text("\n\n".join(paragraphs))
    flags = ("ocr",) if text else ("ocr", "no_text")
    return ExtractedPage(
        number, text, method="ocr", flags=flags, confidence=mean_confidence(float(row[10]) for row in spoken)
    )


def mean_confidence(values: Iterable[float]) -> float | None:
    """The mean to one decimal place, of the values from 0 on; None where there are none."""
    listed = [value for value in values if value >= 0]
    return round(sum(listed) / len(listed), 1) if listed else None
