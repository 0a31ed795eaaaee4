"""Renders a template into a response in the reader's language."""

from collections.abc import Mapping
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
from bank.web.viewer import viewer_of
from bank.web.words import Words
from bank.workflow.bank import Bank

VARY_HEADER = "Accept-Language, Cookie"
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
    return Words(language_of(request, site.bank.settings), site.bank.vocabulary)


def page_address(request: Request, language: str | None) -> str:
    """This page's path and query with ``lang`` set to `language`, or left out."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang" and value]
    query = urlencode([*kept, ("lang", language)] if language else kept)
    path = quote(request.scope["path"], safe="/:@!$&'()*+,;=~")
    return f"{path}?{query}" if query else path


def page_addresses(request: Request, language: str) -> dict[str, object]:
    """Template variables on the page's address: canonical, by language, without language, link for signing in."""
    site = site_of(request)
    spoken = site.bank.settings.interface_languages
    named = language if request.query_params.get("lang") in spoken else None
    return {
        "language": language,
        "canonical": site.bank.address(page_address(request, named)),
        "alternates": {code: site.bank.address(page_address(request, code)) for code in spoken},
        "neutral": site.bank.address(page_address(request, None)),
        "switches": {code: page_address(request, code) for code in spoken},
        "path": request.scope["path"],
        "entrance": sign_in_link(request),
    }


def sign_in_link(request: Request) -> str:
    """Path of the sign-in page that leads back to this page."""
    here = page_address(request, None)
    path = request.scope["path"]
    return "/login" if path == "/" or path.startswith(NO_RETURN_PATHS) else f"/login?{urlencode({'next': here})}"


def render(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> Response:
    """The page made of a template and `values`, or a 304 where the browser has it already."""
    site = site_of(request)
    language = language_of(request, site.bank.settings)
    page = site.environments[language].get_template(template)
    body = page.render(**page_addresses(request, language), viewer=viewer_of(request), **values).encode(
        "utf-8", "replace"
    )
    kept = {"vary": VARY_HEADER, "cache-control": "no-cache", **(headers or {})}
    if status == 200:
        kept["etag"] = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        if kept["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=kept)
    response = HTMLResponse(body, status, kept)
    keep_chosen_language(request, response, site.bank.settings)
    return response
