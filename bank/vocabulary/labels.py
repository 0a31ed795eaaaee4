"""Texts in several languages, and the one way to choose among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from bank.languages import best_text


@dataclass(frozen=True, slots=True, eq=False)
class Labels(Mapping[str, str]):
    """language -> text. `fallback` is the bank's own language; two are equal when their texts are."""

    texts: Mapping[str, str]
    fallback: str

    def __getitem__(self, language: str) -> str:
        return self.texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def said(self, language: str) -> str:
        """The text in this language, else in the bank's own, else in any that has one; empty when none has."""
        return best_text(self.texts, language, self.fallback)[1]


class Labelled(Protocol):
    """Anything that is called something."""

    @property
    def labels(self) -> Labels: ...


def label_in_language(one: Labelled, language: str) -> str:
    """What it is called in this language, chosen as `Labels.said` does. A class takes it for its method `label`."""
    return one.labels.said(language)
