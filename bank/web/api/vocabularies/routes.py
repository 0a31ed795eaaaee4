"""Vocabularies, cities and counts."""

from enum import StrEnum

from fastapi import APIRouter
from starlette.requests import Request

from bank.vocabulary import PrincipleFacts, SdgFacts, Term, ThemeFacts
from bank.web.api.errors import NOT_FOUND_RESPONSE
from bank.web.api.vocabularies.shapes import CitiesShape, CityShape, StatsShape, TermShape, TermsShape
from bank.web.rendering import site_of
from bank.workflow.entries import public
from bank.workflow.entries.views import CityView

router = APIRouter(prefix="/api/v1", tags=["vocabularies"])


# The class's name stands in the API's description: clients made from it rely on it.
class Name(StrEnum):
    """The public vocabularies."""

    principles = "principles"
    themes = "themes"
    sdgs = "sdgs"
    groups = "groups"
    kinds = "kinds"


def term_shape(term: Term[object]) -> TermShape:
    """A term; properties that its vocabulary does not have are None."""
    facts = term.facts
    principle = facts if isinstance(facts, PrincipleFacts) else None
    theme = facts if isinstance(facts, ThemeFacts) else None
    return TermShape(
        id=term.id,
        labels=dict(term.labels),
        number=facts.number if isinstance(facts, PrincipleFacts | SdgFacts) else None,
        section=principle.section if principle else None,
        summaries=dict(principle.summaries) if principle else None,
        iri=facts.iri if isinstance(facts, SdgFacts) else None,
        bank=theme.bank if theme else None,
        maps_to=theme.maps_to if theme else None,
    )


@router.get("/vocabularies/{name}", responses=NOT_FOUND_RESPONSE)
def vocabulary(request: Request, name: Name) -> TermsShape:
    """The terms of one vocabulary, in its order."""
    terms = site_of(request).bank.vocabulary.terms(name.value)
    return TermsShape(terms=[term_shape(term) for term in terms])


def city_shape(city: CityView) -> CityShape:
    return CityShape(
        id=city.id,
        name=city.name,
        country=city.country,
        state=city.state,
        subdivision=city.subdivision,
        inegi=city.inegi,
        latitude=city.latitude,
        longitude=city.longitude,
        aliases=list(city.aliases),
        member=city.member,
        verified=city.verified,
        entries=city.entries,
    )


@router.get("/cities")
def cities(request: Request) -> CitiesShape:
    """Every city that the bank knows, ordered by name."""
    return CitiesShape(cities=[city_shape(city) for city in public.public_city_views(site_of(request).bank)])


@router.get("/stats")
def stats(request: Request) -> StatsShape:
    """Exact counts of what is published, and of what waits for the worker."""
    counts = public.stats(site_of(request).bank)
    return StatsShape(
        entries=counts.entries,
        files=counts.files,
        pages=counts.pages,
        cities=counts.cities,
        pending=dict(counts.pending),
        kinds=dict(counts.by_kind),
    )
