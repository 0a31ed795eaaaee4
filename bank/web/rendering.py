"""Renders a template into a response in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import cast
from urllib.parse import quote, urlencode

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bank.settings import Settings
from bank.web.assets import Asset
from bank.web.language import keep_chosen_language, language_of
from bank.web.parameters import LONGEST_LINKED_QUERY
from bank.web.viewer import viewer_of
from bank.web.words import Words
from bank.workflow.bank import Bank

Pairs = Sequence[tuple[str, str]]
"""Parameters of an address as (name, value)."""
VARY_HEADER = "Accept-Language, Cookie"
LONGEST_LINKED_PATH = 2000
"""Characters of a path that a page repeats in links to itself."""
NO_RETURN_PATHS = ("/login", "/invitation/", "/reset/", "/first/")
"""Beginnings of paths to which signing in does not lead back."""


@dataclass(frozen=True, slots=True)
class Site:
    """What every handler needs: the bank, Jinja environments by language, assets by name. Kept in `app.state.site`."""

    bank: Bank
    environments: Mapping[str, Environment]
    assets: Mapping[str, Asset]


def site_of(request: Request) -> Site:
    """The Site of the application that serves this request."""
    return cast(Site, request.app.state.site)


def settings_of(request: Request) -> Settings:
    """The settings of the bank that serves this request."""
    return site_of(request).bank.settings


def words_of(request: Request) -> Words:
    """Words in the reader's language."""
    site = site_of(request)
    settings = site.bank.settings
    return Words(language_of(request, settings), site.bank.vocabulary, settings.zone)


def page_address(request: Request, language: str | None, pairs: Pairs | None = None) -> str:
    """This page's path and query with ``lang`` set to `language`, or left out.

    `pairs` stand in for the parameters that were sent. A query that is too long to be repeated is left out.
    """
    sent = request.query_params.multi_items() if pairs is None else pairs
    chosen = [("lang", language)] if language else []
    query = urlencode([*((name, value) for name, value in sent if name != "lang" and value), *chosen])
    if len(query) > LONGEST_LINKED_QUERY:
        query = urlencode(chosen)
    path = quote(request.scope["path"], safe="/:@!$&'()*+,;=~")
    path = path if len(path) <= LONGEST_LINKED_PATH else "/"
    return f"{path}?{query}" if query else path


def page_addresses(request: Request, language: str, pairs: Pairs | None = None) -> dict[str, object]:
    """Template variables on the page's address: canonical, by language, without language, link for signing in."""
    site = site_of(request)
    spoken = site.bank.settings.interface_languages
    named = language if request.query_params.get("lang") in spoken else None
    return {
        "language": language,
        "canonical": site.bank.address(page_address(request, named, pairs)),
        "alternates": {code: site.bank.address(page_address(request, code, pairs)) for code in spoken},
        "neutral": site.bank.address(page_address(request, None, pairs)),
        "switches": {code: page_address(request, code, pairs) for code in spoken},
        "path": request.scope["path"],
        "entrance": sign_in_link(request, pairs),
    }


def sign_in_link(request: Request, pairs: Pairs | None = None) -> str:
    """Path of the sign-in page that leads back to this page."""
    here = page_address(request, None, pairs)
    path = request.scope["path"]
    return "/login" if path == "/" or path.startswith(NO_RETURN_PATHS) else f"/login?{urlencode({'next': here})}"


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    pairs: Pairs | None = None,
    **values: object,
) -> Response:
    """The page made of a template and `values`, or a 304 where the browser has it already.

    `pairs` are the parameters that the page's links to itself carry, where not those that were sent.
    """
    site = site_of(request)
    language = language_of(request, site.bank.settings)
    page = site.environments[language].get_template(template)
    addresses = page_addresses(request, language, pairs)
    body = page.render(**addresses, viewer=viewer_of(request), **values).encode("utf-8", "replace")
    kept = {"vary": VARY_HEADER, "cache-control": "no-cache", **(headers or {})}
    if status == 200:
        kept["etag"] = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        if kept["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=kept)
    response = HTMLResponse(body, status, kept)
    keep_chosen_language(request, response, site.bank.settings)
    return response
