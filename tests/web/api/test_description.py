"""The served description is true: a fuzzer that believes it finds no failure of the server and no way in (S33, S56).

schemathesis makes its requests from the description alone. BANK_ROUNDS says how many for each address (3 without).
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bank.settings import Settings
from bank.workflow.index import documents
from tests.web.writing import Programs, answering, begun, part, programs

ROUNDS = int(os.environ.get("BANK_ROUNDS", "3"))
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "ignored_auth", "use_after_free",
)  # fmt: skip
PHASES = "examples,coverage,fuzzing,stateful"
CONFIGURED = """
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 428]
"""
"""An entry of another state or version is told before its values are looked at."""


@pytest.fixture
def there(people_home: Path, home: Path) -> Iterator[Programs]:
    with programs(people_home, Settings(home=home, throttle="off")) as ready:
        ready.published()
        ready.handed_in()
        begun(ready.editor, files=[part()])
        documents.rebuild_index(ready.bank)
        yield ready


def description(there: Programs) -> dict[str, Any]:
    found: dict[str, Any] = there.visitor.get("/api/v1/openapi.json").json()
    return found


@pytest.mark.parametrize("who", ["visitor", "reader", "editor", "coordinator"])
def test_a_fuzzer_finds_no_failure_and_no_way_in(there: Programs, tmp_path: Path, who: str) -> None:
    """S33, S56."""
    program = getattr(there, who)
    (tmp_path / "schemathesis.toml").write_text(CONFIGURED)
    shown = program.headers.get("authorization")
    phases = ("--phases", PHASES if ROUNDS > 5 else "fuzzing,stateful" if who == "coordinator" else "fuzzing")
    with answering(there.app) as address:
        command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "--no-color"]
        options = ["--config-file", "schemathesis.toml", "run", f"{address}/api/v1/openapi.json", *phases]
        options += ["--checks", ",".join(CHECKS), "-n", str(ROUNDS), "--generation-deterministic", "--no-shrink"]
        options += ["--warnings", "off", *(("-H", f"Authorization: {shown}") if shown else ())]
        ended = subprocess.run(
            [*command, *options], cwd=tmp_path, capture_output=True, text=True, timeout=3600, check=False
        )
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    assert there.visitor.get("/readyz").status_code == 200


def test_every_address_says_how_it_is_written_to(there: Programs) -> None:
    told = description(there)
    assert told["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            writes = method != "get" and not path.endswith("/suggest-tags")
            assert ({"bearer": []} in operation.get("security", [])) or not writes, (method, path)
            assert {"400", "401"} <= set(operation["responses"]), (method, path)
            kinds = {kind for status, one in operation["responses"].items() if status >= "4" for kind in one["content"]}
            assert kinds == {"application/problem+json"}, (method, path)
    patch = told["paths"]["/api/v1/entries/{number}"]["patch"]["responses"]
    assert {"401", "403", "404", "409", "412", "422", "428"} <= set(patch)
    assert {"415", "413", "507"} <= set(told["paths"]["/api/v1/entries"]["post"]["responses"])


def test_the_fields_of_the_kinds_are_described_from_data(there: Programs) -> None:
    shapes = description(there)["components"]["schemas"]
    assert "HTTPValidationError" not in shapes
    values = shapes["Values"]
    assert values["additionalProperties"] is False
    assert {"kind", "title", "methodology", "start_year"} <= set(values["properties"])
    assert {"council_resolution", "status", "id"}.isdisjoint(values["properties"])
    assert "medio-ambiente" in values["properties"]["themes"]["anyOf"][0]["items"]["enum"]


def test_what_needs_a_token_says_so_to_everybody_else(there: Programs) -> None:
    """S24: deny by default."""
    closed = 0
    for path, methods in description(there)["paths"].items():
        for method, operation in methods.items():
            if {"bearer": []} in operation.get("security", []) and {} not in operation["security"]:
                address = path.replace("{number}", "1").replace("{file}", "1").replace("{image}", "1")
                answer = there.visitor.request(method.upper(), address)
                closed += 1
                assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), (method, path)
    assert closed > 5
