"""The tasks that a confined child can do with the bytes of a file."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from bank.ingest.child.messages import SendMessage
from bank.ingest.limits import Limits

Task = Callable[[bytes, Mapping[str, Any], Limits, SendMessage], None]

TASKS = {
    "pdf": "bank.ingest.formats.pdf:read_pdf",
    "markdown": "bank.ingest.formats.markdown:read_markdown",
    "docx": "bank.ingest.formats.word:read_docx",
    "thumbnail": "bank.ingest.formats.pdfium:send_thumbnail",
    "redraw": "bank.ingest.formats.drawing:draw_picture",
    "picture": "bank.ingest.formats.pdfium:send_page_picture",
    "page": "bank.ingest.formats.pdfium.drawn:send_drawn_page",
    "places": "bank.ingest.formats.pdfium.drawn:send_page_places",
}
"""Task -> the module and function that does it."""


def find_task(name: str) -> Task:
    """The function that does the task `name`."""
    module, _, function = TASKS[name].partition(":")
    task: Task = getattr(import_module(module), function)
    return task


def load_readers() -> None:
    """Imports every reader once, so that a forked child finds them in memory."""
    for name in TASKS:
        find_task(name)


def run_task(name: str, data: bytes, options: Mapping[str, Any], limits: Limits, speak: SendMessage) -> None:
    """Does the task; its results are sent with `speak`, message by message."""
    find_task(name)(data, options, limits, speak)
