"""The bank's HTTP server: uvicorn with bounded connections that are looked after."""

import asyncio
import socket
from contextlib import suppress
from functools import partial

import uvicorn
from starlette.types import ASGIApp

from bank.web.deadlines import Deadlines
from bank.web.server.connections import BoundedConnection
from bank.web.server.crowd import Crowd

LARGEST_REQUEST_HEAD = 128 * 1024
"""Bytes of a request line and its headers: a query of 5,000 characters may stand in the URL and again in Referer."""
GRACEFUL_SECONDS = 25
"""Seconds that requests at work have to end when the bank is stopped."""
ACCEPTED_AT_ONCE = 16
"""Connections that are accepted before the first of them is looked at: they count against no bound yet."""
QUEUE_LENGTH = 1024
"""Connections that the system keeps waiting to be accepted."""
SEND_BUFFER = 256 * 1024
"""Bytes of a response that the system keeps for a slow reader; without a bound it takes megabytes."""


class BoundedServer(uvicorn.Server):
    """A server that looks after the deadlines of its connections, also while it is being stopped."""

    def __init__(self, config: uvicorn.Config, deadlines: Deadlines) -> None:
        super().__init__(config)
        self.look_every = min(1.0, min(deadlines.head, deadlines.body, deadlines.reader) / 4)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        for one in sockets or ():
            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(QUEUE_LENGTH)
        self.looking = asyncio.create_task(self.look_after_connections())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().shutdown(sockets)
        finally:
            self.looking.cancel()
            with suppress(asyncio.CancelledError):
                await self.looking

    async def look_after_connections(self) -> None:
        """Has every connection look at its deadlines, about every second."""
        while True:
            await asyncio.sleep(self.look_every)
            for one in list(self.server_state.connections):
                if isinstance(one, BoundedConnection):
                    one.keep_time()


def bounded_server(app: ASGIApp, language: str, most: int, deadlines: Deadlines) -> BoundedServer:
    """A server with at most `most` connections, whose sentences to unknown clients are in `language`."""
    protocol = partial(BoundedConnection, crowd=Crowd(most), deadlines=deadlines, language=language)
    config = uvicorn.Config(
        app,
        http=protocol,  # type: ignore[arg-type]
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        h11_max_incomplete_event_size=LARGEST_REQUEST_HEAD,
        backlog=ACCEPTED_AT_ONCE,
        lifespan="off",
    )
    return BoundedServer(config, deadlines)
