"""Forms with files as programs send them: no field beside those that are named."""

from collections.abc import Awaitable, Callable
from typing import Literal

from starlette.requests import Request

from bank.errors import Fault, Faulty, Invalid, WrongType
from bank.messages import N_
from bank.web.api.preconditions import Signed
from bank.web.strict_json import read_json

Switch = Literal["true", "false"]
NO_FORM = N_("Send this as multipart/form-data.")
NO_OBJECT = N_("The metadata is to be one JSON object.")
NO_FIELD = N_("There is no such field here.")
ONCE = N_("This field may be given once.")


def expect_only(*names: str, many: str = "file") -> Callable[[Request, Signed], Awaitable[None]]:
    """A dependency that raises WrongType for what is no form with files, Faulty for a field that is not named.

    Also for one that is given twice, unless it is `many`.
    """

    async def look(request: Request, _: Signed) -> None:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
            raise WrongType(NO_FORM)
        given = [name for name, _ in (await request.form()).multi_items()]
        twice = {name for name in given if given.count(name) > 1} - {many}
        wrong = [
            Fault(name[:60], NO_FIELD if name not in names else ONCE)
            for name in dict.fromkeys(given)
            if name not in names or name in twice
        ]
        if wrong:
            raise Faulty(wrong)

    return look


def metadata_of(text: str) -> dict[str, object]:
    """The document that a form's field holds. Raises Invalid."""
    value = read_json(text.encode("utf-8", "surrogatepass"))
    if not isinstance(value, dict):
        raise Invalid(NO_OBJECT)
    return value
