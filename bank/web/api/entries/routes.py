"""Reading entries, their pages, and entries in export formats."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import Gone
from bank.web.api.entries.answers import whole_shape
from bank.web.api.entries.shapes import EntryWholeShape, PageShape
from bank.web.api.errors import NOT_FOUND_RESPONSE, problem_responses
from bank.web.api.preconditions import OPTIONAL_TOKEN, set_etag
from bank.web.api.search.shapes import HitShape, SimilarShape
from bank.web.errors import WithdrawnEntry
from bank.web.pages.public.exports import export_entry as download
from bank.web.parameters import PathNumber
from bank.web.rendering import site_of, words_of
from bank.web.viewer import viewer_of
from bank.workflow.deposits.whole import whole_entry
from bank.workflow.entries import public
from bank.workflow.entries.tombstones import find_tombstone
from bank.workflow.search.hit_json import hit_json
from bank.workflow.search.similar import find_similar_entries as similar_entries

router = APIRouter(prefix="/api/v1", tags=["entries"], responses=NOT_FOUND_RESPONSE)


@router.get("/entries/{number}.{format}", response_class=Response, responses={200: {"content": {"*/*": {}}}})
def entry_as(request: Request, number: str, format: str) -> Response:
    """A published entry in an export format: csv, json, jsonl, ris, dc.xml or docx."""
    return download(request, number, format)


@router.get("/entries/{number}", responses=problem_responses(401, 410), openapi_extra=dict(OPTIONAL_TOKEN))
def entry(request: Request, response: Response, number: PathNumber) -> EntryWholeShape:
    """One whole entry: a published one, or with a token any that its person works on. The ETag is its version."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    try:
        seen = whole_entry(bank, viewer, number)
    except Gone:
        raise WithdrawnEntry(find_tombstone(bank, number)) from None
    set_etag(response, seen.entry.version)
    return whole_shape(bank, words_of(request), seen)


@router.get("/entries/{number}/similar")
def similar(request: Request, number: PathNumber) -> SimilarShape:
    """The published entries most similar to this one, each with the passage that is nearest to it."""
    bank, words = site_of(request).bank, words_of(request)
    hits = similar_entries(bank, number)
    return SimilarShape(hits=[HitShape.model_validate(hit_json(bank, hit, words.language)) for hit in hits])


@router.get("/entries/{number}/files/{file}/pages/{page}")
def page(request: Request, number: PathNumber, file: PathNumber, page: PathNumber) -> PageShape:
    """The text of one page of a file; files and pages are numbered from 1."""
    view = public.published_page(site_of(request).bank, number, file, page)
    return PageShape(
        file=file,
        page=view.number,
        label=view.label,
        text=view.text,
        pages=view.pages,
        method=view.method,
        confidence=view.confidence,
    )
