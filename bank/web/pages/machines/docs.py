"""The API explained on one page, from its own OpenAPI description and nothing from elsewhere."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.api.description import described
from bank.web.rendering import render

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> Response:
    """Every path of the API with its parameters and its answer."""
    schema = described(request)
    return render(request, "machines/docs.html", operations=operations(schema), schemas=schemas(schema))


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations in the order in which they were written."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("description") or operation.get("summary", ""),
            "parameters": [parameter(each) for each in operation.get("parameters", [])],
            "answer": answer(operation),
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def parameter(given: dict[str, Any]) -> dict[str, Any]:
    """A parameter's name, type and what is said about it."""
    return {
        "name": given["name"],
        "required": given.get("required", False),
        "type": type_of(given["schema"]),
        "description": given.get("description", ""),
    }


def answer(operation: dict[str, Any]) -> str:
    """The name of the schema that a good answer has, or empty."""
    content = operation["responses"].get("200", {}).get("content", {})
    return type_of(content.get("application/json", {}).get("schema", {}))


def type_of(schema: dict[str, Any]) -> str:
    """A schema in a word or two: ``integer``, ``Hit``, ``list of string``, ``integer or null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_of(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    inner = schema.get("additionalProperties")
    if isinstance(inner, dict):
        return f"object of {type_of(inner)}"
    return str(schema.get("type", ""))


def schemas(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The shapes that answers are made of: name and (field, type) pairs."""
    found = schema.get("components", {}).get("schemas", {})
    return [
        {"name": name, "fields": [(field, type_of(one)) for field, one in shape.get("properties", {}).items()]}
        for name, shape in found.items()
        if "properties" in shape
    ]
