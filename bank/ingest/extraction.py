"""The result of reading a file. Plain data: the ingest child imports this module, so its imports must stay light."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ReadingOutcome = Literal["read", "warning", "failed", "refused"]
ReadingMethod = Literal["pdfium", "pypdf", "ocr", "markdown", "docx"]


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """One page or section, counted from 1.

    `text` is what people are shown; `furniture` are the numbers (from 0) of its lines that repeat on most pages and are
    left out of the index. `label` is the PDF's own page label or a section's heading. `flags` are ``no_text`` (nothing
    readable), ``ocr`` (text recognised from a picture), ``picture_notes`` (a stamp is a picture and was not read).
    `confidence` is tesseract's mean word confidence, 0 to 100. `headings` are the numbers (from 0) of the lines that
    the file marks as headings; a PDF marks none. `answers` are the filled fields of its form: possible labels, the
    likeliest first, and then the value (of a ticked box, its words after a tick).
    """

    number: int
    text: str
    label: str | None = None
    method: ReadingMethod = "pdfium"
    furniture: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    confidence: float | None = None
    headings: tuple[int, ...] = ()
    answers: tuple[tuple[str, ...], ...] = ()


OriginSource = Literal["given", "label", "printed", "text", "metadata", "name"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a proposed value comes from: what somebody wrote about the file, a label in it, pages, properties, name.

    `text` is the line that says it, on `page`. A source `printed` stands where such a value is looked for, `text` is
    only the first line that may be one. `doubtful` is a guess that a person has to look at.
    """

    source: OriginSource
    page: int | None = None
    text: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class MetadataProposals:
    """Metadata found in the file; every value is only a proposal. Lists hold labels or ids as written in the file."""

    title: str | None = None
    summary: str | None = None
    language: str | None = None
    date: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD, as somebody gave it or as it is printed."""
    until: str | None = None
    """The end of a span that begins with `date`."""
    guessed_date: str | None = None
    """Where there is no `date`: a guess from the file's name or properties, for a person to take or leave."""
    kind: str | None = None
    city: str | None = None
    cities: tuple[str, ...] = ()
    country: str | None = None
    principles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    number: str | None = None
    licence: str | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """Where `title` and `date` come from."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The outcome of reading one file.

    `media_type` is detected from the bytes. `reason` is a code of `bank.ingest.reasons` when the outcome is not
    ``read``, and `reason_values` fill its sentence. `flags` are some of no_text, partial, encrypted, damaged,
    has_javascript, has_attachments, front_matter (some of it was not understood), text_missing, picture_notes,
    dynamic_form.
    `total_pages` is what the file says it has; `pages` are those that could be read.
    """

    outcome: ReadingOutcome
    media_type: str
    pages: tuple[ExtractedPage, ...] = ()
    total_pages: int = 0
    flags: tuple[str, ...] = ()
    reason: str | None = None
    reason_values: dict[str, str | int] = field(default_factory=dict)
    proposals: MetadataProposals = field(default_factory=MetadataProposals)
    reader: str = ""
    """The libraries and rules that read it, with versions, so that files can be read again after an upgrade."""
