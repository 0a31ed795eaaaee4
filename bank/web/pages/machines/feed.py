"""Any search as an Atom feed (RFC 4287), entries that changed last first, in pages (RFC 5005, section 3)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.clock import CROCKFORD_ALPHABET
from bank.vocabulary.principles import OLD_CHARTER_VERSION
from bank.web.parameters import SearchInQuery, SearchParameters
from bank.web.rendering import VARY_HEADER, site_of, words_of
from bank.web.words import Words
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.workflow.entries.views import EntryCard
from bank.workflow.search import searching
from bank.xml_writing import XML_LANG, XmlNode, add_xml_element, new_xml_element, xml_document

router = APIRouter(include_in_schema=False)
ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
ATOM_MEDIA_TYPE = "application/atom+xml"
FEED_PAGE_SIZE = 50
FEED_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@router.get("/feed.atom")
def feed(request: Request, parameters: SearchInQuery) -> Response:
    """The entries that the search finds, last published or changed first; 304 where the feed reader has the page."""
    bank, words = site_of(request).bank, words_of(request)
    size, page = parameters.size or FEED_PAGE_SIZE, parameters.page or 1
    ids = list(islice(latest_entries(bank, parameters), (page - 1) * size, page * size + 1))
    body = feed_xml(bank, words, parameters, public.cards_by_ids(bank, ids[:size]), more=len(ids) > size)
    headers = {
        "cache-control": "no-cache",
        "vary": VARY_HEADER,
        "etag": f'W/"{blake2b(body, digest_size=12).hexdigest()}"',
    }
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=ATOM_MEDIA_TYPE)


def latest_entries(bank: Bank, parameters: SearchParameters) -> Iterator[int]:
    """Numbers of the entries that the search finds, the one that changed last first, whatever the search's order.

    No word is corrected or left out; what means the same is found as on the page, unless the search is verbatim.
    """
    order = public.ids_by_last_change(bank)
    if not (parameters.q or parameters.filtered):
        return iter(order)
    asked = parameters.q, parameters.filters, "newest", parameters.verbatim
    found = set(searching.matching_ids(bank, *asked, uncorrected=True))
    return (id for id in order if id in found)


def feed_xml(bank: Bank, words: Words, parameters: SearchParameters, cards: tuple[EntryCard, ...], more: bool) -> bytes:
    """One page of the feed as XML. The ids of feed and entries do not depend on the bank's address.

    `more`: there is a next page.
    """
    search = parameters.query(page=None, size=None, sort=None)
    root = new_xml_element("feed", {"": ATOM_NAMESPACE})
    root.set(XML_LANG, words.language)
    add_xml_element(root, "title", " · ".join(part for part in (bank.settings.network_name, parameters.q) if part))
    add_xml_element(root, "id", uuid5(NAMESPACE_URL, bank.identifier(f"feed{search}")).urn)
    add_xml_element(root, "updated", rfc3339_moment(max((change_moment(card) for card in cards), default=FEED_EPOCH)))
    for relation, page in feed_page_links(parameters, more).items():
        address = bank.address(f"/feed.atom{parameters.query(page=page, sort=None)}")
        add_xml_element(root, "link", attributes={"rel": relation, "type": ATOM_MEDIA_TYPE, "href": address})
    if not parameters.lengthy:
        page_address = bank.address(f"/search{search}")
        add_xml_element(root, "link", attributes={"rel": "alternate", "type": "text/html", "href": page_address})
    add_xml_element(add_xml_element(root, "author"), "name", bank.settings.network_name)
    for card in cards:
        add_feed_entry(root, bank, words, card)
    return xml_document(root)


def feed_page_links(parameters: SearchParameters, more: bool) -> dict[str, int | None]:
    """Link relation -> page number, of this page and its neighbours; None for the first, which has no number.

    A search that is too long to be repeated has the links that a reader needs to go on.
    """
    page = parameters.page or 1
    found: dict[str, int | None] = {"self": parameters.page}
    if not parameters.lengthy:
        found["first"] = None
    if page > 1 and not parameters.lengthy:
        found["previous"] = page - 1 if page > 2 else None
    if more:
        found["next"] = page + 1
    return found


def add_feed_entry(root: XmlNode, bank: Bank, words: Words, card: EntryCard) -> None:
    """Adds an entry to the feed, with its cities as authors and its themes and principles as categories."""
    entry = add_xml_element(root, "entry")
    language, title = words.best(card.titles, card.language)
    add_xml_element(entry, "title", title, {XML_LANG: language})
    add_xml_element(entry, "id", entry_urn(card.uid))
    add_xml_element(entry, "updated", rfc3339_moment(change_moment(card)))
    if card.published:
        add_xml_element(entry, "published", rfc3339_moment(card.published))
    address = bank.address(f"/entries/{card.id}")
    add_xml_element(entry, "link", attributes={"rel": "alternate", "type": "text/html", "href": address})
    for city in card.cities:
        add_xml_element(add_xml_element(entry, "author"), "name", city.name)
    for tag in (tag for tag in (*card.themes, *card.principles) if tag.charter != OLD_CHARTER_VERSION):
        scheme = bank.address(f"/{tag.vocabulary}s")
        add_xml_element(entry, "category", attributes={"term": tag.term, "scheme": scheme, "label": words.tag(tag)})
    language, summary = words.best(card.summaries, card.language)
    if summary:
        add_xml_element(entry, "summary", summary, {XML_LANG: language})


def entry_urn(uid: str) -> str:
    """An entry's ULID as a ``urn:uuid:``: both are numbers of 128 bits (RFC 9562)."""
    number = 0
    for letter in uid:
        number = number * 32 + CROCKFORD_ALPHABET.index(letter)
    return UUID(int=number).urn


def change_moment(card: EntryCard) -> datetime:
    """When an entry was changed last, else when it was published."""
    return card.updated or card.published or FEED_EPOCH


def rfc3339_moment(when: datetime) -> str:
    """A moment in UTC as in RFC 3339, to the second; a moment without time zone is taken for UTC."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
