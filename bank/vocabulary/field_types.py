"""The types of fields. Code that differs by type asks here, or has a table with an entry for every type."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from bank.table_keys import TableValue, expect_keys

ValueShape = Literal["text", "number", "bool", "texts", "parts", "rows", "file"]
ChosenFrom = Literal["", "choices", "vocabulary"]


@dataclass(frozen=True, slots=True)
class FieldType:
    """What the values of a type are.

    `shape` is how a value is stored as JSON: a text, a number, true or false; texts, a list of them; parts, an object
    with the named `parts`, any of which may be missing; rows, a list of such objects; file, no value at all: the files
    of the entry that were added for the field. `numbers` are the parts that hold a number, all others hold a text.
    `is_short`: a word or a line, never a longer text. `chosen_from`: the field's own choices, or the terms of the
    vocabulary that it names; empty where a value is written. `names_cities`: its texts are the ids of cities.
    """

    name: str
    shape: ValueShape = "text"
    is_short: bool = False
    parts: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    chosen_from: ChosenFrom = ""
    names_cities: bool = False

    @property
    def is_list(self) -> bool:
        return self.shape in ("texts", "rows")

    @property
    def is_file(self) -> bool:
        return self.shape == "file"


FIELD_TYPES: Mapping[str, FieldType] = {
    one.name: one
    for one in (
        FieldType("text", is_short=True),
        FieldType("longtext"),
        FieldType("list", "texts"),
        FieldType("number", "number", is_short=True),
        FieldType("year", "number", is_short=True),
        FieldType("month", is_short=True),
        FieldType("date", is_short=True),
        FieldType("period", "parts", is_short=True, parts=("from", "to")),
        FieldType(
            "money",
            "parts",
            is_short=True,
            parts=("amount", "currency", "year"),
            numbers=frozenset({"amount", "year"}),
        ),
        FieldType("choice", is_short=True, chosen_from="choices"),
        FieldType("choices", "texts", chosen_from="choices"),
        FieldType("cities", "texts", names_cities=True),
        FieldType("city", is_short=True, names_cities=True),
        FieldType("terms", "texts", chosen_from="vocabulary"),
        FieldType("events", "rows", parts=("id", "role")),
        FieldType("links", "rows", parts=("title", "url")),
        FieldType("bool", "bool", is_short=True),
        FieldType("contact", "parts", parts=("post", "mailbox")),
        FieldType("licence", is_short=True),
        FieldType("attachment", "file"),
        FieldType("language", is_short=True),
    )
}
"""Name of a type, as in `FieldSpec.type` -> the type."""
TYPES_IN_PARTS = tuple(one.name for one in FIELD_TYPES.values() if one.shape == "parts")
"""Types whose value is an object of parts."""


def complete_table(
    table: Mapping[str, TableValue], purpose: str, names: Collection[str] = FIELD_TYPES
) -> Mapping[str, TableValue]:
    """The table, whose keys must be exactly the types (or the other `names`); `purpose` tells what its entries are for.

    Raises LookupError as `expect_keys`.
    """
    return expect_keys(table, purpose, names)
