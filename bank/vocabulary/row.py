"""One table of a data file. Reading an absent or wrong field notes a fault and gives an empty value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bank.languages import ANALYSED_LANGUAGES, INTERFACE_LANGUAGES
from bank.vocabulary.faults import (
    FAULT_MISSING_FIELD,
    FAULT_REPEATED_VALUE,
    FAULT_UNKNOWN_FIELD,
    FAULT_UNKNOWN_VALUE,
    FAULT_WRONG_VALUE,
    VocabularyFault,
)
from bank.vocabulary.labels import Labels

RowValue = TypeVar("RowValue")


@dataclass(frozen=True, slots=True)
class Row:
    """A table known by `id`; `inside` is the path of the tables around it, with a dot at its end.

    `language` is the one that its labels fall back to.
    """

    file: str
    id: str
    data: Mapping[str, Any]
    faults: list[VocabularyFault]
    language: str
    inside: str = ""
    asked: set[str] = field(default_factory=set)

    def note(self, sentence: str, name: str, value: object = "") -> None:
        """Notes a fault of the field `name`."""
        self.faults.append(VocabularyFault(self.file, self.id, self.inside + name, sentence, str(value)))

    def _get(self, name: str, kind: type[RowValue], required: bool = False) -> RowValue | None:
        self.asked.add(name)
        value = self.data.get(name)
        if value is None or value in ("", [], {}):
            if required or value is not None:
                self.note(FAULT_MISSING_FIELD, name)
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.note(FAULT_WRONG_VALUE, name, value)
            return None
        return value

    def text(self, name: str) -> str:
        """A text that must be there."""
        return self._get(name, str, required=True) or ""

    def optional(self, name: str) -> str | None:
        """A text that may be absent."""
        return self._get(name, str)

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of `allowed`, which must be there."""
        value = self.text(name)
        if value and value not in allowed:
            self.note(FAULT_UNKNOWN_VALUE, name, value)
        return value

    def number(self, name: str) -> int:
        """A whole number that must be there."""
        return self._get(name, int, required=True) or 0

    def limit(self, name: str) -> int | None:
        """A whole number above zero that may be absent."""
        value = self._get(name, int)
        if value is not None and value < 1:
            self.note(FAULT_WRONG_VALUE, name, value)
        return value

    def degrees(self, name: str, most: float) -> float | None:
        """An angle between -most and most that may be absent."""
        value = self._get(name, float)
        if value is not None and abs(value) > most:
            self.note(FAULT_WRONG_VALUE, name, value)
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when absent."""
        return self._get(name, bool) or False

    def texts(self, name: str, required: bool = False) -> tuple[str, ...]:
        """A list of texts, none of them twice."""
        return self._items(name, str, required)

    def numbers(self, name: str, required: bool = False) -> tuple[int, ...]:
        """A list of whole numbers, none of them twice."""
        return self._items(name, int, required)

    def _items(self, name: str, kind: type[RowValue], required: bool) -> tuple[RowValue, ...]:
        good: list[RowValue] = []
        for value in self._get(name, list, required) or []:
            if not isinstance(value, kind) or value == "":
                self.note(FAULT_WRONG_VALUE, name, value)
            elif value in good:
                self.note(FAULT_REPEATED_VALUE, name, value)
            else:
                good.append(value)
        return tuple(good)

    def labels(self, name: str, languages: tuple[str, ...] = INTERFACE_LANGUAGES) -> Labels:
        """language -> text, for exactly these languages."""
        inner = self._table(name)
        found = {language: inner.text(language) for language in languages}
        inner.rest()
        return Labels(found, self.language)

    def names(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """language -> texts, for whichever of the languages that are analysed."""
        inner = self._table(name)
        found = {code: inner.texts(code, required=True) for code in ANALYSED_LANGUAGES if code in inner.data}
        inner.rest()
        return found

    def other_labels(self, name: str) -> Mapping[str, str]:
        """language -> text, for whichever languages there are."""
        inner = self._table(name)
        return {language: inner.text(language) for language in inner.data}

    def word_lists(self, name: str, languages: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        """language -> words, for at least these languages."""
        inner = self._table(name)
        return {code: inner.texts(code, required=True) for code in dict.fromkeys((*languages, *inner.data))}

    def _table(self, name: str) -> "Row":
        data: dict[str, Any] = self._get(name, dict) or {}
        return Row(self.file, self.id, data, self.faults, self.language, f"{self.inside}{name}.")

    def tables(self, name: str, required: bool = False) -> Iterator["Row"]:
        """The tables in the list `name`."""
        for number, data in enumerate(self._get(name, list, required) or [], 1):
            if not isinstance(data, dict):
                self.note(FAULT_WRONG_VALUE, name, data)
                continue
            inner = Row(
                self.file, self.id, data, self.faults, self.language, f"{self.inside}{name}.{data.get('id', number)}."
            )
            yield inner
            inner.rest()

    def rest(self) -> None:
        """Notes every field that nobody asked for."""
        for name in self.data:
            if name not in self.asked:
                self.note(FAULT_UNKNOWN_FIELD, name)
