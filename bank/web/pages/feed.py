"""Any search as an Atom feed (RFC 4287)."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.parameters import Search, SearchParameters
from bank.web.rendering import site_of, words_of
from bank.web.words import Words
from bank.workflow import reading, searching
from bank.workflow.parts import Bank
from bank.workflow.views import EntryCard

router = APIRouter(include_in_schema=False)
ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ENTRIES = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@router.get("/feed.atom")
def feed(request: Request, parameters: Search) -> Response:
    """What was published or changed last among the entries that the search finds."""
    bank, words = site_of(request).bank, words_of(request)
    body = written(bank, words, parameters, latest(bank, parameters))
    headers = {"cache-control": "no-cache", "vary": "Accept-Language, Cookie"}
    return Response(body, headers=headers, media_type="application/atom+xml")


def latest(bank: Bank, parameters: SearchParameters) -> tuple[EntryCard, ...]:
    """The entries of the search that changed last, however far down its own order they stand."""
    moments = dict(reading.published(bank))
    ids = list(moments)
    if parameters.q or parameters.filtered:
        ids = [id for id in searching.matching_ids(bank, parameters.q, parameters.filters, "newest") if id in moments]
    ids.sort(key=lambda id: moments[id], reverse=True)
    return reading.cards(bank, ids[: parameters.size or ENTRIES])


def written(bank: Bank, words: Words, parameters: SearchParameters, cards: tuple[EntryCard, ...]) -> bytes:
    """The feed. Its id holds the search, its entries' ids are permanent: neither changes with the bank's address."""
    query = parameters.query(page=None, size=None, sort=None)
    root = Element("feed", {"xmlns": ATOM, LANG: words.language})
    add(root, "title", " · ".join(part for part in (bank.settings.network_name, parameters.q) if part))
    add(root, "id", bank.identifier(f"feed{query}"))
    add(root, "updated", stamp(max((moment(card) for card in cards), default=NEVER)))
    SubElement(root, "link", rel="self", type="application/atom+xml", href=bank.address(f"/feed.atom{query}"))
    SubElement(root, "link", rel="alternate", type="text/html", href=bank.address(f"/search{query}"))
    author = SubElement(root, "author")
    add(author, "name", bank.settings.network_name)
    for card in cards:
        add_entry(root, bank, words, card)
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")).encode()


def add_entry(root: Element, bank: Bank, words: Words, card: EntryCard) -> None:
    """One entry with its cities as authors and its themes as categories."""
    entry = SubElement(root, "entry")
    language, title = words.best(card.titles, card.language)
    add(entry, "title", title).set(LANG, language)
    add(entry, "id", bank.identifier(card.uid))
    add(entry, "updated", stamp(moment(card)))
    if card.published:
        add(entry, "published", stamp(card.published))
    SubElement(entry, "link", rel="alternate", type="text/html", href=bank.address(f"/entries/{card.id}"))
    for city in card.cities:
        add(SubElement(entry, "author"), "name", city.name)
    for tag in card.themes:
        SubElement(entry, "category", term=tag.term, label=words.label("theme", tag.term))
    language, summary = words.best(card.summaries, card.language)
    if summary:
        add(entry, "summary", summary).set(LANG, language)


def add(parent: Element, name: str, text: str) -> Element:
    """A child element with text, without the characters that XML 1.0 has no place for."""
    child = SubElement(parent, name)
    child.text = "".join(letter for letter in text if letter in "\t\n\r" or allowed(ord(letter)))
    return child


def allowed(code: int) -> bool:
    """True for a character of XML 1.0 (section 2.2) other than tab and line ends."""
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def moment(card: EntryCard) -> datetime:
    return card.updated or card.published or NEVER


def stamp(when: datetime) -> str:
    """A moment as RFC 3339 wants it."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
