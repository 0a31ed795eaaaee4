"""Descriptions of the API's failures for OpenAPI."""

from typing import Any

from bank.web.api.shapes import ProblemShape

PROBLEM_RESPONSE: dict[str, Any] = {"model": ProblemShape, "content": {"application/problem+json": {}}}
NOT_FOUND_RESPONSE: dict[int | str, dict[str, Any]] = {
    404: {**PROBLEM_RESPONSE, "description": "There is nothing here"}
}
WRONG_VALUE_RESPONSE: dict[int | str, dict[str, Any]] = {
    422: {**PROBLEM_RESPONSE, "description": "A parameter can't be used"}
}
STATUS_DESCRIPTIONS: dict[int, str] = {
    401: "No token, or one that is not valid",
    403: "The entry is seen, but this may not be done with it; or the request came from another site's page",
    404: "There is nothing here, for the one who asks",
    409: "Not in the state that the entry is in",
    410: "The entry was public and has been withdrawn; uid, moment and reason are told",
    412: "Somebody else saved a newer version: its number, and the fields that changed",
    413: "Larger than may be sent",
    415: "A file of a type that is not taken, or not what its name says",
    416: "That part of the file does not exist",
    422: "A value can't be taken; each is named",
    428: "If-Match is missing",
    429: "Too many requests in a short time; Retry-After says when to try again",
    503: "Too much at once, or the index is being built (Retry-After says when); or the disk can only be read",
    507: "There is no room left, or the disk is full",
}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses (problem+json) for these HTTP statuses."""
    return {status: {**PROBLEM_RESPONSE, "description": STATUS_DESCRIPTIONS[status]} for status in statuses}
