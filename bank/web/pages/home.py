"""The first page, and what the bank says about itself."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.rendering import render, site_of
from bank.workflow import reading

router = APIRouter(include_in_schema=False)
NEWEST = 6
CITIES = 12


@router.get("/")
def home(request: Request) -> Response:
    """One big search box, what there is, and ways in."""
    bank = site_of(request).bank
    cities = [city for city in reading.cities(bank) if city.entries]
    return render(
        request,
        "home.html",
        stats=reading.stats(bank),
        newest=reading.newest(bank, NEWEST),
        principles=reading.term_counts(bank, "principle"),
        themes=reading.term_counts(bank, "theme"),
        cities=sorted(cities, key=lambda city: -city.entries)[:CITIES],
    )


@router.get("/about")
def about(request: Request) -> Response:
    """What this is, for whom, and what may be done with it."""
    return render(request, "about.html", stats=reading.stats(site_of(request).bank))
