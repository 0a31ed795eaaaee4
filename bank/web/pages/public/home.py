"""The first page, and the page about the bank."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.rendering import render, site_of
from bank.workflow.entries import public

router = APIRouter(include_in_schema=False)
NEWEST_SHOWN = 6
CITIES_SHOWN = 12


@router.get("/")
def home_page(request: Request) -> Response:
    """The search box, counts, the newest entries, and links to principles, themes and cities."""
    bank = site_of(request).bank
    cities = [city for city in public.public_city_views(bank) if city.entries]
    return render(
        request,
        "public/home.html",
        stats=public.stats(bank),
        newest=public.newest_cards(bank, NEWEST_SHOWN),
        principles=public.public_term_counts(bank, "principle"),
        themes=public.public_term_counts(bank, "theme"),
        cities=sorted(cities, key=lambda city: -city.entries)[:CITIES_SHOWN],
    )


@router.get("/about")
def about_page(request: Request) -> Response:
    """What the bank is, whom it is for, and how its contents may be used."""
    return render(request, "public/about.html", stats=public.stats(site_of(request).bank))
