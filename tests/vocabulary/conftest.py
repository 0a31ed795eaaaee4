"""A copy of the bank's data files that a test may spoil."""

import shutil
from collections.abc import Callable
from importlib.resources import as_file
from pathlib import Path

import pytest

from bank.vocabulary import Vocabulary, load_vocabulary
from bank.vocabulary.loading import data_folder


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of every data file."""
    copy = tmp_path / "data"
    with as_file(data_folder()) as own:
        shutil.copytree(own, copy)
    return copy


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str, str], Path]:
    """Replaces the first occurrence of a text in one data file, and gives the folder."""

    def change(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r} to change"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return change
