"""Any search as an Atom feed (RFC 4287), the entries that changed last first, page by page (RFC 5005, section 3)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.clock import CROCKFORD
from bank.vocabulary.principles import OLD_CHARTER
from bank.web.parameters import Search, SearchParameters
from bank.web.rendering import VARY, site_of, words_of
from bank.web.words import Words
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.entries.views import EntryCard
from bank.workflow.search import searching
from bank.xml_writing import LANG, Node, add, document, node

router = APIRouter(include_in_schema=False)
ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
ENTRIES = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@router.get("/feed.atom")
def feed(request: Request, parameters: Search) -> Response:
    """What was published or changed last among the entries that the search finds; 304 where the reader has it."""
    bank, words = site_of(request).bank, words_of(request)
    size, page = parameters.size or ENTRIES, parameters.page or 1
    ids = list(islice(latest(bank, parameters), (page - 1) * size, page * size + 1))
    body = written(bank, words, parameters, public.cards(bank, ids[:size]), more=len(ids) > size)
    headers = {"cache-control": "no-cache", "vary": VARY, "etag": f'W/"{blake2b(body, digest_size=12).hexdigest()}"'}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=MEDIA_TYPE)


def latest(bank: Bank, parameters: SearchParameters) -> Iterator[int]:
    """The entries of the search, the one that changed last first, however far down the search's own order it stands.

    Who follows a search means what was typed: nothing is put right or left out.
    """
    order = public.changed(bank)
    if not (parameters.q or parameters.filtered):
        return iter(order)
    found = set(searching.matching_ids(bank, parameters.q, parameters.filters, "newest", verbatim=True))
    return (id for id in order if id in found)


def written(bank: Bank, words: Words, parameters: SearchParameters, cards: tuple[EntryCard, ...], more: bool) -> bytes:
    """The feed. Its id stands for the search, its entries' ids for them: none changes with the bank's address."""
    search = parameters.query(page=None, size=None, sort=None)
    root = node("feed", {"": ATOM})
    root.set(LANG, words.language)
    add(root, "title", " · ".join(part for part in (bank.settings.network_name, parameters.q) if part))
    add(root, "id", uuid5(NAMESPACE_URL, bank.identifier(f"feed{search}")).urn)
    add(root, "updated", stamp(max((moment(card) for card in cards), default=NEVER)))
    for relation, page in pages(parameters, more).items():
        address = bank.address(f"/feed.atom{parameters.query(page=page, sort=None)}")
        add(root, "link", attributes={"rel": relation, "type": MEDIA_TYPE, "href": address})
    page_address = bank.address(f"/search{search}")
    add(root, "link", attributes={"rel": "alternate", "type": "text/html", "href": page_address})
    add(add(root, "author"), "name", bank.settings.network_name)
    for card in cards:
        add_entry(root, bank, words, card)
    return document(root)


def pages(parameters: SearchParameters, more: bool) -> dict[str, int | None]:
    """Relation -> page of the feed itself and its neighbours; None for the first, which needs no number."""
    page = parameters.page or 1
    found: dict[str, int | None] = {"self": parameters.page, "first": None}
    if page > 1:
        found["previous"] = page - 1 if page > 2 else None
    if more:
        found["next"] = page + 1
    return found


def add_entry(root: Node, bank: Bank, words: Words, card: EntryCard) -> None:
    """One entry with its cities as authors and its themes and principles as categories."""
    entry = add(root, "entry")
    language, title = words.best(card.titles, card.language)
    add(entry, "title", title, {LANG: language})
    add(entry, "id", permanent(card.uid))
    add(entry, "updated", stamp(moment(card)))
    if card.published:
        add(entry, "published", stamp(card.published))
    address = bank.address(f"/entries/{card.id}")
    add(entry, "link", attributes={"rel": "alternate", "type": "text/html", "href": address})
    for city in card.cities:
        add(add(entry, "author"), "name", city.name)
    for tag in (tag for tag in (*card.themes, *card.principles) if tag.charter != OLD_CHARTER):
        scheme = bank.address(f"/{tag.vocabulary}s")
        add(entry, "category", attributes={"term": tag.term, "scheme": scheme, "label": words.tag(tag)})
    language, summary = words.best(card.summaries, card.language)
    if summary:
        add(entry, "summary", summary, {LANG: language})


def permanent(uid: str) -> str:
    """An entry's ULID as a URN: both are numbers of 128 bits (RFC 9562)."""
    number = 0
    for letter in uid:
        number = number * 32 + CROCKFORD.index(letter)
    return UUID(int=number).urn


def moment(card: EntryCard) -> datetime:
    return card.updated or card.published or NEVER


def stamp(when: datetime) -> str:
    """A moment as RFC 3339 wants it."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
