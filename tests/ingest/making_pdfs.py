"""Small PDFs, made object by object: sound ones, damaged ones, hostile ones."""

import io
import zlib
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
PAPER = "/MediaBox[0 0 595 842]"
SENTENCE = "La ciudad educadora convoca a las escuelas y las bibliotecas del municipio."
SHOWN = f"BT /F1 12 Tf 72 760 Td (Bolet\xedn municipal: educaci\xf3n y a\xf1os) Tj 0 -16 Td ({SENTENCE}) Tj ET".encode(
    "latin-1"
)


class Parts:
    """The objects of a PDF, numbered from 1 in the order in which they are added."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def add(self, body: str | bytes = b"") -> int:
        """Adds an object and returns its number."""
        self.bodies.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(self.bodies)

    def put(self, number: int, body: str) -> None:
        """Gives the object of this number its body."""
        self.bodies[number - 1] = body.encode("latin-1")

    def stream(self, data: bytes, entries: str = "", packed: bool = False) -> int:
        """Adds a stream; `packed` deflates it."""
        if packed:
            data, entries = zlib.compress(data, 9), entries + "/Filter/FlateDecode"
        return self.add(f"<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1") + data + b"\nendstream")

    def file(
        self, root: int = 1, trailer: str = "", xref: bool = True, start: int | None = None, size: int | None = None
    ) -> bytes:
        """The whole file; `start` and `size` lie about where the xref table is and how many objects there are."""
        out = io.BytesIO()
        out.write(HEADER)
        offsets = []
        for number, body in enumerate(self.bodies, 1):
            offsets.append(out.tell())
            out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        place = out.tell()
        if xref:
            out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self.bodies) + 1))
            out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
        size, start = size or len(self.bodies) + 1, place if start is None else start
        out.write(f"trailer\n<</Size {size}/Root {root} 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode("latin-1"))
        return out.getvalue()


def pdf(
    content: bytes = SHOWN,
    *,
    pages: int = 1,
    packed: bool = False,
    raw: bytes | None = None,
    catalog: str = "",
    page: str = "",
    resources: str = "",
    paper: str = PAPER,
    info: str | bytes = "",
    xref: bool = True,
    start: int | None = None,
    size: int | None = None,
) -> bytes:
    """A PDF whose pages all show `content` in Helvetica (WinAnsi); `raw` is a whole stream object instead."""
    parts = Parts()
    root, tree, font = parts.add(), parts.add(), parts.add(HELVETICA)
    shown = parts.add(raw) if raw is not None else parts.stream(content, packed=packed)
    held = f"/Contents {shown} 0 R/Resources<</Font<</F1 {font} 0 R>>{resources}>>{page}"
    kids = [parts.add(f"<</Type/Page/Parent {tree} 0 R{paper}{held}>>") for _ in range(pages)]
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    parts.put(tree, f"<</Type/Pages/Count {pages}/Kids[{listed}]>>")
    parts.put(root, f"<</Type/Catalog/Pages {tree} 0 R{catalog}>>")
    trailer = f"/Info {parts.add(info)} 0 R" if info else ""
    return parts.file(root, trailer, xref, start, size)


def lines(texts: Sequence[str], size: int = 12, left: int = 72, top: int = 760) -> bytes:
    """Content that draws one line under the other."""
    drawn = [b"(%b) Tj" % text.replace("(", "[").replace(")", "]").encode("cp1252") for text in texts]
    return f"BT /F1 {size} Tf {left} {top} Td ".encode() + f" 0 -{size + 4} Td ".encode().join(drawn) + b" ET"


def book(contents: Sequence[bytes], **entries: str) -> bytes:
    """A PDF with one page for each content."""
    parts = Parts()
    root, tree, font = parts.add(), parts.add(), parts.add(HELVETICA)
    kids = []
    for content in contents:
        shown = parts.stream(content)
        held = f"/Contents {shown} 0 R/Resources<</Font<</F1 {font} 0 R>>>>"
        kids.append(parts.add(f"<</Type/Page/Parent {tree} 0 R{PAPER}{held}>>"))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    parts.put(tree, f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>")
    parts.put(root, f"<</Type/Catalog/Pages {tree} 0 R{entries.get('catalog', '')}>>")
    return parts.file(root)


def mapped(pairs: Sequence[tuple[int, str]]) -> bytes:
    """A ToUnicode map from codes to texts given as hexadecimal UTF-16."""
    rows = b"".join(b"<%04X> <%b>\n" % (code, text.encode()) for code, text in pairs)
    return b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange %d beginbfchar\n%bendbfchar endcmap" % (
        len(pairs),
        rows,
    )


def composite(to_unicode: bytes, content: bytes, widths: str = "/DW 600") -> bytes:
    """A page in a composite font without glyphs whose text is told only by its ToUnicode map."""
    parts = Parts()
    root, tree, unicode = parts.add(), parts.add(), parts.stream(to_unicode, packed=True)
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    below = parts.add(f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Foo{system}{widths}>>")
    font = parts.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/Foo/Encoding/Identity-H/DescendantFonts[{below} 0 R]"
        f"/ToUnicode {unicode} 0 R>>"
    )
    shown = parts.stream(content)
    kid = parts.add(
        f"<</Type/Page/Parent {tree} 0 R{PAPER}/Contents {shown} 0 R/Resources<</Font<</F1 {font} 0 R>>>>>>"
    )
    parts.put(tree, f"<</Type/Pages/Count 1/Kids[{kid} 0 R]>>")
    parts.put(root, f"<</Type/Catalog/Pages {tree} 0 R>>")
    return parts.file(root)


def written(texts: Sequence[str]) -> bytes:
    """A page with lines of any Unicode text, in a composite font."""
    used = sorted({character for text in texts for character in text})
    to_unicode = mapped([(code, used[code - 1].encode("utf-16-be").hex()) for code in range(1, len(used) + 1)])
    rows = [b"<%b> Tj" % b"".join(b"%04X" % (used.index(character) + 1) for character in text) for text in texts]
    return composite(to_unicode, b"BT /F1 12 Tf 72 760 Td " + b" 0 -16 Td ".join(rows) + b" ET")


def three_codes(*texts: str) -> bytes:
    """A page that shows codes 1, 2, 3, which the font maps to these texts (hexadecimal UTF-16)."""
    return composite(mapped(list(enumerate(texts, 1))), b"BT /F1 12 Tf 72 700 Td <000100020003> Tj ET")


def without_space_glyph() -> bytes:
    """Words set apart by movement alone, in a font without a space and with a wide glyph 32 (pypdf issue 3978)."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    to_unicode = mapped([(20 + place, f"{ord(letter):04X}") for place, letter in enumerate(letters)])
    words = "la ciudad educadora convoca a las escuelas de todos los barrios".split()
    rows = [b"<%b>" % b"".join(b"%04X" % (20 + letters.index(letter)) for letter in word) for word in words]
    widths = "/DW 1000/W[20[" + " ".join(["500"] * 12 + ["900"] + ["500"] * 13) + "]]"
    return composite(to_unicode, b"BT /F1 12 Tf 72 700 Td [" + b"-256".join(rows) + b"]TJ ET", widths)


def packed_blanks(megabytes: int) -> bytes:
    """So many megabytes of blanks, deflated: one packed block over and over (a full flush makes it independent)."""
    block, checksum = b" " * (1 << 20), 1
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(megabytes):
        checksum = zlib.adler32(block, checksum)
    return b"x\xda" + packed * megabytes + packer.flush() + checksum.to_bytes(4, "big")


def raw_stream(data: bytes, filters: str = "/FlateDecode") -> bytes:
    """A stream object of data that is encoded already."""
    return f"<</Filter[{filters}]/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def encrypted(password: str, algorithm: str) -> bytes:
    """A PDF that asks for `password` (none when it is empty), with an owner's password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(password, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan(texts: Sequence[str], turned: int = 0) -> bytes:
    """A page that is a picture of these lines, without any text; `turned` by so many degrees."""
    picture = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(picture)
    for number, text in enumerate(texts):
        pen.text((120, 140 + number * 60), text, font=ImageFont.load_default(size=34), fill=20)
    out = io.BytesIO()
    picture.rotate(turned).save(out, "PDF", resolution=150)
    return out.getvalue()
