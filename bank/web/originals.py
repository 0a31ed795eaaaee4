"""Responses with an original or a thumbnail: safe headers, one range at most, an ETag."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bank.errors import BankError
from bank.messages import N_
from bank.web.middleware.headers import SANDBOX_POLICY
from bank.workflow.entries.public import Original

STREAM_PIECE_BYTES = 256 * 1024
"""Bytes read from a file at a time."""
RANGE_HEADER = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")


class WrongRange(BankError):
    """The requested range is outside the file."""

    code = "range"
    sentence = N_("That part of the file does not exist.")


def content_disposition(name: str, inline: bool) -> str:
    """A Content-Disposition with the file name in both forms (RFC 6266), without quotes, slashes or line breaks."""
    kept = "".join(letter if letter.isprintable() and letter not in '/\\"%' else "_" for letter in name)[:200] or "file"
    plain = kept.encode("ascii", "replace").decode().replace("?", "_")
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(kept, safe='')}"


def requested_range(header: str | None, size: int) -> tuple[int, int] | None:
    """(first, last) byte of the requested range; None when the whole file is to be sent.

    Several ranges, or a malformed one, are answered with the whole file, as RFC 9110 14.2 allows; that limits the
    work (CVE-2025-62727). Raises WrongRange for a range outside the file.
    """
    match = RANGE_HEADER.match(header.strip()) if header and len(header) < 100 else None
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match[1], match[2]
    if not first:
        begin, end = max(0, size - int(last)), size - 1
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and first and int(last) < int(first):
        return None
    if begin > end:
        raise WrongRange(size=size)
    return begin, end


def file_pieces(path: Path, begin: int, length: int) -> Iterator[bytes]:
    """`length` bytes of the file from byte `begin` on, piece by piece."""
    with path.open("rb") as stream:
        stream.seek(begin)
        while length > 0 and (piece := stream.read(min(STREAM_PIECE_BYTES, length))):
            length -= len(piece)
            yield piece


def original_response(request: Request, original: Original) -> Response:
    """The response with an original: 200, 206 (one range) or 304.

    PDF and pictures are shown by the browser, under a CSP sandbox; other files are attachments. Raises WrongRange.
    """
    tag = f'"{original.digest}"'
    headers = {
        "content-disposition": content_disposition(original.name, original.inline),
        "content-security-policy": SANDBOX_POLICY,
        "etag": tag,
        "accept-ranges": "bytes",
        "cache-control": "no-cache",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    part = None
    if request.headers.get("if-range", tag) == tag:
        part = requested_range(request.headers.get("range"), original.size)
    begin, end = part or (0, original.size - 1)
    headers["content-length"] = str(end - begin + 1)
    if part:
        headers["content-range"] = f"bytes {begin}-{end}/{original.size}"
    if request.scope.get("head"):
        return Response(None, 206 if part else 200, {**headers, "content-type": original.media_type})
    pieces = file_pieces(original.path, begin, end - begin + 1)
    return StreamingResponse(pieces, 206 if part else 200, headers, original.media_type)


def small_picture_response(request: Request, path: Path) -> Response:
    """The response with a thumbnail (WebP); its ETag is the file's name, which begins with the original's digest."""
    tag = f'"{path.stem}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(path.read_bytes(), headers=headers, media_type="image/webp")
