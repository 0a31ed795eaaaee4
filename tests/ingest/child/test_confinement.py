"""A process that reads a stranger's file can reach nothing else (S09)."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bank.ingest import read_file
from bank.ingest.child.process import extractor_environment, shared_extractor
from tests.ingest.making_pdfs import pdf

PROBE = """
import json, os, socket, subprocess, sys
from bank.ingest.child.confinement import confine_process, install_audit_hook, library_folders, set_limits
from bank.ingest.child.kernel import deny_calls, libc, lock_files
from bank.ingest.limits import Limits
secret, port, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def by_libc_open():
    if libc.open(secret.encode(), 0) < 0:
        raise PermissionError
def by_libc_socket():
    if libc.socket(2, 1, 0) < 0:
        raise PermissionError
def forked():
    child = libc.fork()
    if child < 0:
        raise PermissionError
    if child == 0:
        os._exit(0)
acts = {
    "read": lambda: open(secret).read(),
    "list": lambda: os.listdir(os.path.dirname(secret)),
    "write": lambda: open(secret + ".new", "w"),
    "remove": lambda: os.remove(secret),
    "connect": lambda: socket.create_connection(("127.0.0.1", port), 2),
    "run": lambda: subprocess.run(["true"]),
    "signal": lambda: os.kill(os.getppid(), 0),
    "read below python": by_libc_open,
    "socket below python": by_libc_socket,
    "fork below python": forked,
}
walls = {
    "all": lambda: confine_process(Limits()),
    "none": lambda: None,
    "guard": lambda: install_audit_hook(library_folders()),
    "kernel": lambda: (lock_files(library_folders()), deny_calls()),
}
told = {}
walls[mode]()
for name, act in acts.items():
    try:
        act()
        told[name] = "done"
    except OSError:
        told[name] = "refused"
import decimal
sys.stdout.write(json.dumps(told))
"""
BY_PYTHON = ("read", "list", "write", "remove", "connect", "run", "signal")
BELOW_PYTHON = ("read below python", "socket below python")


def probe(tmp_path: Path, mode: str) -> dict[str, str]:
    """What a process behind these walls can do: reach a secret in a bank's home, and a listening socket."""
    secret = tmp_path / "secret.key"
    secret.write_text("hush")
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", PROBE, str(secret), str(server.getsockname()[1]), mode]
        done = subprocess.run(command, env=extractor_environment(), capture_output=True, text=True, check=True)
    told: dict[str, str] = json.loads(done.stdout)
    return told


def test_without_walls_the_probe_reaches_everything(tmp_path: Path) -> None:
    told = probe(tmp_path, "none")
    assert [told[name] for name in BY_PYTHON] == ["done"] * len(BY_PYTHON)


def test_behind_all_walls_nothing_is_reached_and_late_imports_work(tmp_path: Path) -> None:
    assert {told for name, told in probe(tmp_path, "all").items() if name in BY_PYTHON} == {"refused"}


def test_the_interpreters_own_guard_suffices_against_python(tmp_path: Path) -> None:
    told = probe(tmp_path, "guard")
    assert {told[name] for name in BY_PYTHON if name != "signal"} == {"refused"}


def test_the_kernels_walls_hold_below_python(tmp_path: Path) -> None:
    told = probe(tmp_path, "kernel")
    assert {told[name] for name in (*BELOW_PYTHON, "fork below python", "read", "connect", "run")} == {"refused"}


def test_the_extractor_is_told_nothing_of_the_callers_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANK_SECRET_KEY", "hush")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    shared_extractor().close()
    assert read_file(path, name="a.pdf").outcome == "read"
    told = Path(f"/proc/{shared_extractor().pid}/environ").read_bytes()
    assert b"=" in told
    assert b"hush" not in told
    assert {entry.partition(b"=")[0].decode() for entry in told.split(b"\0") if entry} <= {
        *extractor_environment(),
        "LC_CTYPE",
    }


def test_the_extractor_holds_none_of_the_callers_files_and_sockets(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    shared_extractor().close()
    with socket.create_server(("127.0.0.1", 0)) as server, path.open() as opened:
        os.set_inheritable(server.fileno(), True)
        os.set_inheritable(opened.fileno(), True)
        read_file(path, name="a.pdf")
        held = [str(link.readlink()) for link in Path(f"/proc/{shared_extractor().pid}/fd").iterdir()]
    assert not any(name.startswith("socket:") or name == str(path) for name in held)
    assert len(held) == 3


def test_the_extractor_imports_none_of_the_banks_heavy_libraries() -> None:
    code = "import sys, bank.ingest.child.tasks as t; t.load_readers(); print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], env=extractor_environment(), capture_output=True, text=True, check=True, cwd="/"
    )
    assert not {"sqlalchemy", "fastapi", "pydantic", "numpy", "babel", "whoosh"} & set(done.stdout.split())
