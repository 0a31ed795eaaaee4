"""What a confined child can be asked to do with the bytes of a file."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from bank.ingest.child.messages import Speak
from bank.ingest.limits import Limits

Task = Callable[[bytes, Mapping[str, Any], Limits, Speak], None]

TASKS = {
    "pdf": "bank.ingest.formats.pdf:read",
    "markdown": "bank.ingest.formats.markdown:read",
    "docx": "bank.ingest.formats.word:read",
    "thumbnail": "bank.ingest.formats.pdfium:thumbnail",
    "redraw": "bank.ingest.formats.drawing:redraw",
    "picture": "bank.ingest.formats.pdfium:picture",
}


def find(name: str) -> Task:
    """The function that does the task `name`."""
    module, _, function = TASKS[name].partition(":")
    task: Task = getattr(import_module(module), function)
    return task


def load() -> None:
    """Imports every reader once, so that a forked child finds them in memory."""
    for name in TASKS:
        find(name)


def run(name: str, data: bytes, options: Mapping[str, Any], limits: Limits, speak: Speak) -> None:
    """Does the task; what it finds goes to `speak`, message by message."""
    find(name)(data, options, limits, speak)
