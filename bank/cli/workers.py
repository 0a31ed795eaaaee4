"""The worker as a child process of `bank serve`: started, restarted when it dies, ended with it."""

import os
import subprocess
import sys
import threading

WORKER_STOP_SECONDS = 20.0
"""Seconds given to the worker to end after SIGTERM; then it is killed."""
WORKER_RESTART_SECONDS = 2.0
"""Seconds before a worker that ended is started again."""


class WorkerProcess:
    """Keeps one `bank worker` child process running during a with block."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def __enter__(self) -> "WorkerProcess":
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._keeper.join(WORKER_STOP_SECONDS + 5)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            command = [sys.executable, "-m", "bank", "worker", "--parent", str(os.getpid())]
            self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            while self._child.poll() is None and not self._stopping.wait(0.2):
                pass
            self._end()
            self._stopping.wait(WORKER_RESTART_SECONDS)

    def _end(self) -> None:
        child = self._child
        if child is None or child.poll() is not None:
            return
        child.terminate()
        try:
            child.wait(WORKER_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
