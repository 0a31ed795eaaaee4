"""An entry, and the text of its pages."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import Busy, Gone
from bank.export import FORMATS
from bank.search.query import parse
from bank.search.snippets import mark_all
from bank.web.fields import field_texts
from bank.web.mending import mended
from bank.web.parameters import Number
from bank.web.rendering import render, site_of, words_of
from bank.workflow import reading
from bank.workflow.deposits.looking import public_pictures
from bank.workflow.parts import Bank
from bank.workflow.similar import similar
from bank.workflow.views import EntryView, HitView
from bank.workflow.withdrawn import tombstone

router = APIRouter(include_in_schema=False)


@router.get("/entries/{number}")
def entry(request: Request, number: Number) -> Response:
    """One published entry with its files, or what is left of one that was withdrawn."""
    bank = site_of(request).bank
    try:
        view = reading.entry(bank, number)
    except Gone:
        return render(request, "withdrawn.html", status=410, left=tombstone(bank, number))
    kind = bank.vocabulary.kind(view.card.kind)
    return render(
        request,
        "entry.html",
        entry=view,
        card=view.card,
        address=bank.address(f"/entries/{number}"),
        texts=list(field_texts(kind, view.fields, words_of(request), view.card.language)),
        readable=first_pages(bank, view),
        pictures=public_pictures(bank, number),
        formats=list(FORMATS.values()),
        similar=alike(bank, number),
    )


def alike(bank: Bank, number: int) -> tuple[HitView, ...]:
    """Entries like this one; none while the index that would find them is being made."""
    try:
        return similar(bank, number)
    except Busy:
        return ()


def first_pages(bank: Bank, view: EntryView) -> dict[int, int]:
    """File number -> its first page whose text there is; files without any text are left out."""
    numbers = {file.number: reading.page_numbers(bank, view.card.id, file.number) for file in view.files if file.pages}
    return {file: min(pages) for file, pages in numbers.items() if pages}


@router.get("/entries/{number}/pages/{page}")
def first_file_page(request: Request, number: Number, page: Number) -> Response:
    """The text of a page of the first file."""
    return page_text(request, number, 1, page)


@router.get("/entries/{number}/files/{file}/pages/{page}")
def page_text(request: Request, number: Number, file: Number, page: Number) -> Response:
    """The text of one page, with what was searched for marked, and the way back to the whole search."""
    bank = site_of(request).bank
    view = reading.entry_page(bank, number, file, page)
    whole = reading.entry(bank, number)
    asked = mended(request).parameters
    numbers = reading.page_numbers(bank, number, file)
    return render(
        request,
        "page.html",
        entry=whole,
        card=whole.card,
        page=view,
        q=asked.q,
        asked=asked.query(),
        address=bank.address(f"/entries/{number}/files/{file}/pages/{page}"),
        labels=numbers,
        before=max((known for known in numbers if known < page), default=None),
        after=min((known for known in numbers if known > page), default=None),
        marks=mark_all(view.text, parse(asked.q), whole.card.language) if asked.q else (),
    )
