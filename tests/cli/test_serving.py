"""`bank serve` under clients that mean it no good, with as few descriptors as systems give by themselves."""

import os
import re
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlencode, urlsplit

import httpx2
import psutil
import pytest

from bank.web.parameters import FILTER_FACETS
from tests.commands import served
from tests.jobs.test_worker import free_port

DESCRIPTORS = 1024
HALF_HEADS = 1100
DEAF_READERS = 30
MB = 1024 * 1024


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """Without meaning, whose model would be most of the memory."""
    return {**environment, "BANK_SEMANTIC": "off"}


@pytest.fixture
def address(environment: dict[str, str]) -> Iterator[str]:
    """A bank with 1,024 descriptors; the test itself may have all that the system lets it have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = HALF_HEADS + 500
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip("the system does not give the test enough descriptors")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    try:
        with served(environment, free_port(), preexec_fn=few_descriptors) as running:
            yield running
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def few_descriptors() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))


@contextmanager
def connections(address: str, number: int, sent: bytes, receive_buffer: int = 0) -> Iterator[list[socket.socket]]:
    """Connections that have sent this much, and neither send nor read anything more."""
    place = urlsplit(address)
    with ExitStack() as opened:
        made = []
        for _ in range(number):
            client = opened.enter_context(socket.socket())
            client.settimeout(60)
            if receive_buffer:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            client.connect((place.hostname or "", place.port or 0))
            client.sendall(sent)
            made.append(client)
        yield made


def test_half_heads_keep_nobody_out(address: str) -> None:
    with connections(address, HALF_HEADS, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ") as halves:
        for page in ("/healthz", "/", "/healthz", "/cities", "/healthz"):
            assert httpx2.get(f"{address}{page}", timeout=30).status_code == 200
        assert len(halves) == HALF_HEADS
        process = web_process(address)
        assert process.num_fds() < DESCRIPTORS * 3 / 4
    assert httpx2.get(f"{address}/readyz", timeout=30).status_code == 200


def test_readers_that_never_read_hold_little(address: str) -> None:
    """The request of which 30 such readers once held 1.6 GB, and the largest that is answered at all."""
    made_up = urlencode([(facet, f"{number}".ljust(42, "ñ")) for facet in FILTER_FACETS for number in range(50)])
    most = urlencode([("q", "ñ" * 5000), ("kind", "guide"), ("year_to", "2")])
    process = web_process(address)
    for query in (made_up, most):
        assert httpx2.get(f"{address}/cities", timeout=30).status_code == 200
        before, answered = process.memory_info().rss, answers(address)
        head = f"GET /search?{query} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\n\r\n".encode()
        with connections(address, DEAF_READERS, head, receive_buffer=4096):
            assert httpx2.get(f"{address}/healthz", timeout=60).status_code == 200
            ends = time.monotonic() + 60
            while answers(address) < answered + DEAF_READERS:
                assert time.monotonic() < ends
                time.sleep(0.2)
            assert process.memory_info().rss - before < 60 * MB


def answers(address: str) -> int:
    """How many searches and refused addresses the bank has counted."""
    lines = httpx2.get(f"{address}/metrics", timeout=60).text.splitlines()
    told = [line for line in lines if re.match(r'bank_answers_total\{.*route="(/search|none)"', line)]
    return sum(int(float(line.rpartition(" ")[2])) for line in told)


def web_process(address: str) -> psutil.Process:
    """The process that listens at the address."""
    port = urlsplit(address).port
    mine = psutil.Process(os.getpid()).children(recursive=True)
    listening = (one for one in mine if any(each.laddr.port == port for each in one.net_connections("inet")))
    return next(listening)
