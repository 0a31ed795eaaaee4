"""Fixtures for files that the tests make."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bank.ingest import Extraction, Limits, read_file

Read = Callable[..., Extraction]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads bytes as an uploaded file of this name."""

    def read_bytes(data: bytes | str, name: str = "boletin.pdf", limits: Limits = Limits()) -> Extraction:
        path = tmp_path / "upload"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_file(path, name=name, limits=limits)

    return read_bytes
