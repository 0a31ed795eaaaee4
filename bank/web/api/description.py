"""The description of the API (OpenAPI)."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bank.vocabulary import Vocabulary
from bank.web.api.entries.value_schemas import metadata_schema, values_schema
from bank.web.api.errors import STATUS_DESCRIPTIONS
from bank.web.rendering import site_of

router = APIRouter(prefix="/api/v1", include_in_schema=False)
PROBLEM_CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemShape"}}}
FASTAPI_ERROR_SCHEMAS = ("HTTPValidationError", "ValidationError")
"""Schemas that FastAPI adds for its own 422 body; the bank answers problem+json instead."""
UNSAFE_METHODS = ("post", "patch", "delete")
JsonObject = dict[str, Any]


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """The OpenAPI document: every path with its parameters and bodies."""
    return JSONResponse(api_description(request))


def api_description(request: Request) -> JsonObject:
    """The OpenAPI document of this application, completed once and then cached by FastAPI."""
    schema: JsonObject = request.app.openapi()
    if "x-described" not in schema["info"]:
        complete_description(schema, site_of(request).bank.vocabulary)
    return schema


def complete_description(schema: JsonObject, vocabulary: Vocabulary) -> None:
    """Adds to FastAPI's document the failures, and the fields of entries, which the network's data define."""
    for method, operation in each_operation(schema):
        describe_failures(method, operation)
        if method == "patch":
            require_if_match(operation)
    shapes = schema["components"]["schemas"]
    for name in FASTAPI_ERROR_SCHEMAS:
        shapes.pop(name, None)
    shapes["Values"] = values_schema(vocabulary)
    shapes["Metadata"] = metadata_schema(vocabulary)
    body_content(schema, "/api/v1/entries/{number}", "patch")["schema"] = {"$ref": "#/components/schemas/Values"}
    form = body_content(schema, "/api/v1/entries", "post")
    form["encoding"] = {"metadata": {"contentType": "application/json"}}
    begun = shapes[form["schema"]["$ref"].rpartition("/")[2]]
    begun["properties"]["metadata"] = {"$ref": "#/components/schemas/Metadata"}
    for name, shape in shapes.items():
        if name.startswith("Body_"):
            shape["additionalProperties"] = False
    schema["info"]["x-described"] = True


def each_operation(schema: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    """(method, operation) of every path."""
    for path in schema["paths"].values():
        yield from path.items()


def body_content(schema: JsonObject, path: str, method: str) -> JsonObject:
    """The media type object of an operation's request body, which has one media type."""
    content: JsonObject = schema["paths"][path][method]["requestBody"]["content"]
    return next(iter(content.values()))


def require_if_match(operation: JsonObject) -> None:
    """Marks If-Match as required. The handlers have it optional, so that leaving it out is a 428 and not a 422."""
    for parameter in operation["parameters"]:
        if parameter["name"] == "If-Match":
            parameter["required"] = True


def describe_failures(method: str, operation: JsonObject) -> None:
    """Adds the failures that any operation may answer (400, 401, 503, ...) and drops FastAPI's own 422."""
    answers = operation["responses"]
    told = answers.get("422", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if told.get("$ref", "").endswith(FASTAPI_ERROR_SCHEMAS):
        del answers["422"]
    every = {"400": "The request could not be read", "401": STATUS_DESCRIPTIONS[401], "503": STATUS_DESCRIPTIONS[503]}
    if method in UNSAFE_METHODS:
        every |= {str(status): STATUS_DESCRIPTIONS[status] for status in (403, 413, 429)}
    if method in UNSAFE_METHODS or any(one["in"] == "query" for one in operation.get("parameters", ())):
        every |= {"422": STATUS_DESCRIPTIONS[422]}
    if any(one["in"] == "path" for one in operation.get("parameters", ())):
        every |= {"404": STATUS_DESCRIPTIONS[404]}
    for status, what in every.items():
        answers.setdefault(status, {"description": what, "content": PROBLEM_CONTENT})
    for status, answer in answers.items():
        if status[0] in "45":
            answer["content"] = PROBLEM_CONTENT
