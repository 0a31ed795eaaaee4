"""What every act on an entry is asked with: who asks, of which entry, in which version; and what is told of it."""

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
    """An act on entry `number`; `tag` is its If-Match."""

    bank: Bank
    viewer: Viewer
    number: int
    tag: str | None
    response: Response

    @property
    def version(self) -> int | None:
        """The version that is meant; None where If-Match names none."""
        return if_match_version(self.tag)

    @property
    def version_or_present(self) -> int:
        """The version that is meant; whichever the entry has, where If-Match names none."""
        return if_match_or_present(self.tag)

    def saved(self, saved: SavedVersion) -> SavedShape:
        """What is told of a change, with the new version's ETag."""
        set_etag(self.response, saved.version)
        return SavedShape(id=self.number, version=saved.version, saved=saved.moment, fields=list(saved.fields))

    def moved(self, saved: SavedVersion, status: str) -> MovedShape:
        """What is told of a move, with the new version's ETag."""
        set_etag(self.response, saved.version)
        return MovedShape(id=self.number, status=status, version=saved.version, saved=saved.moment)


def act_request(
    request: Request, response: Response, viewer: TokenViewer, number: PathNumber, tag: IfMatch = None
) -> ActRequest:
    """Raises SignInNeeded."""
    return ActRequest(site_of(request).bank, viewer, number, tag, response)


ActOnEntry = Annotated[ActRequest, Depends(act_request)]
