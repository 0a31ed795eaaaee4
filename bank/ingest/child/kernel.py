"""Two barriers that Linux offers to any process, without privileges: Landlock for files, seccomp for system calls.

Sources: https://docs.kernel.org/userspace-api/landlock.html and
https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Sequence

libc = ctypes.CDLL(None, use_errno=True)

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_READ_FILE, LANDLOCK_READ_DIR = 1 << 2, 1 << 3
LANDLOCK_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Version of Landlock -> all rights on files that it can withhold."""
LANDLOCK_TCP_RIGHTS, LANDLOCK_SCOPES = 0b11, 0b11

DENIED_CALLS = {
    "x86_64": (0xC000003E, {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "socketpair": 53, "clone": 56, "fork": 57, "vfork": 58,
        "execve": 59, "kill": 62, "ptrace": 101, "chroot": 161, "mount": 165, "tkill": 200, "tgkill": 234,
        "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272, "perf_event_open": 298,
        "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "bpf": 321,
        "execveat": 322, "userfaultfd": 323,
    }),
    "aarch64": (0xC00000B7, {
        "mount": 40, "chroot": 51, "unshare": 97, "ptrace": 117, "kill": 129, "tkill": 130, "tgkill": 131,
        "socket": 198, "socketpair": 199, "bind": 200, "accept": 202, "connect": 203, "add_key": 217,
        "request_key": 218, "keyctl": 219, "clone": 220, "execve": 221, "perf_event_open": 241,
        "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "bpf": 280,
        "execveat": 281, "userfaultfd": 282,
    }),
}  # fmt: skip
"""Architecture -> its audit number, and the numbers of the system calls that are denied."""
DENIED_CALLS_EVERYWHERE = {"pidfd_send_signal": 424, "io_uring_setup": 425, "clone3": 435}
"""System calls with the same number on every architecture."""
BPF_LOAD_WORD, BPF_IF_EQUAL, BPF_IF_AT_LEAST, BPF_RETURN = 0x20, 0x15, 0x35, 0x06
SECCOMP_ALLOW, SECCOMP_DENY = 0x7FFF0000, 0x00050000 | errno.EPERM


def lock_files(folders: Sequence[str]) -> bool:
    """Lets this process only read files, only beneath `folders`; False where the kernel can't.

    From Landlock's version 4 on also no TCP, from 6 on no abstract sockets and no signals to others.
    """
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    handled = struct.pack("QQQ", LANDLOCK_FILE_RIGHTS[min(version, 5)], LANDLOCK_TCP_RIGHTS, LANDLOCK_SCOPES)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = libc.syscall(LANDLOCK_CREATE_RULESET, handled, size, 0)
    if rules < 0:
        return False
    for folder in folders:
        descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        libc.syscall(
            LANDLOCK_ADD_RULE, rules, 1, struct.pack("=Qi", LANDLOCK_READ_FILE | LANDLOCK_READ_DIR, descriptor), 0
        )
        os.close(descriptor)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    locked = libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return bool(locked)


def deny_calls() -> bool:
    """Makes the calls of DENIED_CALLS fail with EPERM; False on other architectures and without seccomp."""
    if platform.machine() not in DENIED_CALLS:
        return False
    architecture, calls = DENIED_CALLS[platform.machine()]
    program = seccomp_program(architecture, sorted({**calls, **DENIED_CALLS_EVERYWHERE}.values()))
    held = ctypes.create_string_buffer(program, len(program))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    described = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(held))
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, described, 0, 0) == 0)


def seccomp_program(architecture: int, numbers: Sequence[int]) -> bytes:
    """A BPF program that denies the calls with these numbers, all x32 calls, and those of other architectures."""
    checks = [(BPF_IF_AT_LEAST, 0x40000000), *((BPF_IF_EQUAL, number) for number in numbers)]
    steps = [(BPF_LOAD_WORD, 0, 0, 4), (BPF_IF_EQUAL, 0, len(checks) + 2, architecture), (BPF_LOAD_WORD, 0, 0, 0)]
    steps += [(code, len(checks) - place, 0, value) for place, (code, value) in enumerate(checks)]
    steps += [(BPF_RETURN, 0, 0, SECCOMP_ALLOW), (BPF_RETURN, 0, 0, SECCOMP_DENY)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
