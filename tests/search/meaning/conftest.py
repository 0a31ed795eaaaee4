from pathlib import Path

import pytest

from bank.search.meaning.encoder import Encoder
from bank.search.meaning.vectors import VectorStore


@pytest.fixture(scope="session")
def encode() -> Encoder:
    """The model, read once: that takes a second."""
    return Encoder()


@pytest.fixture
def store(tmp_path: Path) -> VectorStore:
    return VectorStore(tmp_path / "vectors.db")
