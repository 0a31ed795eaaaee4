"""Strict reading of multipart forms that programs send: unknown and repeated fields are refused."""

from collections.abc import Awaitable, Callable
from typing import Literal

from starlette.requests import Request

from bank.errors import Fault, Invalid, InvalidFields, WrongType
from bank.messages import N_
from bank.web.api.preconditions import TokenViewer
from bank.web.strict_json import read_json

TrueOrFalse = Literal["true", "false"]
NOT_MULTIPART = N_("Send this as multipart/form-data.")
METADATA_NOT_OBJECT = N_("The metadata is to be one JSON object.")
UNKNOWN_FORM_FIELD = N_("There is no such field here.")
FORM_FIELD_REPEATED = N_("This field may be given once.")


def expect_form_fields(*names: str, many: str = "file") -> Callable[[Request, TokenViewer], Awaitable[None]]:
    """A FastAPI dependency that raises WrongType for a body that is no multipart form.

    It raises InvalidFields for a field that is not among `names`, or that is given twice, unless it is `many`.
    """

    async def look(request: Request, _: TokenViewer) -> None:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
            raise WrongType(NOT_MULTIPART)
        given = [name for name, _ in (await request.form()).multi_items()]
        twice = {name for name in given if given.count(name) > 1} - {many}
        wrong = [
            Fault(name[:60], UNKNOWN_FORM_FIELD if name not in names else FORM_FIELD_REPEATED)
            for name in dict.fromkeys(given)
            if name not in names or name in twice
        ]
        if wrong:
            raise InvalidFields(wrong)

    return look


def parse_metadata(text: str) -> dict[str, object]:
    """The JSON object in the form field `metadata`. Raises Invalid for anything else."""
    value = read_json(text.encode("utf-8", "surrogatepass"))
    if not isinstance(value, dict):
        raise Invalid(METADATA_NOT_OBJECT)
    return value
