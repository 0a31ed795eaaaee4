"""Reads one file: sniffs it, has a confined child read it, and puts together what the child said."""

import signal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bank.ingest import proposals
from bank.ingest.child.progress import onward
from bank.ingest.child.replies import Heard, listen, sound
from bank.ingest.extraction import ExtractedPage, Extraction, Outcome, Proposals
from bank.ingest.formats.front_matter import LISTS
from bank.ingest.limits import Limits
from bank.ingest.reasons import FAILED, REFUSED
from bank.ingest.sniff import Sniffed, sniff
from bank.ingest.text import language
from bank.ingest.text.cleaning import index_text, settle_joins, without_private, words
from bank.ingest.text.furniture import furniture
from bank.progress import Progress, silent

FLAGS = ("encrypted", "damaged", "has_javascript", "has_attachments", "front_matter", "dynamic_form")
WARNINGS = {flag: flag for flag in ("dynamic_form", "no_text", "front_matter")} | {"damaged": "repaired"}
READERS = {"pdf": ("pypdfium2", "pypdf"), "markdown": ("markdown-it-py",), "docx": ("mammoth",)}
RULES = "3"
"""Counts changes of the clean-up rules, so that files read by older rules can be told."""


def read_file(path: Path, *, name: str, limits: Limits = Limits(), progress: Progress = silent) -> Extraction:
    """Reads the file at `path`, which its uploader called `name`, in a confined child.

    Never raises for a bad file: the outcome is ``refused`` for what must not be stored, ``failed`` for what is kept
    although nothing could be read, ``warning`` for what was read in part or looks odd. `progress` is told of each page
    at most once, however much the child says.
    """
    try:
        found = sniff(path, name, limits)
    except OSError:
        return Extraction("refused", "application/octet-stream", reason="not_there")
    if found.kind is None:
        return Extraction("refused", found.media_type, reason=found.reason, reason_values=found.values)
    told = onward(progress)
    heard = listen(found.kind, path, {}, limits, told)
    if found.kind == "pdf" and heard.crashed:
        again = listen("pdf", path, {"plain": True}, limits, told)
        heard = max(heard, again, key=lambda one: (len(one.pages), one.complete))
    return together(found, heard, name, limits)


def together(found: Sniffed, heard: Heard, name: str, limits: Limits) -> Extraction:
    """The extraction out of what was heard."""
    pages = finished(heard)
    flags = flags_of(heard, pages)
    outcome, reason, values = verdict(heard, pages, flags, limits)
    return Extraction(
        outcome=outcome,
        media_type=found.media_type,
        pages=pages if outcome in ("read", "warning") else (),
        total_pages=heard.total,
        flags=flags,
        reason=reason,
        reason_values=values,
        proposals=proposed(heard, pages, name),
        reader=readers(found.kind or ""),
    )


def finished(heard: Heard) -> tuple[ExtractedPage, ...]:
    """The pages in their order, with broken words settled, furniture found, and the PDF's own labels."""
    pages = [heard.pages[number] for number in sorted(heard.pages)]
    known = words([page.text for page in pages])
    texts = [without_private(settle_joins(page.text, known)) for page in pages]
    paged = [page.method in ("pdfium", "pypdf") for page in pages]
    repeated = furniture(texts) if all(paged) else [()] * len(pages)
    labels = heard.document.get("labels")
    return tuple(
        replace(page, text=text, furniture=lines, label=page.label or label_of(labels, page.number))
        for page, text, lines in zip(pages, texts, repeated, strict=True)
    )


def label_of(labels: object, number: int) -> str | None:
    """The PDF's label of a page, where it says something else than the page's number."""
    label = sound(labels[number - 1], 40) if isinstance(labels, list) and number <= len(labels) else None
    return label if label != str(number) else None


def flags_of(heard: Heard, pages: Sequence[ExtractedPage]) -> tuple[str, ...]:
    """The document's flags, sorted."""
    told = heard.document.get("flags")
    flags = {flag for flag in FLAGS if isinstance(told, list) and flag in told}
    if pages and all("no_text" in page.flags or not page.text for page in pages):
        flags.add("no_text")
    if heard.total and (len(pages) < heard.total or heard.cut):
        flags.add("partial")
    return tuple(sorted(flags))


def verdict(
    heard: Heard, pages: Sequence[ExtractedPage], flags: tuple[str, ...], limits: Limits
) -> tuple[Outcome, str | None, dict[str, str | int]]:
    """The outcome, its reason and the reason's values."""
    reason = heard.document.get("reason")
    if isinstance(reason, str) and reason in {**REFUSED, **FAILED}:
        values: dict[str, str | int] = {"limit": limits.max_pages} if reason == "too_many_pages" else {}
        return ("refused" if reason in REFUSED else "failed"), reason, values
    if not pages and not (heard.complete and heard.document and not heard.total):
        return "failed", why_nothing(heard), {}
    if heard.cut:
        return "warning", "cut", {}
    if len(pages) < heard.total:
        return "warning", "partial", {"read": len(pages), "total": heard.total}
    for flag, warning in WARNINGS.items():
        if flag in flags:
            return "warning", warning, {}
    return ("read", None, {}) if pages else ("warning", "no_text", {})


def why_nothing(heard: Heard) -> str:
    """The reason when a child ended without one page."""
    if heard.complete:
        return "unreadable" if heard.document else "damaged"
    if heard.ended.why == "wall" or heard.ended.signal == signal.SIGXCPU:
        return "too_slow"
    return "too_big_inside" if heard.ended.why == "output" else "stopped"


def proposed(heard: Heard, pages: Sequence[ExtractedPage], name: str) -> Proposals:
    """What the file proposes for its entry: front matter first, then what its text and metadata show."""
    told = heard.document.get("fields")
    given: Mapping[str, Any] = told if isinstance(told, dict) else {}
    one = {key: sound(value, 5000) for key, value in given.items() if key not in LISTS}
    many = {key: texts(given.get(key)) for key in LISTS}
    text = "\n".join(index_text(page.text, page.furniture) for page in pages[:20])
    shown = [sound(heard.document.get(key), 2000) for key in ("title", "largest", "heading")]
    title = proposals.title([one.get("title"), *shown], name)
    today = datetime.now(UTC).date()
    return Proposals(
        title=title,
        summary=one.get("summary"),
        language=one.get("language") or language.guess(text, sound(heard.document.get("language"), 20)),
        date=proposals.real_date(one.get("date"), today)
        or proposals.guessed_date(title, name, sound(heard.document.get("created"), 10), today),
        kind=one.get("kind"),
        city=one.get("city"),
        country=one.get("country"),
        number=one.get("number") or proposals.number(title, pages[0].text if pages else None),
        licence=one.get("licence"),
        **many,
    )


def texts(value: object) -> tuple[str, ...]:
    """The texts in a list; nothing when it is none."""
    return tuple(text for item in value if (text := sound(item, 200))) if isinstance(value, list) else ()


def readers(kind: str) -> str:
    """The libraries that read this kind of file with their versions, and the version of the clean-up rules."""
    return " ".join([*(f"{library} {installed(library)}" for library in READERS.get(kind, ())), f"rules {RULES}"])


def installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"
