"""Tables that must have an entry for each of certain names: compared when their module is imported."""

from collections.abc import Collection, Mapping
from typing import TypeVar

TableValue = TypeVar("TableValue")


def expect_keys(table: Mapping[str, TableValue], purpose: str, names: Collection[str]) -> Mapping[str, TableValue]:
    """The table, whose keys must be exactly `names`; `purpose` tells what its entries are for.

    Called where a table is made, so that nothing starts while a name is forgotten. Raises LookupError with the purpose,
    the missing and the unknown keys.
    """
    missing, surplus = sorted(set(names) - table.keys()), sorted(table.keys() - set(names))
    told = [f"{name} is missing" for name in missing] + [f"{name} is not known" for name in surplus]
    if told:
        raise LookupError(f"{purpose}: {', '.join(told)}")
    return table
