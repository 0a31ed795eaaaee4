"""Vectors on a disk that can only be read."""

from pathlib import Path

import numpy as np
import pytest

from bank.search.meaning.encoder import DIMENSIONS
from bank.search.meaning.vector_file import NoVectors
from bank.search.meaning.vectors import VectorStore
from tests.small_disks import mounted_disk, read_only


def test_vectors_on_a_read_only_disk_are_read_and_written_again_once_it_can_be(tmp_path: Path) -> None:
    with mounted_disk(tmp_path / "disk", 16) as disk:
        store = VectorStore(disk / "vectors.db")
        store.keep_landmarks("some", np.ones((2, DIMENSIONS), np.float32))
        store.close()
        with read_only(disk):
            assert store.has_landmarks("some")
            assert (dict(store.versions()), store.words()) == ({}, ())
            with pytest.raises(NoVectors):
                store.keep_landmarks("others", np.ones((1, DIMENSIONS), np.float32))
        store.keep_landmarks("others", np.ones((1, DIMENSIONS), np.float32))
        assert not store.has_landmarks("some")
        store.close()
