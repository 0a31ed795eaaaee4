"""Reads one file: detects its type, has a confined child read it, and builds the extraction from its replies."""

import signal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bank.ingest.child.progress import monotonic_progress
from bank.ingest.child.replies import ChildReplies, ask_child, sound_text, whole_number
from bank.ingest.extraction import ExtractedPage, Extraction, ReadingOutcome
from bank.ingest.formats.front_matter import FRONT_MATTER_LISTS
from bank.ingest.limits import Limits
from bank.ingest.reasons import FAILURE_REASONS, REFUSAL_REASONS
from bank.ingest.sniff import Sniffed, sniff_file
from bank.ingest.text.cleaning import JOIN_MARK, settle_joins, without_private_characters, words_of_document
from bank.ingest.text.furniture import find_furniture
from bank.progress import Progress, no_progress

if TYPE_CHECKING:
    from bank.ingest.proposals.document import DocumentFacts
    from bank.ingest.proposals.titles import TitleLine

DOCUMENT_FLAGS = ("encrypted", "damaged", "has_javascript", "has_attachments", "dynamic_form", "text_missing")
"""Flags that the child may set for a document."""
TOLD_FLAGS = ("dynamic_form", "no_text", "text_missing")
FLAG_WARNINGS = {flag: flag for flag in TOLD_FLAGS} | {"damaged": "repaired", "picture_notes": "picture_notes"}
"""Flag -> the reason code of its warning; the first that applies is given."""
MOST_COVER_LINES = 600
MOST_UNCLEAR_LINES, LONGEST_UNCLEAR_LINE = 5, 80
READER_LIBRARIES = {"pdf": ("pypdfium2", "pypdf"), "markdown": ("markdown-it-py",), "docx": ("mammoth",)}
CLEANING_RULES_VERSION = "4"
"""Counts changes of the clean-up rules; stored with each file, so that those read by older rules are known."""


def read_file(path: Path, *, name: str, limits: Limits = Limits(), progress: Progress = no_progress) -> Extraction:
    """Reads the file at `path`, which its uploader called `name`, in a confined child.

    Never raises for a bad file: the outcome is ``refused`` for what must not be stored, ``failed`` for what is kept
    although nothing could be read, ``warning`` for what was read in part or looks odd. `progress` is called at most
    once for each page, whatever the child sends.
    """
    try:
        found = sniff_file(path, name, limits)
    except OSError:
        return Extraction("refused", "application/octet-stream", reason="not_there")
    if found.kind is None:
        return Extraction("refused", found.media_type, reason=found.reason, reason_values=found.values)
    told = monotonic_progress(progress)
    heard = ask_child(found.kind, path, {}, limits, told)
    if found.kind == "pdf" and heard.crashed:
        again = ask_child("pdf", path, {"plain": True}, limits, told)
        heard = max(heard, again, key=lambda one: (len(one.pages), one.complete))
    return build_extraction(found, heard, name, limits)


def build_extraction(found: Sniffed, heard: ChildReplies, name: str, limits: Limits) -> Extraction:
    """Builds the Extraction from the child's replies.

    What makes proposals is imported where it is used: the child imports this module, and its tables are heavy.
    """
    from bank.ingest.proposals.document import propose_for_document

    pages, facts = finish_pages(heard), document_facts(heard)
    unclear = unclear_lines(heard, facts)
    flags = tuple(sorted({*document_flags(heard, pages), *(["front_matter"] if unclear else [])}))
    outcome, reason, values = verdict(heard, pages, flags, limits)
    if outcome == "read" and unclear:
        outcome, reason, values = "warning", "unclear_lines", {"lines": "; ".join(unclear)}
    return Extraction(
        outcome=outcome,
        media_type=found.media_type,
        pages=pages if outcome in ("read", "warning") else (),
        total_pages=heard.total,
        flags=flags,
        reason=reason,
        reason_values=values,
        proposals=propose_for_document(facts, pages, name),
        reader=reader_versions(found.kind or ""),
    )


def finish_pages(heard: ChildReplies) -> tuple[ExtractedPage, ...]:
    """The pages in order, with hyphenated words joined, repeated lines marked, and the PDF's own labels."""
    pages = [heard.pages[number] for number in sorted(heard.pages)]
    joined = any(JOIN_MARK in page.text for page in pages)
    known = words_of_document([page.text for page in pages]) if joined else frozenset()
    texts = [without_private_characters(settle_joins(page.text, known)) for page in pages]
    paged = [page.method in ("pdfium", "pypdf") for page in pages]
    repeated = find_furniture(texts) if all(paged) else [()] * len(pages)
    labels = heard.document.get("labels")
    return tuple(
        replace(page, text=text, furniture=lines, label=page.label or pdf_page_label(labels, page.number))
        for page, text, lines in zip(pages, texts, repeated, strict=True)
    )


def pdf_page_label(labels: object, number: int) -> str | None:
    """The PDF's label of a page, where it differs from the page's number; else None."""
    label = sound_text(labels[number - 1], 40) if isinstance(labels, list) and number <= len(labels) else None
    return label if label != str(number) else None


