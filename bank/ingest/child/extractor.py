"""The extractor: a process that forks a confined child for each file, relays its messages, and outlives it.

Started as ``python -m bank.ingest.child.extractor``. A request is one line of JSON on standard input; the answer, on
standard output, is a line ``+`` with each line of the child's JSON and a last line ``.`` with how the child ended. It
has one thread, keeps nothing between two files, and ends when its standard input does.
"""

import json
import logging
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bank.ingest.child import tasks
from bank.ingest.child.confinement import confine_process, cut_network, die_with_parent
from bank.ingest.child.pipes import complete_lines, write_all
from bank.ingest.limits import Limits

PIPE_CHUNK_BYTES = 1 << 16
CHILD_GRACE_SECONDS = 5.0
"""How long a child may take to end after it closed its pipe."""


@dataclass(slots=True)
class ChildEnding:
    """How a child ended.

    `why` is ``done``, ``signal``, ``wall`` (over its time), ``output`` (sent too much) or ``gone`` (the caller no
    longer listens).
    """

    why: str
    signal: int = 0
    cpu_seconds: float = 0.0
    memory_kb: int = 0


def main() -> None:
    """Serves requests until standard input ends or the caller is gone."""
    logging.disable(logging.CRITICAL)
    cut_network()
    tasks.load_readers()
    for line in iter(sys.stdin.buffer.readline, b""):
        ending = serve_request(json.loads(line))
        report = {"why": ending.why, "signal": ending.signal, "cpu": ending.cpu_seconds, "kb": ending.memory_kb}
        try:
            write_all(1, b"." + json.dumps(report).encode() + b"\n")
        except BrokenPipeError:
            return


def serve_request(request: dict[str, Any]) -> ChildEnding:
    """Forks a child for the request, relays its messages, kills its process group and returns how it ended."""
    limits = Limits(**request["limits"])
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        run_child(request, limits, writing)
    os.close(writing)
    why = relay_lines(reading, limits)
    os.close(reading)
    if why == "done" and not ends_within(child, CHILD_GRACE_SECONDS):
        why = "wall"
    kill_group(child)
    _, status, usage = os.wait4(child, 0)
    killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    why = "signal" if killed_by and why == "done" else why
    return ChildEnding(why, killed_by, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def ends_within(child: int, seconds: float) -> bool:
    """True when the child, which has closed its pipe, ends by itself in time; it must still be waited for."""
    descriptor = os.pidfd_open(child)
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def kill_group(child: int) -> None:
    """Kills a child that was not waited for yet, and all processes that it may have started."""
    os.kill(child, signal.SIGKILL)
    try:
        os.killpg(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # the child has not become a process group yet, or none of it is left


def relay_lines(reading: int, limits: Limits) -> str:
    """Passes the child's lines on until it closes its pipe, exceeds a limit, or the caller is gone; returns which."""
    deadline = time.monotonic() + limits.wall_seconds
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    poll.register(0, 0)
    why = "done"

    def chunks() -> Iterator[bytes]:
        nonlocal why
        received = 0
        while True:
            events = dict(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))
            if 0 in events or not events:
                why = "gone" if events else "wall"
                return
            data = os.read(reading, PIPE_CHUNK_BYTES)
            received += len(data)
            if received > limits.output_bytes:
                why = "output"
                return
            yield data

    for line in complete_lines(chunks()):
        write_all(1, b"+" + line + b"\n")
    return why


def run_child(request: dict[str, Any], limits: Limits, writing: int) -> None:
    """Confines this process, does the task and ends the process; never returns."""
    code = 1
    try:
        os.setsid()
        die_with_parent()
        with Path(request["path"]).open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        os.dup2(writing, 3)
        os.closerange(4, 1024)
        confine_process(limits)
        try:
            tasks.run_task(request["task"], data, request["options"], limits, send_message)
        except MemoryError:
            send_message({"document": {"reason": "too_big_inside"}})
        code = 0
    finally:
        os._exit(code)


def send_message(message: dict[str, Any]) -> None:
    """Sends one message to the extractor, as a line of JSON."""
    write_all(3, json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")


if __name__ == "__main__":
    main()
