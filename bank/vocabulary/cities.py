"""The cities that a bank starts with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bank.vocabulary.faults import FAULT_WRONG_VALUE
from bank.vocabulary.row import Row

_MOMENT = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A country's subdivision (ISO 3166-2) and the forms in which it is written after a city's name."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitySeed:
    """A city to start with.

    `country` is ISO 3166-1 alpha-2, `subdivision` ISO 3166-2, `inegi` Mexico's AGEE and AGEM codes. Coordinates are WGS
    84 degrees. `member`: of the network that runs the bank. `name_history` has the keys name, from, to; `roles` the
    keys role, from, to (YYYY, YYYY-MM or YYYY-MM-DD; absent where open or unknown).
    """

    id: str
    name: str
    country: str
    state: str | None = None
    subdivision: str | None = None
    inegi: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    member: bool = False
    joined: str | None = None
    aliases: tuple[str, ...] = ()
    name_history: tuple[Mapping[str, str], ...] = ()
    roles: tuple[Mapping[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All present and former names, the present one first."""
        former = (span["name"] for span in self.name_history)
        return tuple(dict.fromkeys((self.name, *self.aliases, *former)))


def subdivision_from_row(row: Row) -> Subdivision:
    """A subdivision (state) from its table in ``cities.toml``."""
    return Subdivision(row.text("id"), row.texts("names", required=True))


def city_from_row(row: Row) -> CitySeed:
    """A city from its table in ``cities.toml``."""
    return CitySeed(
        id=row.text("id"),
        name=row.text("name"),
        country=row.text("country"),
        state=row.optional("state"),
        subdivision=row.optional("subdivision"),
        inegi=row.optional("inegi"),
        latitude=row.degrees("latitude", 90),
        longitude=row.degrees("longitude", 180),
        member=row.flag("member"),
        joined=row.optional("joined"),
        aliases=row.texts("aliases"),
        name_history=tuple(dated_entry_from_row(one, "name") for one in row.tables("name_history")),
        roles=tuple(dated_entry_from_row(one, "role") for one in row.tables("roles")),
    )


def dated_entry_from_row(row: Row, what: str) -> Mapping[str, str]:
    """A former name or a role (`what`) as {what, from, to}; dates that are absent are left out."""
    found = {what: row.text(what), "from": optional_date(row, "from"), "to": optional_date(row, "to")}
    return {key: value for key, value in found.items() if value}


def optional_date(row: Row, name: str) -> str | None:
    """A date (YYYY, YYYY-MM or YYYY-MM-DD) that may be absent; a fault is added for any other text."""
    value = row.optional(name)
    if value and not _MOMENT.fullmatch(value):
        row.note(FAULT_WRONG_VALUE, name, value)
    return value
