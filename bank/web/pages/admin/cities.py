"""The cities desk: coordinators confirm, rename and merge cities, and give them other names."""

from collections.abc import Callable
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bank.errors import Fault, Invalid
from bank.web.form.once import OnceRoute
from bank.web.rendering import render, site_of
from bank.web.viewer import viewer_of
from bank.workflow.cities import editing, merging, views

router = APIRouter(include_in_schema=False, route_class=OnceRoute)
CITY_DONE = ("confirmed", "renamed", "added", "dropped", "merged")
"""Values of ``?done=``, for each of which the page shows a sentence."""
LONGEST_SHOWN_CITY = 200
CityFormText = Annotated[str, Form()]


@router.get("/admin/cities")
def cities_desk(request: Request, q: str = "") -> Response:
    """The cities that `q` finds, or all; those to be confirmed first."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    found = views.managed_cities(bank, viewer, q)
    open_ones = [city for city in found if not city.verified]
    known = [city for city in found if city.verified]
    return render(request, "admin/cities.html", open_ones=open_ones, known=known, q=q[:LONGEST_SHOWN_CITY])


@router.get("/admin/cities/{id}")
def city_desk(request: Request, id: str, done: str = "") -> Response:
    """The page of one city, with the forms that confirm, rename and merge it and change its other names."""
    return show_city_desk(request, id, done=done)


@router.post("/admin/cities/{id}/confirm")
def confirm_city(request: Request, id: str) -> Response:
    """Confirms a city that a depositor or a file named."""
    editing.confirm_city(site_of(request).bank, viewer_of(request), id)
    return redirect_to_city(id, "confirmed")


@router.post("/admin/cities/{id}/name")
def change_city_name(
    request: Request,
    id: str,
    name: CityFormText = "",
    why: Annotated[Literal["changed", "misspelt"], Form()] = "changed",
) -> Response:
    """Renames the city, because its name changed or because it was misspelt."""
    bank, viewer = site_of(request).bank, viewer_of(request)

    def act() -> None:
        editing.rename_city(bank, viewer, id, name, misspelt=why == "misspelt")

    return try_city_change(request, id, act, "renamed", "name", {"name": name, "why": why})


@router.post("/admin/cities/{id}/names")
def add_city_alias(request: Request, id: str, alias: CityFormText = "") -> Response:
    """Adds another name by which the city is found."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    return try_city_change(
        request, id, lambda: editing.add_alias(bank, viewer, id, alias), "added", "alias", {"alias": alias}
    )


@router.post("/admin/cities/{id}/names/drop")
def drop_city_alias(request: Request, id: str, alias: CityFormText = "") -> Response:
    """Removes another name of the city."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    return try_city_change(request, id, lambda: editing.drop_alias(bank, viewer, id, alias), "dropped", "alias", {})


@router.get("/admin/cities/{id}/merge")
def foresee_merger(request: Request, id: str, into: str = "", q: str | None = None) -> Response:
    """With `into`, what the merger would do; else the cities to merge into: found by `q`, or with similar names."""
    bank, viewer = site_of(request).bank, viewer_of(request)
    if into:
        return render(request, "admin/merge.html", merger=merging.foresee_merger(bank, viewer, id, into))
    found = views.managed_city(bank, viewer, id)
    others = views.cities_named_like(bank, viewer, id) if q is None else views.managed_cities(bank, viewer, q)
    there = [one for one in others if one.id != id]
    return render(request, "admin/merge_choice.html", city=found, others=there, q=(q or "")[:LONGEST_SHOWN_CITY])


@router.post("/admin/cities/{id}/merge")
def merge(request: Request, id: str, into: CityFormText = "") -> Response:
    """Merges the city into the city `into`, and goes to its page."""
    merging.merge(site_of(request).bank, viewer_of(request), id, into)
    return redirect_to_city(into, "merged")


def redirect_to_city(id: str, done: str) -> Response:
    """A redirect to the city's page, which says what was done."""
    return RedirectResponse(f"/admin/cities/{quote(id, safe='')}?{urlencode({'done': done})}#done", 303)


def try_city_change(
    request: Request, id: str, act: Callable[[], None], done: str, field: str, given: dict[str, str]
) -> Response:
    """Runs `act` and goes back to the city; where it is Invalid, shows the page with the fault and what was typed."""
    try:
        act()
    except Invalid as error:
        shown = {name: value[:LONGEST_SHOWN_CITY] for name, value in given.items()}
        return show_city_desk(request, id, 422, [Fault(field, error.sentence, error.values)], shown)
    return redirect_to_city(id, done)


def show_city_desk(
    request: Request,
    id: str,
    status: int = 200,
    faults: list[Fault] | None = None,
    given: dict[str, str] | None = None,
    done: str = "",
) -> Response:
    """The page of the city as it is now, with what was typed in a refused form (`given`)."""
    found = views.managed_city(site_of(request).bank, viewer_of(request), id)
    return render(
        request,
        "admin/city.html",
        status=status,
        city=found,
        faults=faults or [],
        given={"name": found.name, "why": "changed" if found.verified else "misspelt", "alias": "", **(given or {})},
        done=done if done in CITY_DONE else "",
    )
