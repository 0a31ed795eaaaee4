"""A mail server for tests that keeps what it is handed: real SMTP over a real socket, one thread per connection."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast


@dataclass
class Mail:
    """One message as it was handed in: the envelope's addresses, and the bytes."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)

    @property
    def text(self) -> str:
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class Sink:
    """Where to hand mails in, and what came; `refusing` answers 554 to every message."""

    port: int = 0
    refusing: bool = False
    mails: list[Mail] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?from=banco@red.example"


class Conversation(socketserver.StreamRequestHandler):
    """What one client says (RFC 5321, without extensions)."""

    def handle(self) -> None:
        sink = cast(Sink, self.server.sink)  # type: ignore[attr-defined]
        self.say(b"220 sink")
        sender, recipients = "", []
        while line := self.rfile.readline():
            word, rest = line[:4].upper(), line.strip().decode()
            if word == b"MAIL":
                sender = rest.partition(":")[2].split()[0]
            elif word == b"RCPT":
                recipients.append(rest.partition(":")[2].split()[0])
            elif word == b"DATA":
                self.say(b"354 go on")
                raw = self.data()
                if sink.refusing:
                    # As some servers do: the reason quotes the message.
                    self.say(b"554 refused: " + Mail(sender, recipients, raw).text.replace("\n", " ").encode()[:900])
                    continue
                sink.mails.append(Mail(sender, recipients, raw))
            elif word == b"QUIT":
                self.say(b"221 bye")
                return
            self.say(b"250 fine")

    def data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


@contextmanager
def mail_sink() -> Iterator[Sink]:
    """A running one."""
    sink = Sink()
    with Server(("127.0.0.1", 0), Conversation) as server:
        sink.port = server.server_address[1]
        server.sink = sink  # type: ignore[attr-defined]
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield sink
        server.shutdown()
        running.join()
