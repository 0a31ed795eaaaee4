"""The documentation of the API on one page, made from its OpenAPI document, without scripts from elsewhere."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bank.web.api.description import api_description
from bank.web.rendering import render

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> Response:
    """Every operation of the API with its parameters and its response."""
    schema = api_description(request)
    return render(
        request, "machines/docs.html", operations=documented_operations(schema), schemas=documented_schemas(schema)
    )


def documented_operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Method, path, summary, parameters and response of the operations, in the document's order."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("description") or operation.get("summary", ""),
            "parameters": [documented_parameter(each) for each in operation.get("parameters", [])],
            "answer": answer_schema_name(operation),
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def documented_parameter(given: dict[str, Any]) -> dict[str, Any]:
    """A parameter's name, type and description, and whether it is required."""
    return {
        "name": given["name"],
        "required": given.get("required", False),
        "type": schema_type_words(given["schema"]),
        "description": given.get("description", ""),
    }


def answer_schema_name(operation: dict[str, Any]) -> str:
    """The name of the schema of the response 200, or empty."""
    content = operation["responses"].get("200", {}).get("content", {})
    return schema_type_words(content.get("application/json", {}).get("schema", {}))


def schema_type_words(schema: dict[str, Any]) -> str:
    """A schema in a word or two: ``integer``, ``Hit``, ``list of string``, ``integer or null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(schema_type_words(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {schema_type_words(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    inner = schema.get("additionalProperties")
    if isinstance(inner, dict):
        return f"object of {schema_type_words(inner)}"
    return str(schema.get("type", ""))


def documented_schemas(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schemas of bodies: name and (field, type) pairs."""
    found = schema.get("components", {}).get("schemas", {})
    return [
        {
            "name": name,
            "fields": [(field, schema_type_words(one)) for field, one in shape.get("properties", {}).items()],
        }
        for name, shape in found.items()
        if "properties" in shape
    ]
