"""Collects and validates the messages of a confined child.

They are untrusted, since the file may have taken the child over.
"""

import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bank.ingest.child.process import ChildReport, shared_extractor
from bank.ingest.extraction import ExtractedPage, ReadingMethod
from bank.ingest.limits import Limits
from bank.ingest.text.cleaning import SURROGATES, clean_text, without_private_characters
from bank.progress import Progress

PAGE_FLAGS = ("no_text", "picture_notes")
MOST_FORM_ANSWERS, MOST_FIELD_TEXTS, LONGEST_FIELD_NAME = 2000, 4, 200
READING_METHODS: tuple[ReadingMethod, ...] = ("pdfium", "pypdf", "markdown", "docx")


@dataclass(slots=True)
class ChildReplies:
    """The replies of a child: pages by number, facts of the whole document, and how it ended.

    `cut`: the document was too long and is read in part.
    """

    document: dict[str, Any] = field(default_factory=dict)
    pages: dict[int, ExtractedPage] = field(default_factory=dict)
    cut: bool = False
    ended: ChildReport = field(default_factory=lambda: ChildReport("lost"))

    @property
    def total(self) -> int:
        """How many pages the file says it has."""
        return whole_number(self.document.get("pages"))

    @property
    def complete(self) -> bool:
        """True when the child finished its task."""
        return self.ended.why == "done"

    @property
    def crashed(self) -> bool:
        """True when the child was killed by a signal other than for its time: pdfium aborts when out of memory."""
        return self.ended.why == "signal" and self.ended.signal != signal.SIGXCPU


def ask_child(task: str, path: Path, options: Mapping[str, Any], limits: Limits, progress: Progress) -> ChildReplies:
    """Has a child do `task` and collects its replies; `progress` counts pages, from 0 once their number is known."""
    heard = ChildReplies()

    def hear(message: dict[str, Any]) -> None:
        if isinstance(told := message.get("document"), dict):
            heard.document = told
            if heard.total:
                progress(0, min(heard.total, limits.max_pages))
        elif isinstance(told := message.get("page"), dict):
            page = page_from_message(told, limits)
            if 0 < page.number <= min(limits.max_pages, max(1, heard.total)):
                heard.pages[page.number] = page
                progress(page.number, heard.total)
        elif "cut" in message:
            heard.cut = True

    heard.ended = shared_extractor().ask(task, path, options, limits, hear)
    return heard


def page_from_message(told: Mapping[str, Any], limits: Limits) -> ExtractedPage:
    """An ExtractedPage from a child's page message; wrong values are replaced by empty ones."""
    method = told.get("method")
    flags, headings = told.get("flags"), told.get("headings")
    return ExtractedPage(
        number=whole_number(told.get("number")),
        text=sound_text(told.get("text"), limits.page_characters) or "",
        label=sound_text(told.get("label"), 200),
        method=method if method in READING_METHODS else "pdfium",
        flags=tuple(flag for flag in PAGE_FLAGS if isinstance(flags, list) and flag in flags),
        headings=tuple(map(whole_number, headings)) if isinstance(headings, list) else (),
        answers=tuple(form_answers_told(told.get("answers"), limits.page_characters)),
    )


def form_answers_told(told: object, most: int) -> Iterator[tuple[str, ...]]:
    """The filled fields of a page's form, each as names of one line and a value, cleaned as pages are; no others."""
    for one in told[:MOST_FORM_ANSWERS] if isinstance(told, list) else ():
        texts = [sound_text(text, most) for text in one[:MOST_FIELD_TEXTS]] if isinstance(one, list) else []
        cleaned = [without_private_characters(clean_text(text)) for text in texts if text]
        names = (" ".join(name.split())[:LONGEST_FIELD_NAME].rstrip() for name in cleaned[:-1])
        found = (*names, *cleaned[-1:])
        if len(found) > 1 and len(found) == len(texts) and all(found):
            yield found


def whole_number(value: object) -> int:
    """A positive whole number; 0 for anything else."""
    return value if isinstance(value, int) and value > 0 else 0


def sound_text(value: object, most: int) -> str | None:
    """At most `most` characters of a text, lone surrogates replaced; None for an empty text or anything else."""
    return SURROGATES.sub("\ufffd", value[:most]) or None if isinstance(value, str) else None
