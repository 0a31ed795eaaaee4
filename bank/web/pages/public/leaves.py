"""A page of a published entry's file as it is read: drawn, its text beside it, the searched words marked in both."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank import ingest
from bank.errors import Busy, NotFound
from bank.search.query import Query
from bank.search.snippets import mark_matches
from bank.web.lenient_parameters import lenient_search_parameters
from bank.web.pages.drawings import ZOOM_WIDTHS, DrawnSheet, drawn_sheet
from bank.web.parameters import PathNumber, SearchParameters, repeated_query
from bank.web.rendering import render, site_of
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.entries.views import PageView
from bank.workflow.files.reading import PDF_TYPE
from bank.workflow.search.page_hits import PagesWithWords, pages_with_words
from bank.workflow.search.searching import queries_needed, query_to_mark

router = APIRouter(include_in_schema=False)
PAGES_AROUND = 3
"""Small pages that are shown before the page, and after it."""


@dataclass(frozen=True, slots=True)
class LeafSheet:
    """The text of a page without running heads and page numbers, and what is marked in it.

    `whole_marks` are the same marks as offsets in the text with them.
    """

    text: str
    method: str
    label: str | None
    headings: Sequence[int] = ()
    marks: Sequence[tuple[int, int]] = ()
    whole_marks: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class PagesOfFile:
    """The pages of a file around one: all with their labels, those beside it, those that have the searched words.

    `whole` is False where `hits` have some of the words, as no page has all.
    """

    number: int
    labels: Mapping[int, str | None]
    hits: Sequence[int] = field(default=())
    whole: bool = True

    @property
    def before(self) -> int | None:
        return max((known for known in self.labels if known < self.number), default=None)

    @property
    def after(self) -> int | None:
        return min((known for known in self.labels if known > self.number), default=None)

    @property
    def near(self) -> list[int]:
        """The page and some beside it; more on one side where there are few on the other."""
        numbers = list(self.labels)
        at = bisect_left(numbers, self.number)
        first = max(0, min(at - PAGES_AROUND, len(numbers) - 2 * PAGES_AROUND - 1))
        return numbers[first : first + 2 * PAGES_AROUND + 1]

    @property
    def hit_before(self) -> int | None:
        """The nearest page before this one that has the words."""
        at = bisect_left(self.hits, self.number)
        return self.hits[at - 1] if at else None

    @property
    def hit_after(self) -> int | None:
        """The nearest page after this one that has the words."""
        at = bisect_right(self.hits, self.number)
        return self.hits[at] if at < len(self.hits) else None


@router.get("/entries/{number}/pages/{page}")
def first_file_page(request: Request, number: PathNumber, page: PathNumber) -> Response:
    """A page of the first file."""
    return show_page_text(request, number, 1, page)


@router.get("/entries/{number}/files/{file}/pages/{page}")
def show_page_text(request: Request, number: PathNumber, file: PathNumber, page: PathNumber) -> Response:
    """One page, drawn where it can be, and its text, with the searched words marked, and a link back to the search."""
    bank = site_of(request).bank
    view = public.published_page(bank, number, file, page)
    whole = public.published_entry(bank, number)
    asked = lenient_search_parameters(request).parameters
    zoom = request.query_params.get("zoom", "fit")
    zoom = zoom if zoom in ZOOM_WIDTHS else "fit"
    sought = query_to_mark(bank, asked.q, asked.verbatim) if asked.q else None
    language = whole.card.language
    sheet = leaf_sheet(view, sought, language)
    hits = PagesWithWords()
    if sought:
        needed = queries_needed(bank, asked.q, asked.verbatim)
        hits = pages_with_words(bank, number, file, sought, needed, language)
    pages = PagesOfFile(page, public.page_numbers(bank, number, file), hits.numbers, hits.whole)
    return render(
        request,
        "public/page.html",
        entry=whole,
        card=whole.card,
        page=view,
        leaf=sheet,
        q=asked.q,
        asked=asked.query(),
        handed=repeated_query(asked.query(), len(pages.labels)),
        zoomed=zoomed_queries(asked),
        address=bank.address(f"/entries/{number}/files/{file}/pages/{page}"),
        pages=pages,
        drawn=sheet_of_page(request, bank, view, number, zoom, sheet),
    )


def leaf_sheet(view: PageView, sought: Query | None, language: str) -> LeafSheet:
    """The page's text as it is shown."""
    text, moves = ingest.without_furniture(view.text, view.furniture)
    marks = mark_matches(text, sought, language) if sought else ()
    starts = [start for start, _ in moves]

    def whole(offset: int) -> int:
        start, there = moves[bisect_right(starts, offset) - 1]
        return offset - start + there

    spans = [(whole(first), whole(last - 1) + 1) for first, last in marks]
    left_out = view.furniture if text != view.text else ()
    headings = [line - bisect_left(left_out, line) for line in view.headings if line not in left_out]
    return LeafSheet(text, view.method, view.label, headings, marks, spans)


def sheet_of_page(
    request: Request, bank: Bank, view: PageView, number: int, zoom: str, sheet: LeafSheet
) -> DrawnSheet | None:
    """The drawn page; None where the file has no pages to draw, or its original is held back, lost or away."""
    if view.file.media_type != PDF_TYPE or not view.file.shown:
        return None
    try:
        original = public.published_original(bank, number, view.file.number)
        return drawn_sheet(request, original, view.number, zoom, view.text, sheet.whole_marks)
    except (Busy, NotFound):
        return None


def zoomed_queries(asked: SearchParameters) -> Mapping[str, str]:
    """Zoom -> the query string of this page at it; the words are left out where they are too long to be repeated."""
    pairs = [] if asked.lengthy else asked.pairs()
    chosen = {zoom: [*pairs, *([("zoom", zoom)] if zoom != "fit" else [])] for zoom in ZOOM_WIDTHS}
    return {zoom: f"?{urlencode(some)}" if some else "" for zoom, some in chosen.items()}
