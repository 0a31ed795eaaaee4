"""PDFs with what is drawn over a page: form fields, notes, stamps; and with layers."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.ingest.making_pdfs import HELVETICA, PAPER, Parts

Place = tuple[int, int, int, int]


@dataclass(frozen=True)
class Note:
    """An annotation: its entries, its box, and the letters that its appearance draws (None: it has no appearance)."""

    entries: str
    place: Place = (72, 600, 372, 620)
    drawn: str | None = None
    picture: bool = False
    """Its appearance draws a picture, besides the letters."""


def field(name: str, value: str, place: Place = (72, 600, 372, 620), drawn: str | None = None, more: str = "") -> Note:
    """A text field with its value."""
    return Note(f"/Subtype/Widget/FT/Tx/T({name})/V({value})/DA(/F1 12 Tf 0 g){more}", place, drawn)


def noted(content: bytes, notes: Sequence[Note], form: str = "", page: str = "", layers: str = "") -> bytes:
    """A page with annotations; those that are widgets are the fields of its form."""
    parts = Parts()
    root, tree, font, shown = parts.add(), parts.add(), parts.add(HELVETICA), parts.stream(content)
    resources = f"/Resources<</Font<</F1 {font} 0 R>>>>"
    leaf = parts.add()
    listed = [(note, parts.add(note_body(parts, note, resources))) for note in notes]
    fields = " ".join(f"{number} 0 R" for note, number in listed if "/Widget" in note.entries)
    annotations = " ".join(f"{number} 0 R" for _, number in listed)
    held = f"/Contents {shown} 0 R{resources}/Annots[{annotations}]{page}"
    parts.put(leaf, f"<</Type/Page/Parent {tree} 0 R{PAPER}{held}>>")
    parts.put(tree, f"<</Type/Pages/Count 1/Kids[{leaf} 0 R]>>")
    acroform = f"/AcroForm<</Fields[{fields}]/DA(/F1 12 Tf 0 g)/DR<</Font<</F1 {font} 0 R>>>>{form}>>" if fields else ""
    parts.put(root, f"<</Type/Catalog/Pages {tree} 0 R{acroform}{layers}>>")
    return parts.file(root)


def note_body(parts: Parts, note: Note, resources: str) -> str:
    """The dictionary of an annotation; its appearance is added before."""
    left, bottom, right, top = note.place
    appearance = ""
    if note.drawn is not None or note.picture:
        rows = (note.drawn or "").encode("cp1252").split(b"\n")
        letters = b"BT /F1 12 Tf 2 %d Td " % (top - bottom - 14)
        letters += b" 0 -14 Td ".join(b"(%b) Tj" % row for row in rows) + b" ET"
        if note.picture:
            grey = parts.stream(bytes(4), "/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8")
            letters = b"q 20 0 0 20 0 0 cm /P1 Do Q " + letters
            resources = resources.removesuffix(">>") + f"/XObject<</P1 {grey} 0 R>>>>"
        entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {right - left} {top - bottom}]{resources}"
        appearance = f"/AP<</N {parts.stream(letters, entries)} 0 R>>"
    flags = "" if "/F " in note.entries else "/F 4"
    return f"<</Type/Annot/Rect[{left} {bottom} {right} {top}]{note.entries}{flags}{appearance}>>"


def layered(content: bytes, settings: str = "/OFF[4 0 R]", group: str = "", form: bytes = b"", oc: str = "") -> bytes:
    """A page with the layers V (object 3, shown) and H (object 4) and a group of layers G; `form` is drawn as X."""
    parts = Parts()
    root, tree = parts.add(), parts.add()
    parts.add("<</Type/OCG/Name(Capa)>>")
    parts.add("<</Type/OCG/Name(Capa)/Usage<</View<</ViewState/OFF>>>>>>")
    font = parts.add(HELVETICA)
    gathered = parts.add(f"<</Type/OCMD{group or '/OCGs[4 0 R]'}>>")
    fonts = f"/Font<</F1 {font} 0 R>>/Properties<</V 3 0 R/H 4 0 R/G {gathered} 0 R>>"
    drawn = parts.stream(form, f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<{fonts}>>{oc}")
    shown = parts.stream(content)
    held = f"/Contents {shown} 0 R/Resources<<{fonts}/XObject<</X {drawn} 0 R>>>>"
    leaf = parts.add(f"<</Type/Page/Parent {tree} 0 R{PAPER}{held}>>")
    parts.put(tree, f"<</Type/Pages/Count 1/Kids[{leaf} 0 R]>>")
    parts.put(root, f"<</Type/Catalog/Pages {tree} 0 R/OCProperties<</OCGs[3 0 R 4 0 R]/D<<{settings}>>>>>>")
    return parts.file(root)
