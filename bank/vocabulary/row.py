"""One table of a data file. A missing or wrong field adds a fault.

A missing or wrongly typed one reads as an empty value, one that is out of range as it stands.
"""

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
    """A table, named by `id`; `inside` is the path of the tables around it, ending in a dot.

    `language` is the one that its labels fall back to; `asked` collects the fields that were read.
    """

    file: str
    id: str
    data: Mapping[str, Any]
    faults: list[VocabularyFault]
    language: str
    inside: str = ""
    asked: set[str] = field(default_factory=set)

    def note(self, sentence: str, name: str, value: object = "") -> None:
        """Adds a fault of the field `name`."""
        self.faults.append(VocabularyFault(self.file, self.id, self.inside + name, sentence, str(value)))

    def _get(self, name: str, kind: type[RowValue], required: bool = False) -> RowValue | None:
        """The value of a field; None, and a fault where it is wrong, empty, or missing although required."""
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
        """A required text; empty where it is missing."""
        return self._get(name, str, required=True) or ""

    def optional(self, name: str) -> str | None:
        """A text, or None where it is absent."""
        return self._get(name, str)

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """A required text that must be one of `allowed`."""
        value = self.text(name)
        if value and value not in allowed:
            self.note(FAULT_UNKNOWN_VALUE, name, value)
        return value

    def number(self, name: str) -> int:
        """A required whole number; 0 where it is missing."""
        return self._get(name, int, required=True) or 0

    def limit(self, name: str) -> int | None:
        """A whole number above zero, or None where it is absent."""
        value = self._get(name, int)
        if value is not None and value < 1:
            self.note(FAULT_WRONG_VALUE, name, value)
        return value

    def degrees(self, name: str, most: float) -> float | None:
        """An angle from -`most` to `most`, written with a decimal point; None where it is absent."""
        value = self._get(name, float)
        if value is not None and abs(value) > most:
            self.note(FAULT_WRONG_VALUE, name, value)
        return value

    def flag(self, name: str) -> bool:
        """True or False; False where it is absent."""
        return self._get(name, bool) or False

    def texts(self, name: str, required: bool = False) -> tuple[str, ...]:
        """A list of texts without repeats; empty where it is absent."""
        return self._items(name, str, required)

    def numbers(self, name: str, required: bool = False) -> tuple[int, ...]:
        """A list of whole numbers without repeats; empty where it is absent."""
        return self._items(name, int, required)

    def _items(self, name: str, kind: type[RowValue], required: bool) -> tuple[RowValue, ...]:
        """The valid values of a list; a fault is added for each wrong or repeated one."""
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
        """language -> text, required for these languages; faults for others."""
        inner = self._table(name)
        found = {language: inner.text(language) for language in languages}
        inner.rest()
        return Labels(found, self.language)

    def names(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """language -> texts, for any of the analysed languages; faults for others."""
        inner = self._table(name)
        found = {code: inner.texts(code, required=True) for code in ANALYSED_LANGUAGES if code in inner.data}
        inner.rest()
        return found

    def other_labels(self, name: str) -> Mapping[str, str]:
        """language -> text, for any languages."""
        inner = self._table(name)
        return {language: inner.text(language) for language in inner.data}

    def word_lists(self, name: str, languages: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        """language -> words, required for these languages, allowed for others."""
        inner = self._table(name)
        return {code: inner.texts(code, required=True) for code in dict.fromkeys((*languages, *inner.data))}

    def _table(self, name: str) -> "Row":
        """The table in the field `name`; an empty one where it is missing."""
        data: dict[str, Any] = self._get(name, dict) or {}
        return Row(self.file, self.id, data, self.faults, self.language, f"{self.inside}{name}.")

    def tables(self, name: str, required: bool = False) -> Iterator["Row"]:
        """The tables in the list `name`; faults are added for their unread fields as each is left."""
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
        """Adds a fault for each field of the table that the bank does not know."""
        for name in self.data:
            if name not in self.asked:
                self.note(FAULT_UNKNOWN_FIELD, name)
