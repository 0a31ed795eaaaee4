"""Decodes text from bytes of unknown encoding."""

import codecs

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode_text(data: bytes) -> str | None:
    """The text with ``\\n`` line ends: by its BOM, as UTF-8, as UTF-8 with a few bad bytes, else as cp1252.

    None where it is no text: it holds NULs without a UTF-16 BOM, or many control characters.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return even_line_ends(data[len(bom) :].decode(encoding, "replace"))
    if b"\x00" in data or control_share(data) > 0.02:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = mostly_utf8(data) or data.decode("cp1252", "replace")
    return even_line_ends(text)


def mostly_utf8(data: bytes) -> str | None:
    """The bytes as UTF-8, bad ones replaced; None where hardly any are good, as in text in another encoding."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return text if bad < 4 * good else None


def control_share(data: bytes) -> float:
    """The share of bytes that no text holds: C0 controls except tab, line ends, form feed and escape."""
    head = data[:65536]
    return sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13, 27)) / max(1, len(head))


def even_line_ends(text: str) -> str:
    """The text with ``\\n`` line ends, without a BOM."""
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
