"""Principle tags of either numbering, as numbers of the Charter of 2020."""

from collections.abc import Iterable
from typing import Protocol

from bank.vocabulary import Vocabulary


class TagLike(Protocol):
    """A tag as row or as view."""

    @property
    def vocabulary(self) -> str: ...
    @property
    def term(self) -> str: ...
    @property
    def charter(self) -> str | None: ...
    @property
    def primary(self) -> bool: ...


def heirs_of_2004(vocabulary: Vocabulary, old: str) -> tuple[str, ...]:
    """The numbers of 2020 that the number `old` of 2004 became."""
    return tuple(str(number) for number in vocabulary.heirs(int(old))) if old.isdecimal() else ()


def numbers_2020(vocabulary: Vocabulary, tags: Iterable[TagLike]) -> tuple[str, ...]:
    """The principles' numbers of 2020, the primary one first; a tag of 2004 gives all its heirs."""
    found: dict[str, None] = {}
    for tag in sorted((tag for tag in tags if tag.vocabulary == "principle"), key=lambda tag: not tag.primary):
        for number in heirs_of_2004(vocabulary, tag.term) if tag.charter == "2004" else (tag.term,):
            found.setdefault(number)
    return tuple(found)
