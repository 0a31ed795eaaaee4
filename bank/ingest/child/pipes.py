"""Reading and writing lines of bytes through pipes."""

import os
from collections.abc import Iterable, Iterator


def complete_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines in `chunks`, without their ends, up to an empty chunk; a last line without an end is dropped."""
    parts: list[bytes] = []
    for chunk in chunks:
        if not chunk:
            return
        if b"\n" not in chunk:
            parts.append(chunk)
            continue
        *lines, last = b"".join([*parts, chunk]).split(b"\n")
        parts = [last]
        yield from lines


def write_all(descriptor: int, data: bytes) -> None:
    """Writes all of `data`. Raises BrokenPipeError when the other end of the pipe is closed."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
