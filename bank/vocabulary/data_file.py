"""Reads a TOML data file; missing or wrong fields are collected as faults."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from bank.languages import DEFAULT_LANGUAGE
from bank.vocabulary.faults import (
    FAULT_MISSING_FIELD,
    FAULT_REPEATED_VALUE,
    FAULT_UNKNOWN_FIELD,
    FAULT_UNREADABLE_FILE,
    FAULT_WRONG_VALUE,
    VocabularyFault,
)
from bank.vocabulary.row import Row

FileValue = TypeVar("FileValue")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file, a mapping of lists of tables.

    `language` is the one that labels fall back to; `faults` collects what is wrong, and `asked` the lists that were
    read.
    """

    name: str
    data: Mapping[str, Any]
    faults: list[VocabularyFault]
    language: str
    asked: set[str] = field(default_factory=set)

    def read(self, table: str, build: Callable[[Row], FileValue], *key: str) -> tuple[FileValue, ...]:
        """The values that `build` makes of the tables in a list; a faulty table is left out, and its faults are added.

        No two tables may agree in all the fields of `key` (``id`` when none are given); the first of these fields names
        a table in faults.
        """
        self.asked.add(table)
        found = self.data.get(table)
        if not isinstance(found, list) or not found:
            self.faults.append(VocabularyFault(self.name, table, table, FAULT_MISSING_FIELD))
            return ()
        built: dict[str, FileValue] = {}
        for data in found:
            self._read_one(table, data, build, key or ("id",), built)
        return tuple(built.values())

    def _read_one(
        self,
        table: str,
        data: object,
        build: Callable[[Row], FileValue],
        key: tuple[str, ...],
        built: dict[str, FileValue],
    ) -> None:
        """Builds the value of one table into `built`, or adds faults."""
        if not isinstance(data, dict):
            self.faults.append(VocabularyFault(self.name, table, table, FAULT_WRONG_VALUE, str(data)))
            return
        row = Row(self.name, str(data.get(key[0], f"{table} ?")), data, self.faults, self.language)
        before = len(self.faults)
        value = build(row)
        row.rest()
        identity = str([data.get(name) for name in key])
        if identity in built:
            row.note(FAULT_REPEATED_VALUE, key[0], row.id)
        elif len(self.faults) == before:
            built[identity] = value

    def rest(self) -> None:
        """Adds a fault for each list of the file that the bank does not know."""
        for name in self.data:
            if name not in self.asked:
                self.faults.append(VocabularyFault(self.name, name, name, FAULT_UNKNOWN_FIELD))


def open_file(
    folder: Traversable, name: str, faults: list[VocabularyFault], language: str = DEFAULT_LANGUAGE
) -> DataFile:
    """The TOML file `name` (a path inside the folder); an empty one, and a fault added, when it can't be read."""
    try:
        return DataFile(name, tomllib.loads(folder.joinpath(*name.split("/")).read_text("utf-8")), faults, language)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(VocabularyFault(name, name, "", FAULT_UNREADABLE_FILE, str(error)))
        return DataFile(name, {}, faults, language)
