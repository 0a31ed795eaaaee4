"""The `bank` command as a process of its own, as a person or a service starts it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx2

COMMAND = (sys.executable, "-m", "bank")
PATIENCE = 240
"""Seconds after which a command that hangs fails its test."""


def bank(
    environment: Mapping[str, str], *arguments: str, fine: tuple[int, ...] = (0,)
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end; any exit code but those in `fine` fails the test with what it printed."""
    ended = subprocess.run(
        [*COMMAND, *arguments], env=dict(environment), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ended.returncode in fine, (ended.returncode, ended.stdout[-3000:], ended.stderr[-3000:])
    assert "Traceback" not in ended.stderr, ended.stderr[-3000:]
    return ended


def objects(printed: str) -> list[dict[str, Any]]:
    """The JSON objects of complete lines."""
    return [json.loads(line) for line in printed.splitlines(keepends=True) if line.endswith("\n")]


def start(environment: Mapping[str, str], *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Starts a command in a process group of its own."""
    return subprocess.Popen([*COMMAND, *arguments], env=dict(environment), start_new_session=True, **options)


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of the command and of all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


@contextmanager
def served(
    environment: Mapping[str, str], port: int, *options: str, ready: str = "/readyz", **more: Any
) -> Iterator[str]:
    """`bank serve` on a port of the loopback, once `ready` answers 200; ended by SIGTERM. Yields its address.

    `more` goes to subprocess.Popen.
    """
    process = start(environment, "serve", "--port", str(port), *options, **more)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(address + ready):
            assert process.poll() is None, "bank serve ended at once"
            assert time.monotonic() < deadline, "bank serve did not answer"
            time.sleep(0.1)
        yield address
        process.terminate()
        assert process.wait(60) in (0, -signal.SIGTERM)
    finally:
        kill(process)


def _answers(address: str) -> bool:
    try:
        return httpx2.get(address).status_code == 200
    except httpx2.TransportError:
        return False
