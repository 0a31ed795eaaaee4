"""All vocabularies together, and looking things up in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bank.vocabulary.calls import Call
from bank.vocabulary.cities import CitySeed
from bank.vocabulary.criteria import Criterion
from bank.vocabulary.events import EventSeed
from bank.vocabulary.finding import ids_by_spelling, numbered_term_id
from bank.vocabulary.folding import fold_label
from bank.vocabulary.kinds import FieldGroup, Kind
from bank.vocabulary.places import PlaceNames
from bank.vocabulary.principles import CharterSection, OldPrinciple, Principle
from bank.vocabulary.synonyms import SynonymSeed
from bank.vocabulary.terms import CityRole, EventKind, Licence, Sdg, TargetGroup, Term
from bank.vocabulary.themes import Theme

TERM_LISTS = {"principles": "principle", "themes": "theme", "sdgs": "sdg", "groups": "group", "kinds": "kind"}
"""Name of a public list of terms -> name of its vocabulary."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All vocabularies, cities, events, calls and criteria, each in the order of its data file.

    `language` is the one that labels fall back to. Profiles and the network's texts are loaded apart (`load_profiles`,
    `load_network`).
    """

    sections: tuple[CharterSection, ...]
    principles: tuple[Principle, ...]
    principles_2004: tuple[OldPrinciple, ...]
    themes: tuple[Theme, ...]
    sdgs: tuple[Sdg, ...]
    groups: tuple[TargetGroup, ...]
    kinds: tuple[Kind, ...]
    field_groups: tuple[FieldGroup, ...]
    event_kinds: tuple[EventKind, ...]
    licences: tuple[Licence, ...]
    roles: tuple[CityRole, ...]
    cities: tuple[CitySeed, ...]
    events: tuple[EventSeed, ...]
    calls: Mapping[str, Call]
    criteria: tuple[Criterion, ...]
    synonyms: tuple[SynonymSeed, ...]
    places: PlaceNames
    language: str
    by_id: Mapping[str, Mapping[str, Term[object]]] = field(init=False, repr=False)
    by_name: Mapping[str, Mapping[str, str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        terms = self.vocabularies()
        by_id = {name: {term.id: term for term in members} for name, members in terms.items()}
        object.__setattr__(self, "by_id", by_id)
        object.__setattr__(self, "by_name", {name: ids_by_spelling(members) for name, members in terms.items()})

    def vocabularies(self) -> Mapping[str, tuple[Term[object], ...]]:
        """vocabulary -> its terms."""
        return {
            "principle": self.principles,
            "principle_2004": self.principles_2004,
            "section": self.sections,
            "theme": self.themes,
            "sdg": self.sdgs,
            "group": self.groups,
            "kind": self.kinds,
            "event_kind": self.event_kinds,
            "licence": self.licences,
            "role": self.roles,
        }

    def terms(self, name: str) -> tuple[Term[object], ...]:
        """The terms of `principles`, `themes`, `sdgs`, `groups` or `kinds`. Raises KeyError for another name."""
        return self.vocabularies()[TERM_LISTS[name]]

    def get(self, vocabulary: str, term_id: str) -> Term[object] | None:
        """The term with that id; None for an unknown id or vocabulary."""
        return self.by_id.get(vocabulary, {}).get(term_id)

    def label(self, vocabulary: str, term_id: str, language: str) -> str:
        """The term's label in this language; the id itself when it is unknown."""
        term = self.get(vocabulary, term_id)
        return term.label(language) if term else term_id

    def find(self, vocabulary: str, text: str) -> Term[object] | None:
        """The term named by an id, a number ("Principio 8", "ODS 4") or a label in any language; None when unsure."""
        known = self.by_name.get(vocabulary, {})
        found = known.get(fold_label(text)) or numbered_term_id(vocabulary, text, known)
        return self.get(vocabulary, found) if found else None

    def principle(self, number: int) -> Principle | None:
        """The principle of 2020 with that number, or None."""
        return next((one for one in self.principles if one.facts.number == number), None)

    def heirs(self, number: int) -> tuple[int, ...]:
        """The numbers of the principles of 2020 that succeeded one of 2004; empty for an unknown number."""
        return next((one.facts.heirs for one in self.principles_2004 if one.facts.number == number), ())

    def kind(self, kind_id: str) -> Kind | None:
        """The kind with that id, or None."""
        return next((one for one in self.kinds if one.id == kind_id), None)

    def bank_theme(self, theme_id: str) -> Theme | None:
        """The BIDCE heading under which a theme is exported: itself, or the one that it maps to. None when unknown."""
        by_id = {theme.id: theme for theme in self.themes}
        found = by_id.get(theme_id)
        return found if found is None or found.facts.bank else by_id.get(found.facts.maps_to or "")

    def event(self, event_id: str) -> EventSeed | None:
        """The event with that id, or None."""
        return next((one for one in self.events if one.id == event_id), None)

    def city(self, city_id: str) -> CitySeed | None:
        """The city with that id, or None."""
        return next((one for one in self.cities if one.id == city_id), None)

    def city_named(self, text: str, country: str | None = None) -> CitySeed | None:
        """The city named by an id, a name, an alias or a former name, with or without its state; None when unknown.

        With `country` (ISO 3166-1 alpha-2), only cities of that country are looked at.
        """
        return self.places.city_named(text, country)

    def country(self, text: str) -> str | None:
        """The ISO 3166-1 alpha-2 code for a code, or a name in one of the known languages; None when unknown."""
        return self.places.country(text)
