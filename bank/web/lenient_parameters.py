"""A search as a person typed it into the address: what can't be used is left out and told, never an error page."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from starlette.requests import Request

from bank.web.parameters import FILTER_FACETS, LAST_RESULT_PAGE, SearchParameters


@dataclass(frozen=True, slots=True)
class LenientParameters:
    """What can be used of the address; `faults` has what was left out, as it was sent, by parameter."""

    parameters: SearchParameters
    faults: Mapping[str, str]


def lenient_search_parameters(request: Request) -> LenientParameters:
    """The search parameters of an address. A page beyond the last possible one stays beyond the end."""
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
