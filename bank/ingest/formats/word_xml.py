"""Prepares the XML of a Word document for the reader: hidden text goes, text boxes and formulas become plain text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

WORD_NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH_NS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY_NS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION_NS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
NOT_VALUES = ("0", "false", "off")
WRAPPING_ELEMENTS = tuple(f"{WORD_NS}{name}" for name in ("fldSimple", "customXml", "dir", "bdo"))
"""Elements around text that the reader passes over with all that is in them."""
UNSHOWN_ELEMENTS = (f"{WORD_NS}del", f"{WORD_NS}moveFrom")
FORMULA_MARKS = {"sSup": ("^",), "sSub": ("_",), "sSubSup": ("_", "^"), "f": ("/",)}
"""Formula with several parts -> what stands between them in one line."""


@dataclass(frozen=True, slots=True)
class PreparedWord:
    """The document's XML as the reader is to see it, and how many letters and digits of it are shown.

    `changed` is False where it is as it was.
    """

    xml: bytes
    letters: int
    changed: bool


def prepare_word(xml: bytes, styles: bytes | None, unread_styles: frozenset[str]) -> PreparedWord:
    """Prepares the main part. `unread_styles` are names of paragraph styles whose letters are not counted.

    Raises ElementTree.ParseError for XML that is none.
    """
    root = ElementTree.fromstring(xml)  # noqa: S314 - expat limits entities; confined child
    known = word_styles(styles)
    changed = unwrap_fields(root)
    above = {child: parent for parent in root.iter() for child in parent}
    changed = open_text_boxes(root, above) or changed
    changed = write_out_formulas(root, above) or changed
    changed = drop_hidden_runs(root, {id: hidden for id, (_, hidden) in known.items()}) or changed
    unread = frozenset(id for id, (name, _) in known.items() if name in unread_styles)
    letters = sum(map(count_letters, shown_texts(root, unread)))
    return PreparedWord(ElementTree.tostring(root, "utf-8") if changed else xml, letters, changed)


def word_styles(xml: bytes | None) -> Mapping[str, tuple[str, bool]]:
    """Id of a style -> its name, and whether its text is hidden, by itself or by the style that it is based on."""
    try:
        root = ElementTree.fromstring(xml or b"<none/>")  # noqa: S314 - as above
    except ElementTree.ParseError:
        return {}
    found = {one.get(f"{WORD_NS}styleId", ""): one for one in root.iter(f"{WORD_NS}style")}
    return {id: (word_value(one, "name") or "", is_style_hidden(found, id)) for id, one in found.items()}


def is_style_hidden(styles: Mapping[str, Element], id: str) -> bool:
    """Whether a style hides its text."""
    for _ in range(len(styles)):
        style = styles.get(id)
        if style is None:
            return False
        said = hides(style.find(f"{WORD_NS}rPr"))
        if said is not None:
            return said
        id = word_value(style, "basedOn") or ""
    return False


def hides(properties: Element | None) -> bool | None:
    """Whether properties of letters hide them; None where they say nothing of it."""
    mark = properties.find(f"{WORD_NS}vanish") if properties is not None else None
    return None if mark is None else mark.get(f"{WORD_NS}val") not in NOT_VALUES


def word_value(element: Element | None, name: str) -> str | None:
    """The value of the child of this name; None where there is none."""
    found = element.find(f"{WORD_NS}{name}") if element is not None else None
    return found.get(f"{WORD_NS}val") if found is not None else None


def drop_hidden_runs(root: Element, hidden: Mapping[str, bool]) -> bool:
    """Takes hidden runs out, by their own properties or by those of their style; True where there were any."""
    dropped = False
    for paragraph in list(root.iter(f"{WORD_NS}p")):
        whole = hidden.get(word_value(paragraph.find(f"{WORD_NS}pPr"), "pStyle") or "", False)
        for parent in list(paragraph.iter()):
            for run in parent.findall(f"{WORD_NS}r"):
                properties = run.find(f"{WORD_NS}rPr")
                styled = hidden.get(word_value(properties, "rStyle") or "", whole)
                own = hides(properties)
                if styled if own is None else own:
                    parent.remove(run)
                    dropped = True
    return dropped


def unwrap_fields(root: Element) -> bool:
    """Puts what stands in simple fields and the like in their place; True where there were any."""
    found = [one for one in root.iter() if one.tag in WRAPPING_ELEMENTS]
    for one in reversed(found):
        above = next(parent for parent in root.iter() if one in list(parent))
        replace_child(above, one, list(one))
    return bool(found)


def open_text_boxes(root: Element, above: Mapping[Element, Element]) -> bool:
    """Puts text boxes that only newer programs can read in the place of their drawing; True where there were any."""
    opened = False
    for one in [*root.iter(f"{COMPATIBILITY_NS}AlternateContent"), *root.iter(f"{WORD_NS}drawing")]:
        plain = one.find(f"{COMPATIBILITY_NS}Fallback")
        if plain is not None and any(map(count_letters, shown_texts(plain, frozenset()))):
            for newer in one.findall(f"{COMPATIBILITY_NS}Choice"):
                one.remove(newer)
            opened = True
            continue
        boxes = list(outermost(one, f"{WORD_NS}txbxContent"))
        if boxes and one in above:
            framed = Element(f"{WORD_NS}pict")
            framed.extend(boxes)
            replace_child(above[one], one, [framed])
            opened = True
    return opened


def outermost(element: Element, tag: str) -> Iterator[Element]:
    """The elements of this tag below an element that are not inside one another."""
    for child in element:
        if child.tag == tag:
            yield child
        else:
            yield from outermost(child, tag)


def write_out_formulas(root: Element, above: Mapping[Element, Element]) -> bool:
    """Puts each formula as one line of plain text in its place; True where there were any."""
    found = list(outermost(root, f"{MATH_NS}oMath"))
    for formula in found:
        run = Element(f"{WORD_NS}r")
        text = ElementTree.SubElement(run, f"{WORD_NS}t")
        text.text = formula_text(formula)
        place = above[formula]
        if place.tag == f"{MATH_NS}oMathPara":
            formula, place = place, above[place]
        replace_child(place, formula, [run])
    return bool(found)


def formula_text(element: Element) -> str:
    """A formula as one line: ``a/b``, ``x^2``, ``√(x)``."""
    name = element.tag.removeprefix(MATH_NS)
    if name == "t":
        return element.text or ""
    parts = [text for child in element if (text := formula_text(child))]
    if name == "rad":
        return f"√({''.join(parts)})"
    if name == "d":
        return f"({', '.join(parts)})"
    marks = FORMULA_MARKS.get(name, ())
    joined = parts[0] if parts else ""
    for place, part in enumerate(parts[1:]):
        joined += (marks[min(place, len(marks) - 1)] if marks else "") + (
            f"({part})" if marks and len(part) > 1 else part
        )
    return joined


def replace_child(parent: Element, old: Element, new: list[Element]) -> None:
    """Puts elements in the place of a child; does nothing where it is no child any more."""
    children = list(parent)
    if old in children:
        place = children.index(old)
        parent.remove(old)
        for number, one in enumerate(new):
            parent.insert(place + number, one)


def shown_texts(element: Element, unread: frozenset[str]) -> Iterator[str]:
    """The texts below an element, without what was deleted and paragraphs in one of the `unread` styles."""
    for child in element:
        if child.tag == f"{WORD_NS}t":
            yield child.text or ""
        elif child.tag in UNSHOWN_ELEMENTS:
            continue
        elif child.tag != f"{WORD_NS}p" or word_value(child.find(f"{WORD_NS}pPr"), "pStyle") not in unread:
            yield from shown_texts(child, unread)


def count_letters(text: str) -> int:
    """Letters and digits of a text."""
    return sum(map(str.isalnum, text))


def first_header_target(document: bytes, relations: bytes) -> str | None:
    """The part that holds the header of the first page, as the relations name it; None without one."""
    root = ElementTree.fromstring(document)  # noqa: S314 - as above
    section = next(root.iter(f"{WORD_NS}sectPr"), None)
    if section is None:
        return None
    named = {
        one.get(f"{WORD_NS}type"): one.get(f"{RELATION_NS}id") for one in section.iter(f"{WORD_NS}headerReference")
    }
    own = section.find(f"{WORD_NS}titlePg")
    first = own is not None and own.get(f"{WORD_NS}val") not in NOT_VALUES
    wanted = named.get("first" if first else "default")
    parts = ElementTree.fromstring(relations).iter(PACKAGE_RELATION)  # noqa: S314 - as above
    return next((one.get("Target") for one in parts if wanted and one.get("Id") == wanted), None)


def header_lines(xml: bytes) -> list[str]:
    """The paragraphs of a header that have text."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - as above
    texts = ("".join(shown_texts(one, frozenset())) for one in root.iter(f"{WORD_NS}p"))
    return [text.strip() for text in texts if text.strip()]
