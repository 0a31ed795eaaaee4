"""Recognises cities and countries by what a person wrote."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import get_global

from bank.languages import ANALYSED_LANGUAGES, INTERFACE_LANGUAGES
from bank.vocabulary.cities import CitySeed, Subdivision
from bank.vocabulary.folding import fold_abbreviation, fold_label

COUNTRY_NAME_LANGUAGES = tuple(dict.fromkeys((*INTERFACE_LANGUAGES, *ANALYSED_LANGUAGES)))
"""Languages in which names of countries are recognised; where one name means two countries, the first counts."""
_PARTS = re.compile(r"[,;()/]|\s[-–—]\s")
_NO_COUNTRY = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"))


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The known cities, the subdivisions by id, and the official names of countries (folded -> ISO 3166-1 alpha-2)."""

    cities: tuple[CitySeed, ...]
    states: Mapping[str, Subdivision]
    official: Mapping[str, str]

    def city_named(self, text: str, country: str | None = None) -> CitySeed | None:
        """The city by id, name, alias or former name; text after the name must be its state or country.

        With `country` (ISO 3166-1 alpha-2), only cities of that country are looked at. None where there is none.
        """
        wanted = fold_label(text)
        parts = [part for part in _PARTS.split(text) if fold_label(part)]
        candidates = [city for city in self.cities if country is None or city.country == country]
        for city in candidates:
            if text.strip().casefold() == city.id or wanted in map(fold_label, city.names):
                return city
        return next((city for city in candidates if parts and self._fits(city, parts)), None)

    def _fits(self, city: CitySeed, parts: list[str]) -> bool:
        """True when the first part names the city and all others the state or country that it lies in."""
        around = parts[1:]
        if not all(self._lies_in(city, part) for part in around):
            return False
        first = fold_label(parts[0])
        return any(first == name or self._suffixed(city, first, name) for name in map(fold_label, city.names))

    def _suffixed(self, city: CitySeed, first: str, name: str) -> bool:
        """True when `first` is the city's name followed by its state or country."""
        return first.startswith(name + " ") and self._lies_in(city, first.removeprefix(name))

    def _lies_in(self, city: CitySeed, place: str) -> bool:
        """True when `place` names the city's state or country."""
        state = self.states.get(city.subdivision or "")
        if state and fold_abbreviation(place) in map(fold_abbreviation, state.names):
            return True
        return self.country(place) == city.country

    def country(self, text: str) -> str | None:
        """The ISO 3166-1 alpha-2 code for an alpha-2 or alpha-3 code, or a name; None where it is unknown.

        Names are known in `COUNTRY_NAME_LANGUAGES`.
        """
        code = text.strip().upper()
        known = country_names()
        if len(code) == 2 and code in known.values():
            return code
        if len(code) == 3 and code.isalpha():
            aliases = get_global("territory_aliases").get(code, [])
            if len(aliases) == 1 and aliases[0] in known.values():
                return str(aliases[0])
        folded = fold_label(text)
        return known.get(folded) or self.official.get(folded)


@cache
def country_names() -> Mapping[str, str]:
    """Folded CLDR name -> ISO 3166-1 alpha-2 code, in the languages `COUNTRY_NAME_LANGUAGES`."""
    return dict(_country_names())


def _country_names() -> Iterator[tuple[str, str]]:
    for language in reversed(COUNTRY_NAME_LANGUAGES):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code not in _NO_COUNTRY:
                yield fold_label(name), code
