"""A network's own logo: a file that is told by its bytes, and how wide it is shown."""

import re
from dataclasses import dataclass
from pathlib import Path

from bank.errors import SettingsError
from bank.messages import N_

LARGEST_LOGO_BYTES = 200_000
LOGO_HEIGHT = 38
"""Pixels; the page's head is made for it."""
WIDEST_LOGO = 120
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
SVG_ROOT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>|\s)*<svg[\s>]", re.DOTALL)
VIEW_BOX = re.compile(rb"""<svg[^>]*\sviewBox=["'][-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)["']""")


@dataclass(frozen=True, slots=True)
class Logo:
    """A checked logo: the asset's name, its bytes and the width in pixels at which the head shows it."""

    name: str
    body: bytes
    width: int


def load_logo(path: Path) -> Logo:
    """The logo in a file, which is told by its bytes, not by its name.

    Raises SettingsError where there is no such file, and for one that is too large or neither SVG nor PNG.
    """
    if not path.is_file():
        raise SettingsError(N_("BANK_LOGO: there is no file {path}"), path=path)
    if path.stat().st_size > LARGEST_LOGO_BYTES:
        sentence = N_("BANK_LOGO: {path} has {size} bytes; a logo may have {most} at most.")
        raise SettingsError(sentence, path=path, size=path.stat().st_size, most=LARGEST_LOGO_BYTES)
    body = path.read_bytes()
    if body.startswith(PNG_SIGNATURE) and body[12:16] == b"IHDR" and len(body) > 24:
        wide, high = (int.from_bytes(body[at : at + 4]) for at in (16, 20))
        return Logo("network/logo.png", body, shown_width(wide, high))
    if SVG_ROOT.match(body):
        box = VIEW_BOX.search(body)
        return Logo(
            "network/logo.svg", body, width_of_box(path, box[1].decode(), box[2].decode()) if box else LOGO_HEIGHT
        )
    raise SettingsError(N_("BANK_LOGO: {path} is neither an SVG nor a PNG picture."), path=path)


def width_of_box(path: Path, wide: str, high: str) -> int:
    """Pixels for the sizes of an SVG's viewBox. Raises SettingsError for what is no number."""
    try:
        return shown_width(float(wide), float(high))
    except (ValueError, OverflowError):
        raise SettingsError(N_("BANK_LOGO: the viewBox of {path} can't be read."), path=path) from None


def shown_width(wide: float, high: float) -> int:
    """Pixels that a picture of these sizes is wide in the head."""
    return min(WIDEST_LOGO, max(1, round(LOGO_HEIGHT * wide / high))) if high else LOGO_HEIGHT
