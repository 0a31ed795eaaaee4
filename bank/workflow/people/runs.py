"""Which run of which process does something, and whether it has ended: after a crash nobody waits for it."""

import os
from functools import cache
from pathlib import Path

PROCESSES = Path("/proc")
START_FIELD = 19
"""Place of the moment at which a process began, among what follows its name in ``/proc/PID/stat``."""


@cache
def machine_run() -> str:
    """The machine since it was started, and the namespace that numbers its processes; empty where it tells neither."""
    try:
        boot = (PROCESSES / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {(PROCESSES / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def process_start(pid: int) -> str:
    """When the process began, in ticks since the machine was started; empty where there is none."""
    try:
        told = (PROCESSES / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return told.rpartition(")")[2].split()[START_FIELD]


def this_run() -> str:
    """The run of this process, as it is told by `has_ended`."""
    pid = os.getpid()
    return f"{machine_run()} {pid} {process_start(pid)}"


def has_ended(run: str) -> bool | None:
    """Whether a run has ended; None where that can't be told from here: of another machine, or another start of it."""
    machine, _, process = run.rpartition(" ")[0].rpartition(" ")
    if not machine or machine != machine_run() or not process.isdigit():
        return None
    return process_start(int(process)) != run.rpartition(" ")[2]
