"""Reading the data files: every gap is noted, none is filled in silence."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from bank.languages import DEFAULT
from bank.vocabulary.faults import MISSING, SURPLUS, TWICE, UNREADABLE, WRONG, Fault
from bank.vocabulary.row import Row

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class File:
    """One data file, whose lists of tables are read in turn; `language` is the one that labels fall back to."""

    name: str
    data: Mapping[str, Any]
    faults: list[Fault]
    language: str
    asked: set[str] = field(default_factory=set)

    def read(self, table: str, build: Callable[[Row], Value], *key: str) -> tuple[Value, ...]:
        """What `build` makes of each table of the list; a faulty one is left out and its faults are noted.

        No two tables may agree in all the fields of `key` (``id`` when none are given); its first names a table.
        """
        self.asked.add(table)
        found = self.data.get(table)
        if not isinstance(found, list) or not found:
            self.faults.append(Fault(self.name, table, table, MISSING))
            return ()
        built: dict[str, Value] = {}
        for data in found:
            self._read_one(table, data, build, key or ("id",), built)
        return tuple(built.values())

    def _read_one(
        self, table: str, data: object, build: Callable[[Row], Value], key: tuple[str, ...], built: dict[str, Value]
    ) -> None:
        if not isinstance(data, dict):
            self.faults.append(Fault(self.name, table, table, WRONG, str(data)))
            return
        row = Row(self.name, str(data.get(key[0], f"{table} ?")), data, self.faults, self.language)
        before = len(self.faults)
        value = build(row)
        row.rest()
        identity = str([data.get(name) for name in key])
        if identity in built:
            row.note(TWICE, key[0], row.id)
        elif len(self.faults) == before:
            built[identity] = value

    def rest(self) -> None:
        """Notes every list that nobody read."""
        for name in self.data:
            if name not in self.asked:
                self.faults.append(Fault(self.name, name, name, SURPLUS))


def open_file(folder: Traversable, name: str, faults: list[Fault], language: str = DEFAULT) -> File:
    """The TOML file `name` (a path inside the folder); an empty one, with a fault noted, when it can't be read."""
    try:
        return File(name, tomllib.loads(folder.joinpath(*name.split("/")).read_text("utf-8")), faults, language)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(Fault(name, name, "", UNREADABLE, str(error)))
        return File(name, {}, faults, language)
