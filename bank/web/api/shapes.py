"""What every answer of the API has in common. What is unknown is null, never left out."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Common to all: made once, never changed."""

    model_config = ConfigDict(frozen=True)


class FaultShape(Shape):
    """A wrong parameter."""

    field: str
    message: str


class ProblemShape(Shape):
    """A failure (RFC 9457). `request_id` finds it in the log."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FaultShape] | None = None
