"""What writing asks of a request: a token, and which version of the entry is meant."""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Header
from fastapi.security import HTTPBearer
from starlette.requests import Request
from starlette.responses import Response

from bank.errors import SignInNeeded
from bank.web.viewer import viewer_of
from bank.workflow.deposits.changing import PRESENT_VERSION
from bank.workflow.rights import Viewer

BEARER_SCHEME = HTTPBearer(scheme_name="bearer", description="The token of a person's account page", auto_error=False)
NO_SUCH_VERSION = -1
"""Stands for a version that no entry has."""
_TAG = re.compile(r'"([1-9][0-9]{0,8})"')
OPTIONAL_TOKEN: Mapping[str, object] = {"security": [{}, {"bearer": []}]}
"""What a token shows more of, in the description of an address."""


def token_viewer(request: Request, _: Annotated[object, Depends(BEARER_SCHEME)]) -> Viewer:
    """Who the token stands for. Raises SignInNeeded."""
    viewer = viewer_of(request)
    if viewer is None:
        raise SignInNeeded
    return viewer


TokenViewer = Annotated[Viewer, Depends(token_viewer)]
"""Who asks; it is looked at before the body is."""
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="The ETag of the version that is meant", examples=['"3"'])
]


def if_match_version(tag: str | None) -> int | None:
    """The version that If-Match names (RFC 9110, 13.1.1); None without one or for ``*``, which names none."""
    if tag is None or tag.strip() == "*":
        return None
    found = _TAG.fullmatch(tag.strip())
    return int(found[1]) if found else NO_SUCH_VERSION


def if_match_or_present(tag: str | None) -> int:
    """The version that If-Match names; without one, whichever the entry has."""
    found = if_match_version(tag)
    return PRESENT_VERSION if found is None else found


def set_etag(response: Response, version: int) -> None:
    """Gives the answer its ETag."""
    response.headers["etag"] = f'"{version}"'
