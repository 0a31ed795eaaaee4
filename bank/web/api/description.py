"""The API's own description (OpenAPI)."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bank.vocabulary import Vocabulary
from bank.web.api.entries.value_schemas import metadata_schema, values_schema
from bank.web.api.errors import WHAT
from bank.web.rendering import site_of

router = APIRouter(prefix="/api/v1", include_in_schema=False)
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemShape"}}}
GENERATED = ("HTTPValidationError", "ValidationError")
"""What FastAPI says of wrong values; the bank answers otherwise."""
UNSAFE = ("post", "patch", "delete")
Json = dict[str, Any]


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """Every path of the API with its parameters and shapes."""
    return JSONResponse(described(request))


def described(request: Request) -> Json:
    """The description, which is made once."""
    schema: Json = request.app.openapi()
    if "x-described" not in schema["info"]:
        describe(schema, site_of(request).bank.vocabulary)
    return schema


def describe(schema: Json, vocabulary: Vocabulary) -> None:
    """Completes FastAPI's description: failures as they are answered, and the fields that a network's data gives."""
    for method, operation in operations(schema):
        tell_failures(method, operation)
        if method == "patch":
            expect_version(operation)
    shapes = schema["components"]["schemas"]
    for name in GENERATED:
        shapes.pop(name, None)
    shapes["Values"] = values_schema(vocabulary)
    shapes["Metadata"] = metadata_schema(vocabulary)
    body_of(schema, "/api/v1/entries/{number}", "patch")["schema"] = {"$ref": "#/components/schemas/Values"}
    form = body_of(schema, "/api/v1/entries", "post")
    form["encoding"] = {"metadata": {"contentType": "application/json"}}
    begun = shapes[form["schema"]["$ref"].rpartition("/")[2]]
    begun["properties"]["metadata"] = {"$ref": "#/components/schemas/Metadata"}
    for name, shape in shapes.items():
        if name.startswith("Body_"):
            shape["additionalProperties"] = False
    schema["info"]["x-described"] = True


def operations(schema: Json) -> Iterator[tuple[str, Json]]:
    for path in schema["paths"].values():
        yield from path.items()


def body_of(schema: Json, path: str, method: str) -> Json:
    """What is said of the one type that a body may have."""
    content: Json = schema["paths"][path][method]["requestBody"]["content"]
    return next(iter(content.values()))


def expect_version(operation: Json) -> None:
    """A change without If-Match is answered 428: it is needed, though the answer is not that of a wrong value."""
    for parameter in operation["parameters"]:
        if parameter["name"] == "If-Match":
            parameter["required"] = True


def tell_failures(method: str, operation: Json) -> None:
    """Failures that any address may answer, and none that it never does."""
    answers = operation["responses"]
    told = answers.get("422", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if told.get("$ref", "").endswith(GENERATED):
        del answers["422"]
    every = {"400": "The request could not be read", "401": WHAT[401], "503": WHAT[503]}
    if method in UNSAFE:
        every |= {"403": WHAT[403], "413": WHAT[413]}
    if method in UNSAFE or any(one["in"] == "query" for one in operation.get("parameters", ())):
        every |= {"422": WHAT[422]}
    if any(one["in"] == "path" for one in operation.get("parameters", ())):
        every |= {"404": WHAT[404]}
    for status, what in every.items():
        answers.setdefault(status, {"description": what, "content": PROBLEM})
    for status, answer in answers.items():
        if status[0] in "45":
            answer["content"] = PROBLEM
