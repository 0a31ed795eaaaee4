"""Reads a PDF page by page: pdfium first, pypdf where pdfium fails or its text is bad. Runs in the confined child."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bank.ingest.child.messages import SendMessage
from bank.ingest.formats.opening import ready_pdf
from bank.ingest.formats.pdfium import Pdfium
from bank.ingest.formats.pypdf_reader import LimitReachedError, Pypdf, TooSlow
from bank.ingest.limits import Limits
from bank.ingest.text.cleaning import clean_text, mark_joins
from bank.ingest.text.detector import Quality, better_text, judge_text

T = TypeVar("T")


def attempt(question: Callable[[], T], otherwise: T) -> T:
    """Calls `question`; returns `otherwise` when the library raises."""
    try:
        return question()
    except (Exception, TooSlow):  # noqa: BLE001 - both libraries raise anything at all on damaged files
        return otherwise


def read_pdf(data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Sends {"document": ...}, then {"page": ...} for each readable page, then {"end": ...}.

    Where nothing is read, only a document with a reason. ``options["plain"]`` leaves pdfium out: for a file on which it
    crashed.
    """
    data = ready_pdf(data)
    told = attempt(lambda: Pypdf(data, limits), None)
    if told and attempt(told.locked, False):
        speak({"document": {"reason": "encrypted"}})
        return
    drawn = None if options.get("plain") else attempt(lambda: Pdfium(data), None)
    if told is None and drawn is None:
        speak({"document": {"reason": "damaged"}})
        return
    count = count_pdf_pages(told, drawn, limits)
    if not 0 < count <= limits.max_pages:
        speak({"document": {"reason": "damaged" if count < 0 else "no_pages" if count == 0 else "too_many_pages"}})
        return
    looks = pdf_looks(drawn) if drawn else {}
    speak({"document": {"pages": count, **looks, **pdf_facts(told)}})
    read_pdf_pages(told, drawn, count, limits, speak)
    speak({"end": {}})


def pdf_looks(drawn: Pdfium) -> dict[str, Any]:
    """The first lines with their sizes, and the usual size, as fields of the document message."""
    return {"lines": attempt(drawn.cover_lines, list[Any]()), "body": attempt(drawn.body_size, 0.0)}


def count_pdf_pages(told: Pypdf | None, drawn: Pdfium | None, limits: Limits) -> int:
    """The number of pages, which pdfium takes from the file where pypdf finds no other in the page tree; else by pypdf.

    Where pypdf, which walks through all pages, can't, by pdfium.

    -1 when neither can count them; over the limit it may be any number above it.
    """
    counted = attempt(lambda: len(drawn), 0) if drawn else 0
    if told and counted > 0 and attempt(lambda: told.agrees_on(counted), False):
        return counted
    try:
        return told.count() if told else counted or -1
    except LimitReachedError:
        return counted or limits.max_pages + 1
    except (Exception, TooSlow):  # noqa: BLE001 - as above
        return counted or -1


def pdf_facts(told: Pypdf | None) -> dict[str, Any]:
    """Flags, title, date, language and page labels by pypdf, as fields of the document message."""
    if told is None:
        return {"flags": ["damaged"]}
    flags = attempt(told.features, list[str]())
    if attempt(told.encrypted, False):
        flags.append("encrypted")
    return {
        "flags": flags,
        "title": attempt(told.title, None),
        "created": attempt(told.created, None),
        "language": attempt(told.language, None),
        "labels": [clean_text(label) for label in attempt(told.labels, list[str]())],
    }


def read_pdf_pages(told: Pypdf | None, drawn: Pdfium | None, count: int, limits: Limits, speak: SendMessage) -> None:
    """Sends each page that one of the readers can read, up to the document's limit of characters."""
    total = 0
    for index in range(count):
        page = read_pdf_page(told, drawn, index, limits)
        if page is None:
            continue
        total += len(page["text"])
        if total > limits.document_characters:
            speak({"cut": index})
            return
        speak({"page": page})


def read_pdf_page(told: Pypdf | None, drawn: Pdfium | None, index: int, limits: Limits) -> dict[str, Any] | None:
    """One page as a message, by the reader that reads it better; None when neither can.

    A page with layers that are switched off is read by pypdf, which can leave these out.
    """
    limit = limits.page_characters
    page = attempt(lambda: drawn.page_text(index, limit, hidden_notes(told, index)), None) if drawn else None
    text = mark_joins(page.text) if page else None
    own = mark_joins(page.own) if page and page.notes else text
    layered = attempt(lambda: told.hides_text(index), False) if told else False
    method = "pdfium"
    quality = judge_text(own) if own is not None else "empty"
    if own is None or layered or (quality != "good" and not (page and page.cut)):
        other = attempt(lambda: mark_joins(told.page_text(index, limit)), None) if told else None
        if other is not None and (own is None or layered or better_text(own, other) != own):
            own, method, quality = other, "pypdf", judge_text(other)
            text = f"{other}\n{mark_joins(page.notes)}" if page and page.notes else other
    if text is None or own is None:
        return None
    flags = ["no_text"] if needs_ocr(drawn, index, text, quality) else []
    return {
        "number": index + 1,
        "text": text if any(map(str.isalnum, text)) else "",
        "method": method,
        "answers": page.answers if page else [],
        "flags": [*flags, "picture_notes"] if page and page.unread else flags,
    }


def hidden_notes(told: Pypdf | None, index: int) -> frozenset[int]:
    """Numbers of the annotations of a page, from 0, that are on a layer that is switched off."""
    return attempt(lambda: told.hidden_annotations(index), frozenset[int]()) if told else frozenset[int]()


def needs_ocr(drawn: Pdfium | None, index: int, text: str, quality: Quality) -> bool:
    """True when a page is blank or garbled, or a picture with hardly any text of its own, whose grade is `quality`."""
    if quality != "empty" or not any(map(str.isalnum, text)):
        return quality in ("empty", "garbage")
    return attempt(lambda: drawn.is_pictured(index), False) if drawn else False
