"""Layers (optional content) of a PDF: which of them a viewer does not show, and a page's content without these.

Rules: ISO 32000-1, 8.11.
"""

from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject, PdfObject, StreamObject

DEEPEST_FORM = 5
"""How deep forms (groups of content) inside forms are looked into."""
SHOWING_OPERATORS = frozenset({b"Tj", b"TJ", b"Do", b"INLINE IMAGE"})
NEXT_LINE_OPERATORS = frozenset({b"'", b'"'})
"""Operators that move to the next line and show text there."""
STREAM_KEYS = ("/Length", "/Filter", "/DecodeParms")


def pdf_dictionary(value: PdfObject | None) -> DictionaryObject:
    """The dictionary that `value` is or refers to; an empty one for anything else."""
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def unresolved(holder: DictionaryObject, key: object) -> PdfObject | None:
    """The value of a key as it stands, a reference unresolved."""
    value = holder.raw_get(key) if key in holder else None
    return value if isinstance(value, PdfObject) else None


def references(holder: DictionaryObject, key: str) -> set[int]:
    """Numbers of the objects to which the array under `key` refers."""
    listed = holder.get(key)
    found = listed.get_object() if listed is not None else None
    return {item.idnum for item in found if hasattr(item, "idnum")} if isinstance(found, ArrayObject) else set()


def layers_switched_off(root: DictionaryObject) -> set[int]:
    """Numbers of the layers that are off when the file is opened on a screen."""
    properties = pdf_dictionary(root.get("/OCProperties"))
    settings = pdf_dictionary(properties.get("/D"))
    off = references(settings, "/OFF")
    if settings.get("/BaseState") == "/OFF":
        off |= references(properties, "/OCGs") - references(settings, "/ON")
    automatic = settings.get("/AS")
    found = automatic.get_object() if automatic is not None else None
    for usage in found if isinstance(found, ArrayObject) else ():
        event = pdf_dictionary(usage)
        listed = event.get("/OCGs")
        if event.get("/Event") != "/View" or not isinstance(listed, ArrayObject):
            continue
        for layer in listed:
            state = pdf_dictionary(pdf_dictionary(pdf_dictionary(layer).get("/Usage")).get("/View")).get("/ViewState")
            if state == "/OFF" and hasattr(layer, "idnum"):
                off.add(layer.idnum)
            elif state == "/ON":
                off.discard(getattr(layer, "idnum", -1))
    return off


class Layers:
    """The layers of a document that are switched off; false when there are none."""

    def __init__(self, root: DictionaryObject) -> None:
        self.off = layers_switched_off(root) if "/OCProperties" in root else set()

    def __bool__(self) -> bool:
        return bool(self.off)

    def hides(self, marked: PdfObject | None) -> bool:
        """True when what is marked with this layer or group of layers is not shown."""
        if getattr(marked, "idnum", None) in self.off:
            return True
        group = pdf_dictionary(marked)
        if group.get("/Type") != "/OCMD":
            return False
        listed = unresolved(group, "/OCGs")
        found = listed.get_object() if listed is not None else None
        members = list(found) if isinstance(found, ArrayObject) else [listed]
        off = [getattr(member, "idnum", None) in self.off for member in members if member is not None]
        policies = {"/AllOn": any(off), "/AnyOff": not any(off), "/AllOff": not all(off)}
        return bool(off) and policies.get(str(group.get("/P")), all(off))

    def hides_some_of(self, holder: DictionaryObject, deepest: int = DEEPEST_FORM) -> bool:
        """True when the page or form has content on a layer that is switched off."""
        resources = pdf_dictionary(holder.get("/Resources"))
        named = pdf_dictionary(resources.get("/Properties"))
        drawn = pdf_dictionary(resources.get("/XObject"))
        shown = [pdf_dictionary(drawn.get(name)) for name in drawn]
        return (
            any(self.hides(unresolved(named, name)) for name in named)
            or any(self.hides(unresolved(one, "/OC")) for one in shown)
            or (deepest > 0 and any(self.hides_some_of(one, deepest - 1) for one in shown if "/Resources" in one))
        )

    def hidden_annotations(self, page: PageObject) -> frozenset[int]:
        """Numbers, from 0, of the page's annotations that are not shown."""
        listed = page.get("/Annots")
        found = listed.get_object() if listed is not None else None
        notes = list(found) if isinstance(found, ArrayObject) else []
        return frozenset(
            number for number, note in enumerate(notes) if self.hides(unresolved(pdf_dictionary(note), "/OC"))
        )

    def hide(self, page: PageObject) -> None:
        """Takes what is not shown out of the page's content."""
        content = page.get_contents()
        if content is not None and not isinstance(page.get("/Contents"), ContentStream):
            page[NameObject("/Contents")] = self.shown_content(page, content, DEEPEST_FORM)

    def shown_content(self, holder: DictionaryObject, content: ContentStream, deepest: int) -> ContentStream:
        """The content without what is not shown; so are the forms that the holder draws."""
        resources = pdf_dictionary(holder.get("/Resources"))
        named, drawn = pdf_dictionary(resources.get("/Properties")), pdf_dictionary(resources.get("/XObject"))
        hidden: list[bool] = []
        kept: list[tuple[Any, bytes]] = []
        for operands, operator in content.operations:
            if operator in (b"BDC", b"BMC"):
                tagged = operator == b"BDC" and len(operands) == 2 and operands[0] == "/OC"
                hidden.append(tagged and self.hides(unresolved(named, operands[1])))
            elif operator == b"EMC" and hidden:
                hidden.pop()
            elif any(hidden) and operator in SHOWING_OPERATORS | NEXT_LINE_OPERATORS:
                if operator in NEXT_LINE_OPERATORS:
                    kept.append(([], b"T*"))
                continue
            elif operator == b"Do" and operands and self.hides_drawn(drawn, operands[0], deepest):
                continue
            kept.append((operands, operator))
        content.operations = kept
        return content

    def hides_drawn(self, drawn: DictionaryObject, name: object, deepest: int) -> bool:
        """True when the named picture or form is not shown; what a shown form hides inside is taken out of it."""
        one = drawn.get(name)
        form = one.get_object() if one is not None else None
        if not isinstance(form, StreamObject):
            return False
        if self.hides(unresolved(form, "/OC")):
            return True
        if deepest and "/Resources" in form and not isinstance(form, ContentStream) and self.hides_some_of(form):
            content = self.shown_content(
                form, ContentStream(form, getattr(form.indirect_reference, "pdf", None)), deepest - 1
            )
            content.update({key: form.raw_get(key) for key in form if key not in STREAM_KEYS})
            drawn[NameObject(str(name))] = content
        return False