def document_flags(heard: ChildReplies, pages: Sequence[ExtractedPage]) -> tuple[str, ...]:
    """The document's flags, sorted."""
    told = heard.document.get("flags")
    flags = {flag for flag in DOCUMENT_FLAGS if isinstance(told, list) and flag in told}
    if "text_missing" in flags:
        flags.add("partial")
    if pages and all("no_text" in page.flags or not page.text for page in pages):
        flags.add("no_text")
    if any("picture_notes" in page.flags for page in pages):
        flags.add("picture_notes")
    if heard.total and (len(pages) < heard.total or heard.cut):
        flags.add("partial")
    return tuple(sorted(flags))


def verdict(
    heard: ChildReplies, pages: Sequence[ExtractedPage], flags: tuple[str, ...], limits: Limits
) -> tuple[ReadingOutcome, str | None, dict[str, str | int]]:
    """The outcome, its reason and the reason's values."""
    reason = heard.document.get("reason")
    if isinstance(reason, str) and reason in {**REFUSAL_REASONS, **FAILURE_REASONS}:
        values: dict[str, str | int] = {"limit": limits.max_pages} if reason == "too_many_pages" else {}
        return ("refused" if reason in REFUSAL_REASONS else "failed"), reason, values
    if not pages and not (heard.complete and heard.document and not heard.total):
        return "failed", failure_reason(heard), {}
    if heard.cut:
        return "warning", "cut", {}
    if len(pages) < heard.total:
        return "warning", "partial", {"read": len(pages), "total": heard.total}
    for flag, warning in FLAG_WARNINGS.items():
        if flag in flags:
            return "warning", warning, {}
    return ("read", None, {}) if pages else ("warning", "no_text", {})


def failure_reason(heard: ChildReplies) -> str:
    """The reason code when a child ended without a page."""
    if heard.complete:
        return "unreadable" if heard.document else "damaged"
    if heard.ended.why == "wall" or heard.ended.signal == signal.SIGXCPU:
        return "too_slow"
    return "too_big_inside" if heard.ended.why == "output" else "stopped"


def document_facts(heard: ChildReplies) -> "DocumentFacts":
    """What the child said of the document, as far as it is valid."""
    from bank.ingest.proposals.document import DocumentFacts

    told = heard.document.get("fields")
    given: Mapping[str, Any] = told if isinstance(told, dict) else {}
    texts = {key: sound_text(value, 5000) for key, value in given.items() if key not in FRONT_MATTER_LISTS}
    lines, body = heard.document.get("lines"), heard.document.get("body")
    return DocumentFacts(
        given={key: text for key, text in texts.items() if text},
        lists={key: found for key in FRONT_MATTER_LISTS if (found := sound_texts(given.get(key)))},
        title=sound_text(heard.document.get("title"), 2000),
        heading=sound_text(heard.document.get("heading"), 2000),
        language=sound_text(heard.document.get("language"), 20),
        created=sound_text(heard.document.get("created"), 10),
        lines=sound_lines(lines[:MOST_COVER_LINES]) if isinstance(lines, list) else (),
        header=sound_texts(heard.document.get("header")),
        body=float(body) if isinstance(body, (int, float)) else 0.0,
    )


def sound_lines(given: Sequence[object]) -> "tuple[TitleLine, ...]":
    """The valid lines among those that the child told of the first pages."""
    from bank.ingest.proposals.titles import TitleLine

    return tuple(
        TitleLine(whole_number(one[0]), float(one[1]), one[2] is True, sound_text(one[3], 1000) or "")
        for one in given
        if isinstance(one, list) and len(one) == 4 and isinstance(one[1], (int, float))
    )


def unclear_lines(heard: ChildReplies, facts: "DocumentFacts") -> list[str]:
    """What front matter says that could not be understood, each on one short line."""
    from bank.ingest.proposals.document import unclear_values

    told = heard.document.get("unclear")
    lines = [*(sound_texts(told) if isinstance(told, list) else ()), *unclear_values(facts.given)]
    return [shortened(" ".join(line.split()), LONGEST_UNCLEAR_LINE) for line in lines[:MOST_UNCLEAR_LINES]]


def shortened(text: str, most: int) -> str:
    """A text of at most `most` characters; one that is cut ends in an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def sound_texts(value: object) -> tuple[str, ...]:
    """The valid texts in a list; empty when `value` is no list."""
    return tuple(text for item in value if (text := sound_text(item, 200))) if isinstance(value, list) else ()


def reader_versions(kind: str) -> str:
    """The libraries that read this kind of file with their versions, and the version of the clean-up rules."""
    return " ".join(
        [
            *(f"{library} {library_version(library)}" for library in READER_LIBRARIES.get(kind, ())),
            f"rules {CLEANING_RULES_VERSION}",
        ]
    )


@cache
def library_version(library: str) -> str:
    """The installed version of a library; ? when unknown."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"
