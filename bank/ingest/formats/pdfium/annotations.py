"""What a viewer draws over a page as text: the values of form fields, text boxes, stamps.

Not sticky notes, attachments and links, nor what is hidden, nor passwords.
"""

from collections.abc import Callable, Collection, Iterator
from ctypes import Array, c_ushort
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
from pypdfium2 import raw

from bank.ingest.formats.pdfium.characters import Box, PlacedCharacter, holds_middle, placed_characters

LETTERED_KINDS = frozenset(
    {
        raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WATERMARK,
        raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_POLYLINE,
    }
)  # fmt: skip
"""Kinds of annotations that show letters of their own."""
UNSEEN_FLAGS = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
TICKED_FIELDS = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
WRITTEN_FIELDS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_LISTBOX, raw.FPDF_FORMFIELD_COMBOBOX)
TICK = "\u2714"
"""Stands for a ticked box, whatever sign the form draws."""
MOST_ANNOTATIONS = 2000
"""Annotations of a page that are looked at."""
DEEPEST_APPEARANCE = 3
LONGEST_VALUE = 100_000
"""Characters of a field's value."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Text that is drawn over a page, and the box in which it stands. `picture`: it draws a picture, too.

    Of a form field that is filled in by writing or choosing: its `names` (what a viewer says of it, its own) and its
    `answer`, which of a list are only the chosen lines.
    """

    text: str
    box: Box
    picture: bool = False
    names: tuple[str, ...] = ()
    answer: str = ""


def lettered_annotations(page: pypdfium2.PdfPage, left_out: Collection[int] = ()) -> list[DrawnText]:
    """The annotations of the page that may show letters, with what they hold by their own account (maybe nothing).

    `left_out` are numbers of annotations, from 0, that are switched off.
    """
    found = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index) if index not in left_out else None
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in LETTERED_KINDS and not raw.FPDFAnnot_GetFlags(annotation) & UNSEEN_FLAGS:
            value = annotation_value(page.formenv, annotation, kind)
            if value is not None:
                pictured = kind == raw.FPDF_ANNOT_STAMP and draws_picture(annotation)
                names, answer = field_answer(page.formenv, annotation, kind, value)
                found.append(DrawnText(value, annotation_box(annotation), pictured, names, answer))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def draws_picture(stamp: Any) -> bool:
    """Whether the appearance of a stamp holds a picture."""
    objects = range(min(max(0, raw.FPDFAnnot_GetObjectCount(stamp)), MOST_ANNOTATIONS))
    return any(is_or_holds_picture(raw.FPDFAnnot_GetObject(stamp, place), DEEPEST_APPEARANCE) for place in objects)


def is_or_holds_picture(drawn: Any, deepest: int) -> bool:
    """True for a picture and for a group with one in it."""
    kind = raw.FPDFPageObj_GetType(drawn)
    if kind != raw.FPDF_PAGEOBJ_FORM or not deepest:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    inner = range(min(max(0, raw.FPDFFormObj_CountObjects(drawn)), MOST_ANNOTATIONS))
    return any(is_or_holds_picture(raw.FPDFFormObj_GetObject(drawn, place), deepest - 1) for place in inner)


def annotation_box(annotation: Any) -> Box:
    """The rectangle of an annotation."""
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rect)
    across, up = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
    return (across[0], up[0], across[1], up[1])


def annotation_value(form: Any, annotation: Any, kind: int) -> str | None:
    """What an annotation holds as text; None when a viewer shows none of it."""
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return told_text(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))
    if kind != raw.FPDF_ANNOT_WIDGET:
        return ""
    field = raw.FPDFAnnot_GetFormFieldType(form, annotation) if form else -1
    if field <= raw.FPDF_FORMFIELD_UNKNOWN:
        return told_text(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"V", buffer, size))
    if raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & raw.FPDF_FORMFLAG_TEXT_PASSWORD:
        return None if field == raw.FPDF_FORMFIELD_TEXTFIELD else field_value(form, annotation, field)
    return field_value(form, annotation, field)


