"""Bases of the API's response bodies. Unknown values are null, never left out."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Base of all response bodies: immutable."""

    model_config = ConfigDict(frozen=True)


class FaultShape(Shape):
    """A wrong value: the field's name, its language or part where only that is wrong, and what is wrong."""

    field: str
    part: str | None = None
    message: str


class ProblemShape(Shape):
    """A failure (RFC 9457). `request_id` is its id in the log, `errors` lists each wrong value.

    A 412 has the newer `version` and the values of the `fields` that changed. A 410 has what is left of an entry:
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
