"""Connections that are late, stalled or too many; and those that are only slow."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from bank.web.app import create_app
from bank.web.deadlines import Deadlines
from bank.workflow.bank import Bank
from tests.web.server.serving import answer, connected, head, rest, running

SHORT = Deadlines(head=0.5, body=0.5, reader=0.8)
UNHURRIED = Deadlines(head=2.0, body=2.0, reader=2.0)
"""Shorter than what the slow clients of these tests take in all, longer than what a busy machine holds them up."""
PATIENT = Deadlines()
LARGE = 4_000_000
"""Bytes of a response that no buffer takes whole."""

probing = APIRouter()
gate = threading.Event()


@probing.get("/probe/waiting")
def waiting() -> PlainTextResponse:
    """Is at work until the test lets it go on."""
    gate.wait(60)
    return PlainTextResponse("done")


@probing.post("/probe/body")
@probing.post("/api/v1/entries/probe/body")
async def body(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@probing.get("/probe/large")
def large() -> StreamingResponse:
    return StreamingResponse(b"x" * 100_000 for _ in range(LARGE // 100_000))


@pytest.fixture
def app(bank: Bank) -> FastAPI:
    made = create_app(bank, SHORT)
    made.include_router(probing)
    return made


@pytest.fixture
def unhurried(bank: Bank) -> FastAPI:
    made = create_app(bank, UNHURRIED)
    made.include_router(probing)
    return made


@pytest.fixture
def shut() -> Iterator[None]:
    gate.clear()
    yield
    gate.set()


async def small(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("ok")(scope, receive, send)


def test_a_head_that_is_late_is_answered_408_and_a_silent_connection_is_closed() -> None:
    with running(small, SHORT) as (port, _):
        halves = [connected(port, sent) for sent in (b"G", b"GET / HTTP/1.1\r\nhost: 127", b"\r\n")]
        silent = connected(port)
        told = [rest(half).decode() for half in halves[:2]]
        assert all(one.startswith("HTTP/1.1 408 Request Timeout\r\n") for one in told)
        assert all(one.endswith("\r\n\r\nLa solicitud no llegó completa a tiempo.") for one in told)
        rest(halves[2])
        assert rest(silent) == b""


def test_a_head_that_trickles_is_late_too() -> None:
    with running(small, SHORT) as (port, _), connected(port, b"GET / HTTP/1.1\r\n") as client:
        client.settimeout(0.1)
        told = b""
        for _ in range(200):
            client.sendall(b"x")
            try:
                told = client.recv(1000)
                break
            except TimeoutError:
                continue
        assert told.startswith(b"HTTP/1.1 408 ")


def test_the_deadline_of_heads_holds_for_a_connection_that_is_used_again() -> None:
    with running(small, SHORT) as (port, _), connected(port, head("/")) as client:
        assert answer(client).startswith(b"HTTP/1.1 200 ")
        client.sendall(head("/") + b"GET / HT")
        assert answer(client).startswith(b"HTTP/1.1 200 ")
        assert rest(client)[:13] in (b"HTTP/1.1 408 ", b"")


def test_a_body_that_stalls_is_told_in_the_readers_language(app: FastAPI) -> None:
    begun = ("content-length: 1000", "accept-language: pt", "sec-fetch-site: same-origin")
    with running(app, PATIENT) as (port, _):
        page = rest(connected(port, head("/probe/body", *begun, method="POST") + b"x" * 10)).decode()
        assert page.startswith("HTTP/1.1 408 ")
        assert "O envio parou no meio" in page
        assert '<html lang="pt">' in page
        place = "/api/v1/entries/probe/body"
        told = rest(connected(port, head(place, *begun, "content-type: text/x", method="POST"))).decode()
        assert told.startswith("HTTP/1.1 408 ")
        assert '"code":"body_stalled"' in told
        for one in (page, told):
            assert "connection: close" in one
            assert "x-content-type-options: nosniff" in one


def test_a_body_that_comes_slowly_is_taken_however_long_it_takes(unhurried: FastAPI) -> None:
    begun = ("content-length: 20", "sec-fetch-site: same-origin", "content-type: text/x", "connection: close")
    with running(unhurried, UNHURRIED) as (port, _):
        client = connected(port, head("/probe/body", *begun, method="POST"))
        for _ in range(20):
            client.sendall(b"x")
            time.sleep(0.15)
        assert rest(client).endswith(b"\r\n\r\n20")


def test_a_reader_that_stops_is_cut_and_frees_what_was_made_for_it(app: FastAPI) -> None:
    with running(app, SHORT) as (port, server):
        clients = [connected(port, head("/probe/large"), receive_buffer=8192) for _ in range(5)]
        until(lambda: len(server.server_state.connections) == 5)
        until(lambda: not server.server_state.connections and not server.server_state.tasks)
        assert all(len(rest(client)) < LARGE for client in clients)


def test_a_whole_response_in_the_buffer_is_given_up_as_well() -> None:
    async def whole(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(b"x" * LARGE)(scope, receive, send)

    with running(whole, SHORT) as (port, server), connected(port, head("/"), receive_buffer=8192) as client:
        until(lambda: bool(server.server_state.connections))
        until(lambda: not server.server_state.connections)
        assert len(rest(client)) < LARGE


def test_a_reader_that_is_slow_gets_everything(unhurried: FastAPI) -> None:
    with running(unhurried, UNHURRIED) as (port, _):
        client = connected(port, head("/probe/large", "connection: close"), receive_buffer=65_536)
        taken = 0
        for _ in range(40):
            taken += len(client.recv(40_000))
            time.sleep(0.1)
        assert taken < LARGE
        taken += len(rest(client))
        assert taken > LARGE


def test_half_heads_make_room_for_those_who_ask(app: FastAPI) -> None:
    with running(app, PATIENT, most=10) as (port, server):
        halves = [connected(port, b"GET / HTTP/1.1\r\nx: y") for _ in range(40)]
        until(lambda: len(server.server_state.connections) <= 10)
        for _ in range(5):
            told = rest(connected(port, head("/healthz", "connection: close")))
            assert told.startswith(b"HTTP/1.1 200 ")
        assert len(server.server_state.connections) <= 10
        assert rest(halves[0]) == b"", "the first are the first to go"
        halves[-1].sendall(b"\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")
        assert rest(halves[-1]).startswith(b"HTTP/1.1 200 "), "the last still has its place"
        for half in halves:
            half.close()


@pytest.mark.usefixtures("shut")
def test_where_all_are_at_work_the_next_is_told_so_and_monitoring_is_answered(app: FastAPI) -> None:
    with running(app, PATIENT, most=3) as (port, server):
        at_work = [connected(port, head("/probe/waiting", "connection: close")) for _ in range(3)]
        until(lambda: len(server.server_state.tasks) == 3)
        told = rest(connected(port, head("/cities", "accept-language: es"))).decode()
        assert told.startswith("HTTP/1.1 503 ")
        assert "tiene demasiadas visitas" in told
        assert "retry-after: 5" in told
        assert "connection: close" in told
        assert '"code":"crowded"' in rest(connected(port, head("/api/v1/stats"))).decode()
        assert rest(connected(port, head("/healthz"))).startswith(b"HTTP/1.1 200 ")
        gate.set()
        assert all(rest(one).endswith(b"done") for one in at_work)
        assert rest(connected(port, head("/cities", "connection: close"))).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        (b"GET /" + b"a" * 140_000, b"414 ", "La dirección es demasiado larga"),
        (b"GET / HTTP/1.1\r\nx: " + b"a" * 140_000, b"431 ", "demasiadas cabeceras"),
        (b"nonsense\r\n\r\n", b"400 ", "No se pudo leer la solicitud"),
    ],
)
def test_a_head_that_cannot_be_read_is_told_in_the_banks_language(sent: bytes, status: bytes, sentence: str) -> None:
    with running(small, PATIENT) as (port, _):
        told = rest(connected(port, sent))
        assert told.startswith(b"HTTP/1.1 " + status)
        assert sentence in told.decode()


def test_the_server_stops_though_readers_have_stopped(app: FastAPI) -> None:
    with running(app, SHORT) as (port, server):
        clients = [connected(port, head("/probe/large"), receive_buffer=8192) for _ in range(3)]
        until(lambda: len(server.server_state.connections) == 3)
    for client in clients:
        client.close()


def until(holds: Callable[[], bool]) -> None:
    """Waits for something that a server's thread brings about."""
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)
