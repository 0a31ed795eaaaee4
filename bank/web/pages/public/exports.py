"""Downloads of entries and of whole searches in the export formats."""

import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bank.errors import NotFound
from bank.export import EXPORT_FORMATS
from bank.export.format import ExportFormat
from bank.web.language import language_of
from bank.web.originals import STREAM_PIECE_BYTES, content_disposition
from bank.web.parameters import MOST_ENTRY_DIGITS, SearchInQuery
from bank.web.rendering import settings_of, site_of
from bank.workflow.entries import exporting, public
from bank.workflow.search import searching

router = APIRouter(include_in_schema=False)
EXPORT_BYTES_IN_MEMORY = 1024 * 1024
"""Bytes of an export that are kept in memory; a larger one is written to a temporary file."""


def format_by_ending(ending: str) -> ExportFormat:
    """The export format with this ending. Raises NotFound for an unknown one."""
    found = next((form for form in EXPORT_FORMATS.values() if form.ending == ending), None)
    if found is None:
        raise NotFound
    return found


def export_response(request: Request, form: ExportFormat, ids: Iterable[int], name: str) -> Response:
    """The entries as a download `name`. It is written whole before the response starts: a failure is never a 200."""
    stream: BinaryIO = tempfile.SpooledTemporaryFile(EXPORT_BYTES_IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115 - closed by pieces
    try:
        language = language_of(request, settings_of(request))
        exporting.export_entries(site_of(request).bank, form.name, ids, stream, language=language)
        length = stream.tell()
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    headers = {
        "content-disposition": content_disposition(f"{name}.{form.ending}", inline=False),
        "content-length": str(length),
        "cache-control": "no-cache",
        "vary": "Accept-Language, Cookie",
        "x-robots-tag": "noindex",
    }
    return StreamingResponse(stream_pieces(stream), 200, headers, form.media_type)


def stream_pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's bytes, piece by piece; closes it at the end or when the client disconnects."""
    with stream:
        while piece := stream.read(STREAM_PIECE_BYTES):
            yield piece


@router.get("/entries/{number}.{ending}")
def export_entry(request: Request, number: str, ending: str) -> Response:
    """One published entry in an export format.

    The router splits ``1.dc.xml`` into ``1.dc`` and ``xml``, so both are joined and split at the first dot again.
    """
    digits, _, ending = f"{number}.{ending}".partition(".")
    form = format_by_ending(ending)
    if not digits.isascii() or not digits.isdigit() or len(digits) > MOST_ENTRY_DIGITS:
        raise NotFound
    public.published_entry(site_of(request).bank, int(digits))
    return export_response(request, form, [int(digits)], f"entry-{digits}")


@router.get("/search.{ending}")
def export_search(request: Request, ending: str, parameters: SearchInQuery) -> Response:
    """All entries that a search finds, in an export format; `page` and `size` are ignored."""
    form = format_by_ending(ending)
    if not form.many:
        raise NotFound
    bank = site_of(request).bank
    ids = searching.matching_ids(bank, parameters.q, parameters.filters, parameters.order, parameters.verbatim)
    return export_response(request, form, ids, "search")
