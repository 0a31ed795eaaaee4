"""robots.txt and sitemaps, for crawlers."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bank.clock import day_in_zone
from bank.errors import NotFound
from bank.web.parameters import PathNumber
from bank.web.rendering import site_of
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.xml_writing import stream_xml

router = APIRouter(include_in_schema=False)
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_PART_SIZE = 40_000
"""Addresses in one sitemap; 50,000 are allowed (sitemaps.org)."""
SITEMAP_PATHS = ("/", "/principles", "/themes", "/cities", "/about")

ROBOTS_TXT = """User-agent: *
Disallow: /search?
Disallow: /search.
Disallow: /feed.atom?
Disallow: /api/
Disallow: /login
Disallow: /*/pages/*?q=

Sitemap: {sitemap}
"""
"""Search pages are left out, as there is no end of filter combinations; the sitemap lists all entries."""


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """robots.txt, with the address of the sitemap."""
    return PlainTextResponse(ROBOTS_TXT.format(sitemap=site_of(request).bank.address("/sitemap.xml")))


@router.get("/sitemap.xml")
def sitemap(request: Request) -> Response:
    """The sitemap of a small bank, or the list of the parts of a large one's."""
    bank = site_of(request).bank
    count = public.stats(bank).entries
    if count <= SITEMAP_PART_SIZE:
        return sitemap_xml("urlset", "url", [*sitemap_pages(bank), *sitemap_entries(bank, 0)])
    parts = range(1, -(-count // SITEMAP_PART_SIZE) + 1)
    return sitemap_xml("sitemapindex", "sitemap", [(bank.address(f"/sitemap-{part}.xml"), "") for part in parts])


@router.get("/sitemap-{part}.xml")
def sitemap_part(request: Request, part: PathNumber) -> Response:
    """One part of a large bank's sitemap. Raises NotFound for one without entries."""
    bank = site_of(request).bank
    found = list(sitemap_entries(bank, (part - 1) * SITEMAP_PART_SIZE))
    if not found:
        raise NotFound
    return sitemap_xml("urlset", "url", [*sitemap_pages(bank), *found] if part == 1 else found)


def sitemap_pages(bank: Bank) -> Iterator[tuple[str, str]]:
    """(address, "") of the pages for browsing: first page, principles, themes, cities, about."""
    paths = [*SITEMAP_PATHS, *(f"/principles/{term.id}" for term in bank.vocabulary.principles)]
    paths += [f"/themes/{term.id}" for term in bank.vocabulary.themes]
    return ((bank.address(path), "") for path in paths)


def sitemap_entries(bank: Bank, start: int) -> Iterator[tuple[str, str]]:
    """(address, day of the last change) of the published entries from `start` on, at most one part of them."""
    for number, moment in islice(public.published_changes(bank), start, start + SITEMAP_PART_SIZE):
        yield bank.address(f"/entries/{number}"), day_in_zone(moment, bank.settings.zone).isoformat()


def sitemap_xml(root: str, item: str, rows: Iterable[tuple[str, str]]) -> Response:
    """A sitemap or a list of sitemaps from (address, day or empty) pairs."""
    body = BytesIO()
    with stream_xml(body, root, {"": SITEMAP_NAMESPACE}) as written:
        written.rows(item, ("loc", "lastmod"), rows)
    return Response(body.getvalue(), media_type="application/xml")
