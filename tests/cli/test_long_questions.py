"""A described problem travels in the address, and comes back in the referrer of the next page."""

import socket
import time
from urllib.parse import urlencode, urlsplit

import httpx2

from tests.commands import served
from tests.jobs.test_worker import free_port

LETTERS = 5000


def test_a_question_of_five_thousand_letters_fits_into_an_address(environment: dict[str, str]) -> None:
    with served(environment, free_port()) as address:
        for words in (("niñez, acción y señalización " * 200)[:LETTERS], "ñ" * LETTERS):
            found = httpx2.get(f"{address}/api/v1/search", params={"q": words}).json()
            assert found["query"]["q"] == words.strip()
            path = f"/search?{urlencode({'q': words})}"
            head = f"GET {path} HTTP/1.1\r\nhost: {urlsplit(address).netloc}\r\nreferer: {address}{path}\r\n"
            assert in_pieces(address, f"{head}connection: close\r\n\r\n".encode()).startswith(b"HTTP/1.1 200 ")


def in_pieces(address: str, request: bytes) -> bytes:
    """The first bytes of the answer to a request that comes as networks bring it: not all at once."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as connection:
        connection.sendall(request[: len(request) * 2 // 3])
        time.sleep(0.5)
        connection.sendall(request[len(request) * 2 // 3 :])
        return connection.recv(100)
