"""An entry, and the text of its pages."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import Busy, Gone
from bank.export import FORMATS
from bank.search.query import parse
from bank.search.snippets import mark_all
from bank.web.entry_fields import field_texts
from bank.web.lenient_parameters import mended
from bank.web.parameters import Number
from bank.web.rendering import render, site_of, words_of
from bank.workflow.bank import Bank
from bank.workflow.deposits.bytes import public_pictures
from bank.workflow.entries import public
from bank.workflow.entries.tombstones import tombstone
from bank.workflow.entries.views import EntryView, HitView
from bank.workflow.search.similar import similar

router = APIRouter(include_in_schema=False)


@router.get("/entries/{number}")
def entry(request: Request, number: Number) -> Response:
    """One published entry with its files, or what is left of one that was withdrawn."""
    bank = site_of(request).bank
    try:
        view = public.entry(bank, number)
    except Gone:
        return render(request, "public/withdrawn.html", status=410, left=tombstone(bank, number))
    kind = bank.vocabulary.kind(view.card.kind)
    return render(
        request,
        "public/entry.html",
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
    numbers = {file.number: public.page_numbers(bank, view.card.id, file.number) for file in view.files if file.pages}
    return {file: min(pages) for file, pages in numbers.items() if pages}


@router.get("/entries/{number}/pages/{page}")
def first_file_page(request: Request, number: Number, page: Number) -> Response:
    """The text of a page of the first file."""
    return page_text(request, number, 1, page)


@router.get("/entries/{number}/files/{file}/pages/{page}")
def page_text(request: Request, number: Number, file: Number, page: Number) -> Response:
    """The text of one page, with what was searched for marked, and the way back to the whole search."""
    bank = site_of(request).bank
    view = public.entry_page(bank, number, file, page)
    whole = public.entry(bank, number)
    asked = mended(request).parameters
    numbers = public.page_numbers(bank, number, file)
    return render(
        request,
        "public/page.html",
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
