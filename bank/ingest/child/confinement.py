"""What a process gives up before it reads an untrusted file.

Each barrier works alone: resource limits, an audit hook in the interpreter, an empty network namespace, Landlock,
seccomp. Those the kernel does not offer are skipped; limits and audit hook are always there.
"""

import os
import resource
import signal
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bank.ingest.child.kernel import deny_calls, libc, lock_files
from bank.ingest.limits import Limits

CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
FORBIDDEN_EVENTS = (
    "socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "os.kill", "pty.",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate",
    "ctypes.dlopen", "shutil.", "tempfile.", "ftplib.", "http.client", "smtplib.", "urllib.", "webbrowser.",
)  # fmt: skip
"""Beginnings of the names of Python's audit events that are forbidden."""
WRITING_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def cut_network() -> bool:
    """Moves this process into a network namespace without connections; False where the kernel does not allow it."""
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def die_with_parent() -> None:
    """Asks the kernel to kill this process when its (single-threaded) parent ends."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def set_limits(limits: Limits) -> None:
    """Limits address space, processor time, file size, open files and core dumps of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def library_folders() -> tuple[str, ...]:
    """The folders from which Python may still import: its libraries, and `bank` itself without the folder around it."""
    named = [Path(sysconfig.get_path(part)) for part in ("stdlib", "platstdlib", "purelib", "platlib")]
    own = Path(__file__).resolve().parents[2]
    return tuple(sorted({str(folder.resolve()) for folder in [*named, own] if folder.is_dir()}))


def confine_process(limits: Limits) -> None:
    """Sets up all barriers around this process but the network's; none of them can be removed again."""
    folders = library_folders()
    lock_files(folders)
    set_limits(limits)
    install_audit_hook(folders)
    deny_calls()


def install_audit_hook(folders: Sequence[str]) -> None:
    """Forbids what reading does not need: sockets, programs, writing, files outside `folders`."""
    inside = tuple(folder.rstrip(os.sep) + os.sep for folder in folders)

    def allowed(path: Any) -> bool:
        return isinstance(path, int) or (os.path.realpath(os.fsdecode(path or ".")) + os.sep).startswith(inside)

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING_FLAGS:
            raise PermissionError("a reader of files may not write")
        if event in ("open", "os.listdir", "os.scandir") and not allowed(arguments[0]):
            raise PermissionError("a reader of files may not open others")
        if event.startswith(FORBIDDEN_EVENTS):
            raise PermissionError(f"a reader of files may not do this: {event}")

    sys.addaudithook(check)
