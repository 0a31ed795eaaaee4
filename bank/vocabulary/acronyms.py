"""Acronyms that the bank's own data name: AICE, REMCE, BIDCE, ODS."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

ACRONYM = re.compile(r"(?<!\w)[A-ZÁÉÍÓÚÑÇ]{2,10}(?!\w)")


@cache
def known_acronyms() -> frozenset[str]:
    """The words in capitals in the data files, in lower case."""
    data = files("bank.vocabulary").joinpath("data")
    return frozenset(found.lower() for text in texts_of_folder(data) for found in ACRONYM.findall(text))


def texts_of_folder(folder: Traversable) -> Iterator[str]:
    """The texts of all data files in a folder and those inside it."""
    for one in folder.iterdir():
        if one.is_dir():
            yield from texts_of_folder(one)
        elif one.name.endswith(".toml"):
            yield one.read_text("utf-8")
