"""Pages for browsing by principle, theme and city."""

from collections.abc import Iterable
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import NotFound
from bank.search.request import Filters
from bank.vocabulary import fold_text
from bank.web.parameters import PathNumber
from bank.web.rendering import render, site_of, words_of
from bank.web.words import Words
from bank.workflow.entries import public
from bank.workflow.entries.views import CityView
from bank.workflow.search import searching

router = APIRouter(include_in_schema=False)
NEWEST_LISTED = 20


@router.get("/principles")
def principles_page(request: Request) -> Response:
    """The twenty principles of the Charter by section, with counts of entries."""
    counts = public.public_term_counts(site_of(request).bank, "principle")
    return render(request, "public/principles.html", counts=counts)


@router.get("/principles/{number}")
def principle_page(request: Request, number: PathNumber) -> Response:
    """One principle: what it is about, and its newest entries."""
    bank = site_of(request).bank
    term = bank.vocabulary.get("principle", str(number))
    if term is None:
        raise NotFound
    view = searching.search(bank, "", Filters(principle=(term.id,)), "newest", 1, NEWEST_LISTED)
    return render(request, "public/principle.html", term=term, view=view)


@router.get("/themes")
def themes_page(request: Request) -> Response:
    """The themes with counts of entries, those of the international bank first."""
    counts = public.public_term_counts(site_of(request).bank, "theme")
    return render(request, "public/themes.html", counts=counts)


@router.get("/themes/{id}")
def theme_page(request: Request, id: str) -> Response:
    """One theme and its newest entries."""
    bank = site_of(request).bank
    term = bank.vocabulary.get("theme", id)
    if term is None:
        raise NotFound
    view = searching.search(bank, "", Filters(theme=(term.id,)), "newest", 1, NEWEST_LISTED)
    return render(request, "public/theme.html", term=term, view=view)


@router.get("/cities")
def cities_page(request: Request) -> Response:
    """The cities by country; those without entries stand apart."""
    known, words = public.public_city_views(site_of(request).bank), words_of(request)
    sharing = cities_by_country([city for city in known if city.entries], words)
    silent = cities_by_country([city for city in known if not city.entries], words)
    return render(request, "public/cities.html", sharing=sharing, silent=silent)


def cities_by_country(cities: Iterable[CityView], words: Words) -> list[tuple[str, list[CityView]]]:
    """(country's name, its cities), ordered by name; cities of an unknown country come last, with an empty name."""
    found: dict[str, list[CityView]] = {}
    for city in cities:
        found.setdefault(words.country(city.country), []).append(city)
    return sorted(found.items(), key=lambda pair: (not pair[0], fold_text(pair[0])))


@router.get("/cities/{id}")
def city_page(request: Request, id: str) -> Response:
    """One city: its names, its roles in the network, its newest entries. A merged city redirects to the present one."""
    bank = site_of(request).bank
    present = public.id_of_present_city(bank, id)
    found = public.public_city_view(bank, present)
    if present != id:
        return RedirectResponse(f"/cities/{quote(present, safe='')}", 301)
    view = searching.search(bank, "", Filters(city=(found.id,)), "newest", 1, NEWEST_LISTED)
    return render(request, "public/city.html", city=found, view=view)
