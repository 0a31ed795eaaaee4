"""Redraws a photo or other picture, so that nothing but what is seen of it is left. Runs in the confined child."""

import base64
import io
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageCms, ImageOps

from bank.ingest.child.messages import SendMessage
from bank.ingest.limits import Limits

PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")
PICTURE_THUMBNAIL_SIZE = (480, 480)
LARGE_PNG_BYTES = 3 * 1024 * 1024
"""A larger PNG becomes WebP, which is a fraction of that for a photo."""
WHITE = (255, 255, 255)


class TooManyPixels(Exception):
    """The header says that the picture has more pixels than may be decoded."""


def draw_picture(data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Sends {"drawn": {type, width, height, grey, data, thumbnail}}, or a refusal {"document": {"reason": code}}.

    ``options``: `longest` side in pixels; `jpeg` true for a JPEG on white, whatever it was; `thumbnail` true for a
    small WebP beside it.
    """
    try:
        image = open_picture(data, limits, int(options["longest"]))
        told = picture_message(image, "JPEG" if options.get("jpeg") else image.format or "")
        if options.get("thumbnail"):
            small = image.copy()
            small.thumbnail(PICTURE_THUMBNAIL_SIZE)
            told["thumbnail"] = base64_text(encode_picture(small, "WEBP"))
    except MemoryError:
        raise
    except (TooManyPixels, Image.DecompressionBombError):
        speak({"document": {"reason": "too_many_pixels"}})
    except Exception:  # noqa: BLE001 - Pillow raises anything at all on damaged pictures
        speak({"document": {"reason": "broken_picture"}})
    else:
        speak({"drawn": told})


def open_picture(data: bytes, limits: Limits, longest: int) -> Image.Image:
    """The first picture of the file, upright, in sRGB or grey, at most `longest` pixels a side.

    `format` is that of the file. The size is checked by the header first. Raises TooManyPixels; Pillow may raise
    anything on damaged data.
    """
    with Image.open(io.BytesIO(data), formats=PICTURE_FORMATS) as image:
        kind = "JPEG" if image.format == "MPO" else image.format
        width, height = image.size
        if width * height > limits.max_pixels * (2 if kind == "JPEG" else 1):
            raise TooManyPixels
        scale = min(1.0, longest / max(width, height))
        image.draft(image.mode, (round(width * scale), round(height * scale)))
        image.load()
        profile = image.info.get("icc_profile")
        full = to_plain_mode(image)
        full.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    seen = in_srgb(upright(full), profile)
    seen.info = {}
    seen.format = kind
    return seen


def to_plain_mode(image: Image.Image) -> Image.Image:
    """The picture in grey, RGB, RGBA or CMYK, eight bits each."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("L" if image.mode == "1" else "RGB")


def upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF orientation says; a copy as it is where that can't be read."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - Pillow raises anything at all on damaged metadata
        return image.copy()


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture converted from its ICC profile to sRGB; unchanged where the profile can't be read."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile and colours.mode in ("RGB", "CMYK"):
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            colours = ImageCms.profileToProfile(colours, meant, target, outputMode="RGB") or colours
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a damaged profile, or one of other colours than the picture has
    if colours.mode == "CMYK":
        colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def picture_message(image: Image.Image, kind: str) -> dict[str, Any]:
    """The picture as the value of a ``drawn`` message, without thumbnail."""
    data = encode_picture(image, kind)
    if kind == "PNG" and len(data) > LARGE_PNG_BYTES:
        kind, data = "WEBP", encode_picture(image, "WEBP")
    return {
        "type": f"image/{kind.lower()}",
        "width": image.width,
        "height": image.height,
        "grey": image.mode == "L",
        "data": base64_text(data),
    }


def encode_picture(image: Image.Image, kind: str) -> bytes:
    """The picture as the bytes of a file of this kind, without metadata."""
    out = io.BytesIO()
    if kind == "JPEG":
        on_white(image).save(out, "JPEG", quality=85, optimize=True)
    elif kind == "PNG":
        image.save(out, "PNG")
    else:
        image.save(out, "WEBP", quality=82)
    return out.getvalue()


def on_white(image: Image.Image) -> Image.Image:
    """The picture on white instead of transparency."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def base64_text(data: bytes) -> str:
    """Bytes as base64 text."""
    return base64.b64encode(data).decode("ascii")
