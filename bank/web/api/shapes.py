"""What every answer of the API has in common. What is unknown is null, never left out."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Common to all: made once, never changed."""

    model_config = ConfigDict(frozen=True)


class FaultShape(Shape):
    """A wrong value: its name, and why in the reader's language."""

    field: str
    message: str


class ProblemShape(Shape):
    """A failure (RFC 9457). `request_id` finds it in the log, `errors` names each wrong value.

    A 412 tells the newer `version` and the values of the `fields` that changed. A 410 tells what is left of an entry:
    `uid`, `identifier`, when it was `published` and `withdrawn`, and the `reason`.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FaultShape] | None = None
    version: int | None = None
    fields: dict[str, object] | None = None
    uid: str | None = None
    identifier: str | None = None
    published: datetime | None = None
    withdrawn: datetime | None = None
    reason: str | None = None
