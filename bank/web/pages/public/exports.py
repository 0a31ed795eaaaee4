"""Downloads of entries and of whole searches in the export formats.

Anybody may ask for them, and one of a whole bank takes long: few are written at the same time, and few are held for
readers that have not taken them yet.
"""

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from bank.disk import expect_disk_room
from bank.errors import NotFound
from bank.export import EXPORT_FORMATS
from bank.export.format import ExportFormat
from bank.turns import Turns, hold_place
from bank.web.language import language_of
from bank.web.originals import STREAM_PIECE_BYTES, content_disposition
from bank.web.parameters import MOST_ENTRY_DIGITS, SearchInQuery
from bank.web.rendering import settings_of, site_of
from bank.workflow.entries import exporting, public
from bank.workflow.search import searching

router = APIRouter(include_in_schema=False)
EXPORT_BYTES_IN_MEMORY = 1024 * 1024
"""Bytes of an export that are kept in memory; a larger one is written to a temporary file."""
EXPORT_ENTRY_BYTES = 2560
"""Bytes that an entry takes in an export at most, on average: about twice what was measured."""
EXPORT_TURNS = Turns(at_once=2, waiting=6, patience=5.0)
"""Exports that are written at the same time: more would only make all of them slow, and all other pages."""
HELD_EXPORTS = threading.BoundedSemaphore(64)
"""Exports that are written or wait for slow readers."""


def format_by_ending(ending: str) -> ExportFormat:
    """The export format with this ending. Raises NotFound for an unknown one."""
    found = next((form for form in EXPORT_FORMATS.values() if form.ending == ending), None)
    if found is None:
        raise NotFound
    return found


class HeldExport(StreamingResponse):
    """A response with an export; `ended` lets go of it when it was sent, or its reader has gone."""

    def __init__(self, stream: BinaryIO, headers: dict[str, str], media_type: str, ended: Callable[[], None]) -> None:
        super().__init__(stream_pieces(stream), 200, headers, media_type)
        self.ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.ended()


def export_response(request: Request, form: ExportFormat, ids: Callable[[], Iterable[int]], name: str) -> Response:
    """The entries with `ids` as a download `name`; where `ids` maps to why they were found, it says so.

    It is written whole before the response starts: a failure is never a 200. Raises Busy where too many are written or
    held, DiskFull where there is no room for it.
    """
    with ExitStack() as stack:
        stack.enter_context(hold_place(HELD_EXPORTS, 0))
        stream: BinaryIO = tempfile.SpooledTemporaryFile(EXPORT_BYTES_IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115 - the stack closes it
        stack.callback(stream.close)
        with EXPORT_TURNS.turn():
            asked = ids()
            chosen = asked if isinstance(asked, Mapping) else list(asked)
            if len(chosen) * EXPORT_ENTRY_BYTES > EXPORT_BYTES_IN_MEMORY:
                expect_disk_room(Path(tempfile.gettempdir()), len(chosen) * EXPORT_ENTRY_BYTES)
            language = language_of(request, settings_of(request))
            exporting.export_entries(site_of(request).bank, form.name, chosen, stream, language=language)
        length = stream.tell()
        stream.seek(0)
        headers = {
            "content-disposition": content_disposition(f"{name}.{form.ending}", inline=False),
            "content-length": str(length),
            "cache-control": "no-cache",
            "vary": "Accept-Language, Cookie",
            "x-robots-tag": "noindex",
        }
        return HeldExport(stream, headers, form.media_type, stack.pop_all().close)


def stream_pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's bytes, piece by piece."""
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
    return export_response(request, form, lambda: [int(digits)], f"entry-{digits}")


@router.get("/search.{ending}")
def export_search(request: Request, ending: str, parameters: SearchInQuery) -> Response:
    """All entries that a search finds, in an export format; `page` and `size` are ignored."""
    form = format_by_ending(ending)
    if not form.many:
        raise NotFound
    bank = site_of(request).bank

    def found() -> Iterable[int]:
        asked = parameters.q, parameters.filters, parameters.order, parameters.verbatim
        return searching.matching_entries(bank, *asked) if parameters.q else searching.matching_ids(bank, *asked)

    return export_response(request, form, found, "search")
