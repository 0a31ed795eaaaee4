"""S54: JSON that is too deep, too large, said twice or no number is refused before anybody reads it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from starlette.requests import Request
from starlette.testclient import TestClient

from bank.errors import Invalid
from bank.web.app import create_app
from bank.web.strict_json import LARGEST_JSON_INTEGER, MOST_JSON_LEVELS, read_json
from tests.web.filling import Filled

probing = APIRouter()


class Anything(BaseModel):
    value: Any


@probing.post("/api/v1/echo")
def echo(asked: Anything) -> object:
    return asked.value


@probing.post("/api/v1/raw")
async def raw(request: Request) -> object:
    """What a reader that knows no limits would answer."""
    return {"read": len(await request.body())}


@pytest.fixture
def program(made: Filled) -> Iterator[TestClient]:
    app = create_app(made.bank)
    app.include_router(probing)
    with TestClient(app, base_url="http://127.0.0.1") as ready:
        yield ready


HOSTILE = {
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep but closed": b"[" * 40 + b"]" * 40,
    "said twice": b'{"value": 1, "value": 2}',
    "said twice inside": b'{"value": {"a": 1, "\\u0061": 2}}',
    "huge integer": b'{"value": ' + b"9" * 5000 + b"}",
    "integer of 65 bits": b'{"value": 18446744073709551616}',
    "huge float": b'{"value": 1e999}',
    "NaN": b'{"value": NaN}',
    "infinity": b'{"value": -Infinity}',
    "half a pair": b'{"value": "\\ud800"}',
    "half a pair as a name": b'{"\\udfff": 1, "\\udfff": 2}',
    "no UTF-8": b'{"value": "\xff"}',
    "UTF-16": '{"value": 1}'.encode("utf-16"),
    "a mark of order": b'\xef\xbb\xbf{"value": 1}',
    "open string": b'{"value": "' + b'\\"' * 200_000,
    "blanks": b" " * 10,
    "two values": b"{} {}",
    "nothing that is JSON": b"value=1",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("kind", ["application/json", "Application/Merge-Patch+JSON; charset=x", ""])
def test_hostile_json_is_refused_in_a_sentence(program: TestClient, body: bytes, kind: str) -> None:
    for address in ("/api/v1/echo", "/api/v1/raw", "/api/v1/suggest-tags"):
        answer = program.post(address, content=body, headers={"content-type": kind} if kind else {})
        assert answer.status_code == 422, answer.text
        assert answer.json()["code"] == "invalid"


def test_json_that_is_too_large_is_refused(program: TestClient) -> None:
    body = b'{"value": "' + b"a" * (1024 * 1024) + b'"}'
    assert program.post("/api/v1/echo", content=body, headers={"content-type": "application/json"}).status_code == 413


def test_what_is_sound_comes_through_unchanged(program: TestClient) -> None:
    value = {
        "á": [1, -2.5, None, True, LARGEST_JSON_INTEGER, -LARGEST_JSON_INTEGER, "x\U0001f333\n"],
        "{[": {"[": "]]]" * 40},
    }
    deep: object = "x"
    for _ in range(MOST_JSON_LEVELS - 1):
        deep = [deep]
    for one in (value, deep):
        assert program.post("/api/v1/echo", json={"value": one}).json() == one
    assert program.post("/api/v1/raw", content=b"").json() == {"read": 0}
    assert program.post("/api/v1/raw", content=b"not [ json", headers={"content-type": "text/plain"}).status_code == 200


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_JSON_INTEGER, LARGEST_JSON_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)  # fmt: skip


@given(values)
def test_whatever_a_program_writes_is_read_as_it_was_meant(value: object) -> None:
    for ascii_only in (True, False):
        assert read_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary(max_size=200) | st.text('[]{}",:\\0123456789.eE-+ntfalsu ', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        value = read_json(body)
    except Invalid:
        return
    assert json.loads(body) == value
