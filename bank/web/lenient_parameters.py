"""Lenient reading of search parameters: values that can't be used are left out and named, never an error page."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from starlette.requests import Request

from bank.web.parameters import FILTER_FACETS, LAST_RESULT_PAGE, SearchParameters


@dataclass(frozen=True, slots=True)
class LenientParameters:
    """The search parameters of an address; `faults` maps the name of each refused one to its value as it was sent."""

    parameters: SearchParameters
    faults: Mapping[str, str]


def lenient_search_parameters(request: Request) -> LenientParameters:
    """The search parameters of a request's address. A page number beyond the largest is read as the largest."""
    sent = request.query_params
    values: dict[str, str | list[str]] = {
        name: sent.getlist(name) if name in FILTER_FACETS else sent[name]
        for name in SearchParameters.model_fields
        if name in sent
    }
    try:
        return LenientParameters(SearchParameters.model_validate(values), {})
    except ValidationError as error:
        faults = {str(fault["loc"][0]): sent[str(fault["loc"][0])][:40] for fault in error.errors()}
    kept: dict[str, object] = {name: value for name, value in values.items() if name not in faults}
    if faults.get("page", "").strip("0").isdecimal():
        del faults["page"]
        kept["page"] = LAST_RESULT_PAGE
    return LenientParameters(SearchParameters.model_validate(kept), faults)