def field_answer(form: Any, annotation: Any, kind: int, value: str) -> tuple[tuple[str, ...], str]:
    """The names of a form field and what a person wrote or chose in it; only the names of a ticked box.

    Nothing for other annotations, and for boxes without a tick.
    """
    field = raw.FPDFAnnot_GetFormFieldType(form, annotation) if form and kind == raw.FPDF_ANNOT_WIDGET else -1
    if field not in WRITTEN_FIELDS and value != TICK:
        return (), ""
    if field == raw.FPDF_FORMFIELD_LISTBOX:
        value = chosen_options(form, annotation, every=False)
    names = (
        told_text(lambda buffer, size: raw.FPDFAnnot_GetFormFieldAlternateName(form, annotation, buffer, size)),
        told_text(lambda buffer, size: raw.FPDFAnnot_GetFormFieldName(form, annotation, buffer, size)),
    )
    return tuple(name for name in names if name.strip()), "" if value == TICK else value


def chosen_options(form: Any, annotation: Any, every: bool) -> str:
    """The lines of a list or menu that are chosen, or `every` one."""
    count = min(max(0, raw.FPDFAnnot_GetOptionCount(form, annotation)), MOST_ANNOTATIONS)
    chosen = (number for number in range(count) if every or raw.FPDFAnnot_IsOptionSelected(form, annotation, number))
    return "\n".join(option_label(form, annotation, number) for number in chosen)


def field_value(form: Any, annotation: Any, field: int) -> str:
    """The value of a form field of the kind `field`; of a list all its lines, of a box a tick."""
    if field in TICKED_FIELDS:
        return TICK if raw.FPDFAnnot_IsChecked(form, annotation) else ""
    if field in (raw.FPDF_FORMFIELD_LISTBOX, raw.FPDF_FORMFIELD_COMBOBOX):
        chosen = chosen_options(form, annotation, every=field == raw.FPDF_FORMFIELD_LISTBOX)
        if chosen.strip():
            return chosen
    if field in WRITTEN_FIELDS:
        return told_text(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
    return ""


def option_label(form: Any, annotation: Any, number: int) -> str:
    """The words of an option of a list or menu, counted from 0."""
    return told_text(lambda buffer, size: raw.FPDFAnnot_GetOptionLabel(form, annotation, number, buffer, size))


def told_text(ask: Callable[[Array[c_ushort] | None, int], int]) -> str:
    """A text that pdfium writes in UTF-16 into a buffer; empty where it is longer than LONGEST_VALUE."""
    size = ask(None, 0)
    if not 2 < size <= 2 * LONGEST_VALUE:
        return ""
    buffer = (c_ushort * (size // 2))()
    ask(buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")


def drawn_texts(document: pypdfium2.PdfDocument, index: int, known: list[DrawnText], own: str) -> list[DrawnText]:
    """The annotations with the text that their appearance draws; where it draws none, with what they hold.

    `own` is the page's own text. The annotations become part of the page: it is read anew afterwards.
    """
    appended = flattened_characters(document, index, own)
    texts = [""] * len(known)
    owner = -1
    for character, box in appended:
        if box is not None:
            owner = next((place for place, note in enumerate(known) if holds_middle(note.box, box, 1.0)), -1)
        if owner >= 0:
            texts[owner] += character
    shown = (settled_text(drawn, note.text) for drawn, note in zip(texts, known, strict=True))
    return [replace(note, text=text) for text, note in zip(shown, known, strict=True) if text]


def settled_text(drawn: str, held: str) -> str:
    """The drawn text; what is held where it has all the letters of this and maybe more, cut off, or is a tick."""
    drawn, held = drawn.strip(), held.strip()
    if held == TICK or "".join(drawn.split()) in "".join(held.split()):
        return held
    return drawn


def flattened_characters(document: pypdfium2.PdfDocument, index: int, own: str) -> Iterator[PlacedCharacter]:
    """The characters that the annotations' appearances add to the page; none where pdfium can't tell them."""
    page = document[index]
    done = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    if done != raw.FLATTEN_SUCCESS:
        return
    page = document[index]
    try:
        text_page = page.get_textpage()
        count = text_page.count_chars()
        whole = str(text_page.get_text_range(0, count))
        if whole.startswith(own):
            yield from placed_characters(text_page, min(len(own), count), count)
    finally:
        page.close()
