"""An entry, and the text of its pages."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from bank.export import FORMATS
from bank.search.query import parse
from bank.search.snippets import marks
from bank.web.parameters import LONGEST_TEXT, Number, cleaned
from bank.web.rendering import render, site_of
from bank.workflow import reading

router = APIRouter(include_in_schema=False)


@router.get("/entries/{number}")
def entry(request: Request, number: Number) -> Response:
    """One published entry with its files."""
    bank = site_of(request).bank
    view = reading.entry(bank, number)
    kind = bank.vocabulary.get("kind", view.card.kind)
    return render(request, "entry.html", entry=view, card=view.card, kind=kind, formats=list(FORMATS.values()))


@router.get("/entries/{number}/pages/{page}")
def first_file_page(request: Request, number: Number, page: Number, q: Annotated[str, Query()] = "") -> Response:
    """The text of a page of the first file."""
    return page_text(request, number, 1, page, q)


@router.get("/entries/{number}/files/{file}/pages/{page}")
def page_text(request: Request, number: Number, file: Number, page: Number, q: Annotated[str, Query()] = "") -> Response:
    """The text of one page, with what was searched for marked."""
    bank = site_of(request).bank
    view = reading.entry_page(bank, number, file, page)
    whole = reading.entry(bank, number)
    asked = cleaned(q[:LONGEST_TEXT])
    numbers = reading.page_numbers(bank, number, file)
    return render(
        request,
        "page.html",
        entry=whole,
        card=whole.card,
        page=view,
        q=asked,
        labels=numbers,
        before=max((known for known in numbers if known < page), default=None),
        after=min((known for known in numbers if known > page), default=None),
        marks=marks(view.text, parse(asked), (whole.card.language,)) if asked else (),
    )
