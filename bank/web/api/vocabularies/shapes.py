"""Response bodies about vocabularies, cities and counts."""

from bank.web.api.shapes import Shape


class TermShape(Shape):
    """A term with its labels by language; properties that its vocabulary does not have are null."""

    id: str
    labels: dict[str, str]
    number: int | None
    section: str | None
    summaries: dict[str, str] | None
    iri: str | None
    bank: bool | None
    maps_to: str | None


class TermsShape(Shape):
    """The terms of a vocabulary."""

    terms: list[TermShape]


class CityShape(Shape):
    """A city; latitude and longitude are in degrees (WGS 84). `entries` counts its published entries."""

    id: str
    name: str
    country: str | None
    state: str | None
    subdivision: str | None
    inegi: str | None
    latitude: float | None
    longitude: float | None
    aliases: list[str]
    member: bool
    verified: bool
    entries: int


class CitiesShape(Shape):
    """The cities that the bank knows."""

    cities: list[CityShape]


class StatsShape(Shape):
    """Exact counts of what is published; `pending` counts what the worker has still to do, by kind of work."""

    entries: int
    files: int
    pages: int
    cities: int
    pending: dict[str, int]
    kinds: dict[str, int]
