"""What requests that change an entry share: viewer, number and version of the entry, and their responses."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from bank.web.api.deposits.shapes import MovedShape, SavedShape
from bank.web.api.preconditions import IfMatch, TokenViewer, if_match_or_present, if_match_version, set_etag
from bank.web.parameters import PathNumber
from bank.web.rendering import site_of
from bank.workflow.bank import Bank
from bank.workflow.deposits.changing import SavedVersion
from bank.workflow.rights import Viewer


@dataclass(frozen=True, slots=True)
class ActRequest:
    """A request to change entry `number`; `tag` is its If-Match header."""

    bank: Bank
    viewer: Viewer
    number: int
    tag: str | None
    response: Response

    @property
    def version(self) -> int | None:
        """The version that If-Match names; None where it names none."""
        return if_match_version(self.tag)

    @property
    def version_or_present(self) -> int:
        """The version that If-Match names, else whichever version the entry has now."""
        return if_match_or_present(self.tag)

    def saved(self, saved: SavedVersion) -> SavedShape:
        """The response to a change: the new version (also as ETag), when it was saved, which fields changed."""
        set_etag(self.response, saved.version)
        return SavedShape(id=self.number, version=saved.version, saved=saved.moment, fields=list(saved.fields))

    def moved(self, saved: SavedVersion, status: str) -> MovedShape:
        """The response to a move: the entry's new status and version (also as ETag)."""
        set_etag(self.response, saved.version)
        return MovedShape(id=self.number, status=status, version=saved.version, saved=saved.moment)


def act_request(
    request: Request, response: Response, viewer: TokenViewer, number: PathNumber, tag: IfMatch = None
) -> ActRequest:
    """The request as an ActRequest; a FastAPI dependency."""
    return ActRequest(site_of(request).bank, viewer, number, tag, response)


ActOnEntry = Annotated[ActRequest, Depends(act_request)]
