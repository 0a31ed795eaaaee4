"""Originals: safe headers (S15), one range at most (S17), nothing twice."""

import email.message
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bank.web.originals import WrongRange, content_disposition, requested_range
from tests.web.filling import Filled


def whole(client: TestClient, made: Filled) -> bytes:
    return client.get(f"/entries/{made.bulletin}/files/1").content


def test_a_pdf_opens_in_a_sandbox(client: TestClient, made: Filled) -> None:
    answer = client.get(f"/entries/{made.bulletin}/files/1")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert answer.content.startswith(b"%PDF-")


def test_everything_else_is_a_download_in_a_sandbox(client: TestClient, made: Filled) -> None:
    answer = client.get(f"/entries/{made.catalan}/files/1")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["content-type"].startswith("text/markdown")


def test_the_name_comes_in_both_forms(client: TestClient, made: Filled) -> None:
    value = client.get(f"/entries/{made.bulletin}/files/1").headers["content-disposition"]
    message = email.message.Message()
    message["Content-Disposition"] = value
    assert message.get_filename() is not None
    assert "filename*=UTF-8''bolet%C3%ADn%20%C2%ABhuertos%C2%BB.pdf" in value


@given(st.text(max_size=300))
def test_any_name_gives_one_sound_header_line(name: str) -> None:
    value = content_disposition(name, inline=False)
    assert re.fullmatch(r"attachment; filename=\"[^\"\\/\r\n]+\"; filename\*=UTF-8''[A-Za-z0-9._~%-]+", value)
    assert value.isascii()


def test_one_range_is_answered_with_that_part(client: TestClient, made: Filled) -> None:
    body = whole(client, made)
    address = f"/entries/{made.bulletin}/files/1"
    end = len(body) - 1
    for asked, first, last in (("bytes=0-9", 0, 9), ("bytes=10-", 10, end), ("bytes=-5", end - 4, end)):
        answer = client.get(address, headers={"range": asked})
        assert answer.status_code == 206
        assert answer.content == body[first : last + 1]
        assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(body)}"
        assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_range_outside_the_file_is_refused(client: TestClient, made: Filled) -> None:
    for asked in ("bytes=99999999-", "bytes=-0"):
        answer = client.get(f"/entries/{made.bulletin}/files/1", headers={"range": asked})
        assert answer.status_code == 416
        assert answer.headers["content-range"] == f"bytes */{len(whole(client, made))}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=" + ",".join(f"{number}-" for number in range(1, 20001)),
        "bytes=0-1,3-4",
        "bytes=" + "9" * 5000 + "-",
        "bytes=5-2",
        "bytes=-",
        "lines=1-2",
        "bytes=a-b",
        "bytes=٣-٤",
    ],
    ids=lambda asked: asked[:12],
)
def test_many_ranges_and_nonsense_get_the_whole_file_once(client: TestClient, made: Filled, asked: str) -> None:
    headers = [(b"range", asked.encode("utf-8"))]
    answer = client.get(f"/entries/{made.bulletin}/files/1", headers=headers)
    assert answer.status_code in (200, 416)
    assert len(answer.content) <= len(whole(client, made)) or answer.status_code == 416
    assert "multipart" not in answer.headers["content-type"]


@given(header=st.text(alphabet="bytes=0123456789-, ", max_size=40), size=st.integers(0, 10_000))
def test_a_span_always_lies_within_the_file(header: str, size: int) -> None:
    try:
        found = requested_range(header, size)
    except WrongRange:
        return
    assert found is None or 0 <= found[0] <= found[1] < size


def test_an_old_etag_asks_for_the_whole_file(client: TestClient, made: Filled) -> None:
    address = f"/entries/{made.bulletin}/files/1"
    tag = client.get(address).headers["etag"]
    same = client.get(address, headers={"range": "bytes=0-3", "if-range": tag})
    other = client.get(address, headers={"range": "bytes=0-3", "if-range": '"older"'})
    assert (same.status_code, other.status_code) == (206, 200)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304


def test_head_tells_the_size_and_sends_nothing(client: TestClient, made: Filled) -> None:
    answer = client.head(f"/entries/{made.bulletin}/files/1")
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) == len(whole(client, made))
    assert answer.headers["accept-ranges"] == "bytes"
    part = client.head(f"/entries/{made.bulletin}/files/1", headers={"range": "bytes=0-9"})
    assert part.headers["content-length"] == "10"


def test_a_thumbnail_is_a_picture(client: TestClient, made: Filled) -> None:
    answer = client.get(f"/entries/{made.bulletin}/files/1/thumbnail")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.content[8:12] == b"WEBP"
    again = client.get(f"/entries/{made.bulletin}/files/1/thumbnail", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
