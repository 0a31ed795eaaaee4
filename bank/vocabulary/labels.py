"""Texts in several languages, and choosing one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from bank.languages import best_text


@dataclass(frozen=True, slots=True, eq=False)
class Labels(Mapping[str, str]):
    """language -> text. `fallback` is the bank's own language; two Labels are equal when their texts are."""

    texts: Mapping[str, str]
    fallback: str

    def __getitem__(self, language: str) -> str:
        return self.texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def said(self, language: str) -> str:
        """The text in this language, else in the bank's own, else in any language; empty where there is none."""
        return best_text(self.texts, language, self.fallback)[1]


class Labelled(Protocol):
    """Anything that has labels."""

    @property
    def labels(self) -> Labels: ...


def label_in_language(one: Labelled, language: str) -> str:
    """The label in this language, chosen as `Labels.said` does. Classes take this function as their method `label`."""
    return one.labels.said(language)
