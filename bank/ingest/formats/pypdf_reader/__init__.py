"""Facts of a PDF by pypdf: encryption, number of pages, labels, metadata, active content; and text as second reader.

The only package that imports pypdf. pypdf raises anything on damaged files (seen: AttributeError, TypeError,
ValueError, AssertionError, RecursionError, NotImplementedError), so callers catch Exception around each question.
"""

import io
import re
import signal
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

import pypdf
from pypdf import PageObject
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, _font

from bank.ingest.formats.pypdf_reader.layers import Layers, pdf_dictionary
from bank.ingest.limits import MB, Limits

MOST_TREE_NODES = 500
PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")


class TooSlow(BaseException):
    """A page took more than its processor time. It is no Exception, because pypdf swallows those."""


def configure_pypdf(limits: Limits) -> None:
    """Sets pypdf's limits tighter than its defaults; measured to lose no page of 223 real files."""
    pypdf.overwrite_configuration(
        zlib_maximum_output_length=20 * MB,
        lzw_maximum_output_length=20 * MB,
        run_length_maximum_output_length=20 * MB,
        array_based_stream_maximum_output_length=20 * MB,
        maximum_declared_stream_length=50 * MB,
        stream_decoding_work_maximum_length=60 * MB,
        stream_parsing_work_maximum_count=1_000_000,
        xform_maximum_invocations_per_extraction=1_000,
        page_tree_maximum_entries=limits.max_pages,
        page_tree_maximum_depth=100,
        disable_legacy_handling=True,
        jbig2dec_binary=None,
    )


def separate_words() -> None:
    """Patches pypdf to see the gaps between words in composite fonts without a space glyph.

    pypdf 7.1 takes the width of glyph 32 as the width of a space there and joins all words
    (https://github.com/py-pdf/pypdf/issues/3978). Raises AttributeError when pypdf has moved the private name.
    """
    read = _font.Font.from_font_resource.__func__  # type: ignore[attr-defined]
    if read.__module__ == __name__:
        return

    def from_font_resource(cls: type[_font.Font], *args: Any, **kwargs: Any) -> _font.Font:
        font: _font.Font = read(cls, *args, **kwargs)
        if font.sub_type == "Type0" and " " not in font.character_map.values():
            font.space_char, font.space_width = "\uffff", 200
        return font

    _font.Font.from_font_resource = classmethod(from_font_resource)  # type: ignore[method-assign,assignment]


def has_fields(form: DictionaryObject) -> bool:
    """Whether a form has fields of its own, which any program shows."""
    listed = form.get("/Fields")
    found = listed.get_object() if listed is not None else None
    return isinstance(found, ArrayObject) and len(found) > 0


def pages_in_nodes(node: PdfObject | None, most: int) -> int:
    """The pages beneath a node of the page tree: its children where it says that it has as many pages, else theirs.

    -1 where it looks into more than `most` nodes, or one says nothing that makes sense.
    """
    found, left = 0, [pdf_dictionary(node)]
    while left:
        one, most = left.pop(), most - 1
        listed = one.get("/Kids")
        children = listed.get_object() if listed is not None else None
        if most < 0:
            return -1
        if not isinstance(children, ArrayObject):
            if one.get("/Type") != "/Page":
                return -1
            found += 1
        elif one.get("/Count") == len(children):
            found += len(children)
        else:
            left += [pdf_dictionary(child) for child in children]
    return found


class Pypdf:
    """An opened PDF. Opening and every method may raise nearly anything for a damaged file."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        configure_pypdf(limits)
        separate_words()
        self.limits = limits
        self.reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        self._layers: Layers | None = None

    def locked(self) -> bool:
        """True when a password is needed to read it."""
        encryption = self.reader._encryption
        return self.reader.is_encrypted and not (encryption and encryption.is_decrypted())

    def encrypted(self) -> bool:
        """True when the file is encrypted, also when it opens without a password."""
        return bool(self.reader.is_encrypted)

    def count(self) -> int:
        """The number of pages, found by walking the tree. Raises LimitReachedError above the limit."""
        return len(self.reader.pages)

    def agrees_on(self, count: int) -> bool:
        """True when the nodes of the page tree say that there are so many pages, and no node has others than it says.

        Much quicker than to walk through all pages.
        """
        return pages_in_nodes(self.reader.root_object.get("/Pages"), MOST_TREE_NODES) == count

    def page_text(self, index: int, limit: int) -> str:
        """At most `limit` characters that a viewer shows of a page, from 0. Raises TooSlow, or nearly anything."""
        return within_processor_time(self.limits.page_seconds, lambda: self._shown_page(index).extract_text())[:limit]

    def _shown_page(self, index: int) -> PageObject:
        """A page without what stands on layers that are switched off."""
        page = self.reader.pages[index]
        if self.layers and self.layers.hides_some_of(page):
            self.layers.hide(page)
        return page

    @property
    def layers(self) -> Layers:
        """The layers that are switched off."""
        if self._layers is None:
            self._layers = Layers(self.reader.root_object)
        return self._layers

    def hides_text(self, index: int) -> bool:
        """True when a page has content on a layer that is switched off."""
        return bool(self.layers) and self.layers.hides_some_of(self.reader.pages[index])

    def hidden_annotations(self, index: int) -> frozenset[int]:
        """Numbers, from 0, of the annotations of a page that are on a layer that is switched off."""
        return self.layers.hidden_annotations(self.reader.pages[index]) if self.layers else frozenset()

    def labels(self) -> list[str]:
        """The PDF's own page labels; empty when it has none."""
        return [label[:40] for label in self.reader.page_labels] if "/PageLabels" in self.reader.root_object else []

    def language(self) -> str | None:
        """The document's /Lang, as written."""
        lang = self.reader.root_object.get("/Lang")
        return str(lang)[:20] if isinstance(lang, str) else None

    def title(self) -> str | None:
        """The title in the metadata, as written."""
        title = pdf_dictionary(self.reader.trailer.get("/Info")).get("/Title")
        title = title.get_object() if isinstance(title, PdfObject) else title
        return str(title)[:2000] if isinstance(title, str) else None

    def created(self) -> str | None:
        """The creation date in the metadata as YYYY-MM-DD, in the file's zone. Raises ValueError for an invalid one."""
        written = pdf_dictionary(self.reader.trailer.get("/Info")).get("/CreationDate")
        found = PDF_DATE.match(str(written.get_object()).strip()) if isinstance(written, PdfObject) else None
        return date(*(int(part or 1) for part in found.groups())).isoformat() if found else None

    def features(self) -> list[str]:
        """Flags for active content, attachments, and forms that are made anew when they are opened (dynamic XFA)."""
        root = self.reader.root_object
        names, opening, form = (pdf_dictionary(root.get(key)) for key in ("/Names", "/OpenAction", "/AcroForm"))
        acts = opening.get("/S") in ("/JavaScript", "/Launch")
        found = {
            "has_javascript": acts or "/JavaScript" in names or "/AA" in root,
            "has_attachments": "/EmbeddedFiles" in names,
            "dynamic_form": "/XFA" in form and (root.get("/NeedsRendering") == True or not has_fields(form)),  # noqa: E712
        }
        return [flag for flag, there in found.items() if there]


def within_processor_time(seconds: float, work: Callable[[], str]) -> str:
    """The result of `work`. Raises TooSlow after `seconds` of processor time."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


__all__ = ["LimitReachedError", "Pypdf", "TooSlow"]
