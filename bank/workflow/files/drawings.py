"""Pages of PDFs as pictures, drawn when somebody asks for them and kept for a while; the places of their words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import select

from bank import ingest
from bank.catalogue.tables import Entry, File
from bank.errors import Busy, NotFound
from bank.ingest import PagePlaces
from bank.messages import N_
from bank.workflow.bank import Bank

DRAWING_NOT_MADE = N_("This page could not be drawn. Its text, where there is any, is here, and so is the original.")


def drawing_name(digest: str, page: int, width: int) -> str:
    """The name, among the drawn pages, of a page drawn so wide."""
    return f"{digest}-{page}-{width}.webp"


def places_name(digest: str, page: int) -> str:
    """The name, among the drawn pages, of the places of a page's characters."""
    return f"{digest}-{page}-places.json"


def picture_of_page(bank: Bank, digest: str, page: int, width: int) -> bytes:
    """Page `page` (from 1) of the PDF with this digest as WebP; the caller has checked that it may be seen.

    Raises NotFound where it can't be drawn, Busy where too many are being drawn.
    """
    made = partial(draw_original, bank, digest, page, width)
    picture = bank.drawn.recall(drawing_name(digest, page, width), made)
    if not picture:
        raise NotFound(DRAWING_NOT_MADE)
    return picture


def draw_original(bank: Bank, digest: str, page: int, width: int) -> bytes:
    """The page as WebP, drawn anew; empty where it can't be drawn. Raises NotFound, Busy."""
    with original_there(bank, digest):
        return ingest.draw_page(bank.uploads.path(digest), page, width) or b""


@contextmanager
def original_there(bank: Bank, digest: str) -> Iterator[None]:
    """Raises NotFound where the original is gone when the block ends, Busy where it can't be read just now."""
    try:
        yield
        bank.uploads.path(digest).stat()
    except FileNotFoundError:
        raise NotFound from None
    except OSError:
        raise Busy from None


def places_of_page(bank: Bank, digest: str, page: int, patience: float) -> PagePlaces | None:
    """The size of a page and the places of its characters; None where it can't be opened.

    Raises NotFound, Busy also where its turn has not come after `patience` seconds.
    """
    made = partial(find_places, bank, digest, page)
    return ingest.unpack_places(bank.drawn.recall(places_name(digest, page), made, patience))


def find_places(bank: Bank, digest: str, page: int) -> bytes:
    """The places as they are kept; empty where the page can't be opened. Raises NotFound, Busy."""
    with original_there(bank, digest):
        found = ingest.read_places(bank.uploads.path(digest), page)
    return ingest.pack_places(found) if found else b""


def is_kept(bank: Bank, name: str) -> bool:
    """True where no child is needed for what has this name."""
    return bank.drawn.kept(name) is not None


def tidy_drawings(bank: Bank) -> int:
    """Removes the drawings of files that no entry has, or only withdrawn ones, and those over the bound; how many."""
    return bank.drawn.forget(bank.drawn.digests() - drawable_digests(bank)) + bank.drawn.trim()


def drawable_digests(bank: Bank) -> set[str]:
    """The digests of the files of entries that are not withdrawn."""
    with bank.database.reading() as session:
        query = select(File.digest).join(Entry, Entry.id == File.entry_id).where(Entry.status != "withdrawn")
        return set(session.scalars(query.distinct()))
