"""What programs that crawl may and should read."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bank.errors import NotFound
from bank.web.parameters import Number
from bank.web.rendering import site_of
from bank.workflow.bank import Bank
from bank.workflow.entries import public
from bank.xml_writing import streaming

router = APIRouter(include_in_schema=False)
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PART = 40_000
"""Addresses in one sitemap; 50,000 are allowed (sitemaps.org)."""
DOORS = ("/", "/principles", "/themes", "/cities", "/about")

RULES = """User-agent: *
Disallow: /search?
Disallow: /search.
Disallow: /feed.atom?
Disallow: /api/
Disallow: /login
Disallow: /*/pages/*?q=

Sitemap: {sitemap}
"""
"""Combinations of filters are endless: programs get the sitemap, the feed and the exports instead."""


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    return PlainTextResponse(RULES.format(sitemap=site_of(request).bank.address("/sitemap.xml")))


@router.get("/sitemap.xml")
def sitemap(request: Request) -> Response:
    """The addresses of a small bank, or a list of the parts of a large one."""
    bank = site_of(request).bank
    count = public.stats(bank).entries
    if count <= PART:
        return xml("urlset", "url", [*doors(bank), *entries(bank, 0)])
    parts = range(1, -(-count // PART) + 1)
    return xml("sitemapindex", "sitemap", [(bank.address(f"/sitemap-{part}.xml"), "") for part in parts])


@router.get("/sitemap-{part}.xml")
def sitemap_part(request: Request, part: Number) -> Response:
    """One part of a large bank's sitemap."""
    bank = site_of(request).bank
    found = list(entries(bank, (part - 1) * PART))
    if not found:
        raise NotFound
    return xml("urlset", "url", [*doors(bank), *found] if part == 1 else found)


def doors(bank: Bank) -> Iterator[tuple[str, str]]:
    """Addresses of the ways in, without a date."""
    paths = [*DOORS, *(f"/principles/{term.id}" for term in bank.vocabulary.principles)]
    paths += [f"/themes/{term.id}" for term in bank.vocabulary.themes]
    return ((bank.address(path), "") for path in paths)


def entries(bank: Bank, start: int) -> Iterator[tuple[str, str]]:
    """(address, day of the last change) of the published entries from `start` on, at most one part of them."""
    for number, moment in islice(public.published(bank), start, start + PART):
        yield bank.address(f"/entries/{number}"), moment.date().isoformat()


def xml(root: str, item: str, rows: Iterable[tuple[str, str]]) -> Response:
    """A sitemap or a list of sitemaps."""
    body = BytesIO()
    with streaming(body, root, {"": NAMESPACE}) as written:
        written.rows(item, ("loc", "lastmod"), rows)
    return Response(body.getvalue(), media_type="application/xml")
