"""What requests that write must have: a token, and If-Match with the version of the entry."""

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
"""What an If-Match that can't be read is taken for: a version that no entry has, so the response is 412."""
_TAG = re.compile(r'"([1-9][0-9]{0,8})"')
OPTIONAL_TOKEN: Mapping[str, object] = {"security": [{}, {"bearer": []}]}
"""OpenAPI security of an operation that answers without a token, and more with one."""


def token_viewer(request: Request, _: Annotated[object, Depends(BEARER_SCHEME)]) -> Viewer:
    """The viewer of the request's token. Raises SignInNeeded without a token."""
    viewer = viewer_of(request)
    if viewer is None:
        raise SignInNeeded
    return viewer


TokenViewer = Annotated[Viewer, Depends(token_viewer)]
"""Parameter type of handlers: the viewer of the token. It is checked before the body is validated."""
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="The ETag of the version that is meant", examples=['"3"'])
]


def if_match_version(tag: str | None) -> int | None:
    """The version that the header If-Match names (RFC 9110, 13.1.1); None without the header and for ``*``."""
    if tag is None or tag.strip() == "*":
        return None
    found = _TAG.fullmatch(tag.strip())
    return int(found[1]) if found else NO_SUCH_VERSION


def if_match_or_present(tag: str | None) -> int:
    """The version that If-Match names; PRESENT_VERSION, which fits any, where it names none."""
    found = if_match_version(tag)
    return PRESENT_VERSION if found is None else found


def set_etag(response: Response, version: int) -> None:
    """Sets the response's ETag to the entry's version."""
    response.headers["etag"] = f'"{version}"'
