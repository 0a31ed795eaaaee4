"""Downloads that anybody may ask for: few are written at a time, few are held, and what is not taken is let go of."""

import threading
from collections.abc import Iterator

import anyio
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from bank.turns import Turns
from bank.web.app import create_app
from bank.web.pages.public import exports
from tests.web.filling import Filled

SEARCH = "/search.jsonl"


@pytest.fixture
def app(made: Filled) -> FastAPI:
    return create_app(made.bank)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.BoundedSemaphore]:
    """Room for one export that is held."""
    room = threading.BoundedSemaphore(1)
    monkeypatch.setattr(exports, "HELD_EXPORTS", room)
    yield room
    assert room.acquire(blocking=False), "every export was let go of"


def test_an_export_for_which_no_turn_becomes_free_is_told_to_come_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, held: threading.BoundedSemaphore
) -> None:
    turns = Turns(at_once=1, waiting=0, patience=0)
    monkeypatch.setattr(exports, "EXPORT_TURNS", turns)
    with turns.turn():
        refused = client.get(SEARCH)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert client.get("/search").status_code == 200
    assert client.get(SEARCH).status_code == 200
    assert client.head(SEARCH).status_code == 200
    assert client.get("/search.jsonl?kind=none-such").status_code in (200, 422)


def test_room_on_the_disk_is_asked_for_what_is_too_large_for_memory_alone(
    client: TestClient, made: Filled, monkeypatch: pytest.MonkeyPatch, held: threading.BoundedSemaphore
) -> None:
    monkeypatch.setattr(exports, "EXPORT_ENTRY_BYTES", 1 << 50)
    assert client.get(SEARCH).status_code == 507
    monkeypatch.setattr(exports, "EXPORT_BYTES_IN_MEMORY", 1 << 60)
    assert client.get(SEARCH).status_code == 200
    assert client.get(f"/entries/{made.bulletin}.json").status_code == 200


def test_an_export_is_held_until_its_reader_has_it_or_goes(
    app: FastAPI, client: TestClient, held: threading.BoundedSemaphore
) -> None:
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": SEARCH,
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 50_000),
    }

    async def leave_while_it_comes() -> None:
        asked, begun, left = anyio.Event(), anyio.Event(), anyio.Event()

        async def receive() -> Message:
            if not asked.is_set():
                asked.set()
                return {"type": "http.request", "body": b"", "more_body": False}
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            begun.set()
            await anyio.sleep_forever()

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(app, dict(scope), receive, send)
            await begun.wait()
            refused = await anyio.to_thread.run_sync(client.get, SEARCH)
            assert refused.status_code == 503
            left.set()

    anyio.run(leave_while_it_comes)
    assert client.get(SEARCH).status_code == 200
