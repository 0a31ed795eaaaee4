"""Pictures as media of an entry: redrawn by a confined child, without metadata, of limited size."""

import base64
import binascii
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bank.errors import RefusedFile, TooLarge
from bank.ingest.child.process import ChildReport, shared_extractor
from bank.ingest.limits import MB, PICTURE_LIMITS, Limits
from bank.ingest.reasons import REASONS

LONGEST_PICTURE_SIDE = 2560
PICTURE_MAGICS = {"image/jpeg": (0, b"\xff\xd8\xff"), "image/png": (0, b"\x89PNG"), "image/webp": (8, b"WEBP")}
"""Media type -> where its magic bytes stand, and the bytes."""
BROKEN_PICTURE = REASONS["broken_picture"]
PICTURE_TOO_BIG_INSIDE = REASONS["too_big_inside"]
PICTURE_TOO_LARGE = REASONS["too_large"]
PICTURE_TOO_SLOW = REASONS["too_slow"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: JPEG, PNG or WebP, upright, in sRGB or grey, at most 2560 pixels long.

    `width` and `height` in pixels; `thumbnail` is WebP, at most 480 by 480 pixels.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    thumbnail: bytes = b""
    grey: bool = False


def redraw_picture(path: Path, limits: Limits = PICTURE_LIMITS) -> Picture:
    """Redraws the JPEG, PNG or WebP at `path`: no place, author, comment or profile of it is left.

    Raises TooLarge, and RefusedFile for a picture that is damaged, incomplete or has too many pixels.
    """
    return draw_in_child(path, {"longest": LONGEST_PICTURE_SIDE, "thumbnail": True}, limits)


def draw_in_child(path: Path, options: Mapping[str, Any], limits: Limits) -> Picture:
    """The picture at `path` as a confined child redrew it. Raises as `redraw_picture`."""
    if path.stat().st_size > limits.max_bytes:
        raise TooLarge(PICTURE_TOO_LARGE, limit=limits.max_bytes // MB)
    told: list[dict[str, Any]] = []
    ended = shared_extractor().ask("redraw", path, options, limits, told.append)
    picture = next(
        (found for message in told if (found := picture_from_message(message, int(options["longest"])))), None
    )
    if picture is None:
        raise picture_refusal(told, ended, limits)
    return picture


def picture_from_message(message: Mapping[str, Any], longest: int) -> Picture | None:
    """A picture from a child's message; None when it holds no valid one (the file may have taken the child over)."""
    found = message.get("drawn")
    if not isinstance(found, dict):
        return None
    kind, width, height = found.get("type"), found.get("width"), found.get("height")
    data, small = base64_bytes(found.get("data")), base64_bytes(found.get("thumbnail"))
    sound = all(isinstance(side, int) and 0 < side <= longest for side in (width, height))
    if not sound or not is_of_media_type(data, kind) or (small and not is_of_media_type(small, "image/webp")):
        return None
    return Picture(data, str(kind), int(width or 0), int(height or 0), small, found.get("grey") is True)


def is_of_media_type(data: bytes, kind: object) -> bool:
    """True when the bytes begin as a file of this media type does."""
    at, magic = PICTURE_MAGICS.get(str(kind), (0, b"?"))
    return data[at : at + len(magic)] == magic


def base64_bytes(value: object) -> bytes:
    """Bytes of base64 text; empty for anything else."""
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        return b""


def picture_refusal(told: list[dict[str, Any]], ended: ChildReport, limits: Limits) -> RefusedFile:
    """The error that tells why there is no picture."""
    documents = [message["document"] for message in told if isinstance(message.get("document"), dict)]
    reason = documents[0].get("reason") if documents else None
    if reason == "too_many_pixels":
        return RefusedFile(REASONS[reason], limit=limits.max_pixels // 1_000_000)
    if reason == "too_big_inside" or ended.why == "output":
        return RefusedFile(PICTURE_TOO_BIG_INSIDE)
    if ended.why == "wall" or ended.signal == signal.SIGXCPU:
        return RefusedFile(PICTURE_TOO_SLOW)
    return RefusedFile(BROKEN_PICTURE)
