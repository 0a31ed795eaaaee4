"""How the API's failures are described in its OpenAPI."""

from typing import Any

from bank.web.api.shapes import ProblemShape

PROBLEM: dict[str, Any] = {"model": ProblemShape, "content": {"application/problem+json": {}}}
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {**PROBLEM, "description": "There is nothing here"}}
WRONG_VALUE: dict[int | str, dict[str, Any]] = {422: {**PROBLEM, "description": "A parameter can't be used"}}
