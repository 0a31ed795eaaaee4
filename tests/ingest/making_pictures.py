"""Pictures that tests upload: sound ones, ones that say too much, hostile ones."""

import io
import struct
import zlib
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SECRETS = ("Lupita", "19.4326", "nota privada")
ORIENTATION, ARTIST, GPS = 0x0112, 0x013B, 0x8825


def corners(width: int = 400, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Red at the upper left, green at the upper right, blue below."""
    picture = Image.new("RGB", (width, height), (0, 0, 255))
    picture.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    picture.paste((0, 255, 0), (width // 2, 0, width, height // 2))
    return picture.convert(mode)


def telling(picture: Image.Image, kind: str, orientation: int = 1) -> bytes:
    """The picture in a file that also tells who took it where, in EXIF, XMP and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[ARTIST] = SECRETS[0]
    exif.get_ifd(GPS).update({1: "N", 2: (19.0, 25.0, 57.0), 29: SECRETS[1]})
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>{SECRETS[0]} {SECRETS[1]}</dc:creator></x:xmpmeta>"
    out = io.BytesIO()
    if kind == "JPEG":
        picture.save(out, kind, exif=exif, xmp=xmp.encode(), comment=SECRETS[2])
    elif kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", SECRETS[2])
        texts.add_itxt("XML:com.adobe.xmp", xmp)
        picture.save(out, kind, exif=exif, pnginfo=texts)
    else:
        picture.save(out, kind, exif=exif, xmp=xmp.encode(), lossless=True)
    return out.getvalue()


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture in a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def exchanged_profile() -> bytes:
    """An ICC profile (ICC.1:2001-04) of a screen whose first colour is green and whose second is red."""
    colorants = {
        b"rXYZ": (0.3851, 0.7169, 0.0971),
        b"gXYZ": (0.4361, 0.2225, 0.0139),
        b"bXYZ": (0.1431, 0.0606, 0.7141),
    }
    points = {b"wtpt": (0.9642, 1.0, 0.8249), **colorants}
    tags = {
        name: b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in xyz))
        for name, xyz in points.items()
    }
    tags |= {name: b"curv\0\0\0\0" + struct.pack(">IHH", 1, 0x0233, 0) for name in (b"rTRC", b"gTRC", b"bTRC")}
    tags[b"cprt"] = b"text\0\0\0\0none\0\0\0\0"
    tags[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + bytes(79)
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data
    size = struct.pack(">I", start + len(body))
    head = size + b"\0\0\0\0\x02\x40\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flood(side: int) -> bytes:
    """A PNG that says it is so many points wide and high, in two colours, and packs a few of them."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100_000), 9)) + chunk(b"IEND", b"")


def page(texts: Sequence[str], size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """A photographed page with these lines."""
    picture = Image.new("RGB", size, (250, 247, 240))
    pen = ImageDraw.Draw(picture)
    for number, text in enumerate(texts):
        pen.text((120, 140 + number * 60), text, font=ImageFont.load_default(size=34), fill=(20, 20, 30))
    return picture
