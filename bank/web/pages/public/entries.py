"""The page of a published entry."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import Busy, Damaged, Gone
from bank.export import EXPORT_FORMATS
from bank.web.entry_fields import labelled_field_texts
from bank.web.pages.public.entry_parts import PAGES_IN_STRIP, entry_parts
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of, words_of
from bank.workflow.bank import Bank
from bank.workflow.deposits.originals import public_pictures
from bank.workflow.entries import public
from bank.workflow.entries.tombstones import find_tombstone
from bank.workflow.entries.views import EntryView, HitView
from bank.workflow.search.similar import find_similar_entries
from bank.workflow.tags.kept_evidence import kept_evidence

router = APIRouter(include_in_schema=False)


@router.get("/entries/{number}")
def show_entry(request: Request, number: PathNumber) -> Response:
    """One published entry with its files, or what is left of one that was withdrawn."""
    bank = site_of(request).bank
    try:
        view = public.published_entry(bank, number)
    except Gone:
        return render(request, "public/withdrawn.html", status=410, left=find_tombstone(bank, number))
    kind, words = bank.vocabulary.kind(view.card.kind), words_of(request)
    texts = tuple(labelled_field_texts(kind, view.fields, words, view.card.language))
    return render(
        request,
        "public/entry.html",
        entry=view,
        card=view.card,
        address=bank.address(f"/entries/{number}"),
        parts=entry_parts(view, texts, words),
        leaves=readable_leaves(bank, view),
        evidence=kept_evidence(bank, view),
        pictures=public_pictures(bank, number),
        formats=list(EXPORT_FORMATS.values()),
        similar=similar_if_ready(bank, number),
    )


def similar_if_ready(bank: Bank, number: int) -> tuple[HitView, ...]:
    """Entries similar to this one; none while the index is being built."""
    try:
        return find_similar_entries(bank, number)
    except (Busy, Damaged):
        return ()


def readable_leaves(bank: Bank, view: EntryView) -> dict[int, tuple[tuple[int, str | None], ...]]:
    """File number -> (page number, label) of its first pages with text; files without any text are left out."""
    numbers = {
        file.number: public.page_numbers(bank, view.card.id, file.number, PAGES_IN_STRIP)
        for file in view.files
        if file.pages
    }
    return {file: tuple(pages.items()) for file, pages in numbers.items() if pages}
