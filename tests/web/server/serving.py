"""The server in a thread of the test, and clients that speak HTTP badly."""

import contextlib
import socket
import threading
from collections.abc import Iterator

from starlette.types import ASGIApp

from bank.web.deadlines import Deadlines
from bank.web.server.running import BoundedServer, bounded_server

PATIENCE = 60.0
"""Seconds after which a client that is not answered fails its test."""


@contextlib.contextmanager
def running(app: ASGIApp, deadlines: Deadlines, most: int = 100) -> Iterator[tuple[int, BoundedServer]]:
    """The port on which the server answers, and the server."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = bounded_server(app, "es", most, deadlines)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1], server
        finally:
            server.should_exit = True
            thread.join()


def connected(port: int, sent: bytes = b"", receive_buffer: int = 0) -> socket.socket:
    """A connection that has sent this much."""
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(PATIENCE)
    client.connect(("127.0.0.1", port))
    client.sendall(sent)
    return client


def head(path: str, *lines: str, method: str = "GET") -> bytes:
    """A whole head of a request."""
    return "\r\n".join((f"{method} {path} HTTP/1.1", "host: 127.0.0.1", *lines, "", "")).encode()


def rest(client: socket.socket) -> bytes:
    """Everything until the server closes the connection."""
    told = b""
    with client, contextlib.suppress(ConnectionResetError):
        while piece := client.recv(65_536):
            told += piece
    return told


def answer(client: socket.socket) -> bytes:
    """One answer with a stated length; the connection stays open."""
    told = b""
    while b"\r\n\r\n" not in told:
        told += client.recv(65_536)
    begun, _, body = told.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in begun.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < length:
        body += client.recv(65_536)
    return begun + b"\r\n\r\n" + body
