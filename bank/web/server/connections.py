"""One connection of the server: uvicorn's HTTP/1.1 protocol with deadlines, in a crowd that is bounded."""

import fcntl
import struct
import sys
import termios
from asyncio import AbstractEventLoop, Transport
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bank.messages import N_, say
from bank.web.deadlines import Deadlines
from bank.web.middleware.addresses import AddressTooLong
from bank.web.middleware.crowding import CROWDED_KEY
from bank.web.server.crowd import Crowd

LATE_HEAD = N_("The request did not arrive whole in time.")
UNREADABLE_HEAD = N_("The request could not be read.")
LONG_HEAD = N_("The request has too many headers, or too long ones.")


class BoundedConnection(H11Protocol):
    """A connection that is cut when its head is late or its reader has stopped, or when there is no room for it.

    `language` is the one of sentences to clients of whom nothing is known yet.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
        *,
        crowd: Crowd,
        deadlines: Deadlines,
        language: str,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.crowd = crowd
        self.deadlines = deadlines
        self.language = language
        self.asked = False
        self.begun = False
        self.head_since = self.moved = self.loop.time()
        self.left = 0

    @property
    def without_request(self) -> bool:
        """True while no request is being answered: its head is waited for."""
        return not self.asked or self.cycle.response_complete

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Takes the connection in; where all places are taken, another has to go, or this one is told so."""
        super().connection_made(transport)
        if len(self.connections) > self.crowd.most:
            given_up = self.crowd.next_to_go(one for one in self.connections if isinstance(one, BoundedConnection))
            if given_up is not None:
                given_up.drop()
            elif len(self.connections) > self.crowd.utmost:
                self.drop()
                return
            else:
                self.app_state = {**self.app_state, CROWDED_KEY: True}
        self.crowd.wait(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.crowd.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.moved = self.loop.time()
        if self.without_request and not self.begun:
            self.begun, self.head_since = True, self.moved
        super().data_received(data)

    def handle_events(self) -> None:
        super().handle_events()
        self.asked = self.scope is not None
        if not self.without_request:
            self.crowd.leave(self)

    def on_response_complete(self) -> None:
        self.begun, self.head_since = False, self.loop.time()
        super().on_response_complete()
        if self.without_request and not self.transport.is_closing():
            self.crowd.wait(self)

    def drop(self) -> None:
        """Closes the connection at once, with what was not sent."""
        self.crowd.leave(self)
        self.connections.discard(self)
        self.transport.abort()

    def unsent(self) -> int:
        """Bytes of responses that the system has not taken yet."""
        return self.transport.get_write_buffer_size()

    def stalled_for(self) -> float:
        """Seconds for which the client has neither sent what is waited for nor taken what is sent."""
        return self.loop.time() - self.moved if self.waits_for_client else 0.0

    @property
    def waits_for_client(self) -> bool:
        """True while it is the client who has to send or to take something; else the bank is at work."""
        if self.unsent() or self.without_request:
            return True
        return self.cycle.more_body and not self.flow.read_paused

    def keep_time(self) -> None:
        """Cuts the connection where a deadline has passed; to be called about every second."""
        now = self.loop.time()
        if self.unsent():
            left = self.unsent() + bytes_in_system(self.transport)
            if left != self.left:
                self.left, self.moved = left, now
            elif now - self.moved > self.deadlines.reader:
                self.drop()
            return
        self.left = 0
        if not self.waits_for_client:
            self.moved = now
        if self.without_request and now - self.head_since > self.deadlines.head and not self.transport.is_closing():
            if self.begun:
                self.answer_and_close(HTTPStatus.REQUEST_TIMEOUT, LATE_HEAD)
            else:
                self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answers a request that can't be read: 414 or 431 where it is too long, else 400."""
        error = sys.exception()
        if getattr(error, "error_status_hint", 400) != HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            self.answer_and_close(HTTPStatus.BAD_REQUEST, UNREADABLE_HEAD)
        elif b"\n" in self.conn.trailing_data[0]:
            self.answer_and_close(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, LONG_HEAD)
        else:
            self.answer_and_close(HTTPStatus.REQUEST_URI_TOO_LONG, AddressTooLong.sentence)

    def answer_and_close(self, status: HTTPStatus, sentence: str) -> None:
        """Sends a sentence as plain text, where a response can still be sent, and closes."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = say(sentence, self.language).encode()
            headers = [
                ("content-type", "text/plain; charset=utf-8"),
                ("content-length", str(len(body))),
                ("connection", "close"),
            ]
            response = h11.Response(status_code=status, headers=headers, reason=status.phrase.encode())
            for event in (response, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        if not self.without_request:
            self.cycle.disconnected = True
        self.transport.close()


def bytes_in_system(transport: Transport) -> int:
    """Bytes that the system has taken and the other end has not confirmed yet; 0 where the system can't tell.

    Source: tcp(7), SIOCOUTQ, which has TIOCOUTQ's number on Linux.
    """
    opened = transport.get_extra_info("socket")
    try:
        told = fcntl.ioctl(opened.fileno(), termios.TIOCOUTQ, struct.pack("i", 0))
    except (OSError, AttributeError):
        return 0
    return int(struct.unpack("i", told)[0])
