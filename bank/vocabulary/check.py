"""Checks references and contradictions between the data files."""

from collections.abc import Iterable, Iterator

from bank.vocabulary.calls import DERIVED_CALL_FIELDS
from bank.vocabulary.faults import (
    FAULT_MISSING_FIELD,
    FAULT_REPEATED_VALUE,
    FAULT_UNKNOWN_VALUE,
    FAULT_WRONG_VALUE,
    VocabularyFault,
)
from bank.vocabulary.finding import ambiguous_spelling_faults
from bank.vocabulary.folding import fold_label
from bank.vocabulary.kinds import Kind
from bank.vocabulary.vocabulary import Vocabulary

VOCABULARY_FILES = {
    "principle": "principles.toml", "principle_2004": "principles-2004.toml", "section": "principles.toml",
    "theme": "themes.toml", "sdg": "sdgs.toml", "group": "groups.toml", "kind": "kinds.toml",
    "event_kind": "event-kinds.toml", "licence": "licences.toml", "role": "cities.toml",
}  # fmt: skip
"""Vocabulary -> its data file."""


def vocabulary_faults(vocabulary: Vocabulary) -> Iterator[VocabularyFault]:
    """A fault for every reference to something unknown and for every contradiction."""
    for name, terms in vocabulary.vocabularies().items():
        yield from ambiguous_spelling_faults(VOCABULARY_FILES[name], terms)
    yield from charter_faults(vocabulary)
    yield from theme_faults(vocabulary)
    yield from field_faults(vocabulary)
    yield from city_faults(vocabulary)
    yield from event_faults(vocabulary)
    yield from call_faults(vocabulary)
    yield from criterion_faults(vocabulary)


def unknown_value_faults(
    file: str, owner: str, field: str, values: Iterable[object], known: Iterable[object]
) -> Iterator[VocabularyFault]:
    """A fault for every value that is not among the known ones."""
    there = set(known)
    for value in values:
        if value not in there:
            yield VocabularyFault(file, owner, field, FAULT_UNKNOWN_VALUE, str(value))


def charter_faults(vocabulary: Vocabulary) -> Iterator[VocabularyFault]:
    """Faults: a principle outside its section, a section without one of its numbers, crosswalks that disagree."""
    spans = {section.id: range(section.facts.first, section.facts.last + 1) for section in vocabulary.sections}
    numbers = [principle.facts.number for principle in vocabulary.principles]
    old_numbers = [old.facts.number for old in vocabulary.principles_2004]
    for principle in vocabulary.principles:
        if principle.facts.number not in spans.get(principle.facts.section, ()):
            yield VocabularyFault(
                "principles.toml", principle.id, "section", FAULT_WRONG_VALUE, principle.facts.section
            )
        yield from unknown_value_faults(
            "principles.toml", principle.id, "from_2004", principle.facts.from_2004, old_numbers
        )
    for number in (number for span in spans.values() for number in span if number not in numbers):
        yield VocabularyFault("principles.toml", str(number), "number", FAULT_MISSING_FIELD)
    for old in vocabulary.principles_2004:
        yield from unknown_value_faults(
            "principles-2004.toml", old.id, "heirs", (*old.facts.heirs, *old.facts.partly), numbers
        )
        heirs = {one.facts.number for one in vocabulary.principles if old.facts.number in one.facts.from_2004}
        for number in sorted(heirs ^ set(old.facts.heirs)):
            yield VocabularyFault("principles-2004.toml", old.id, "heirs", FAULT_WRONG_VALUE, str(number))


def theme_faults(vocabulary: Vocabulary) -> Iterator[VocabularyFault]:
    """Faults: a theme with unknown principles, a heading of BIDCE that maps to another, a theme that maps to none."""
    headings = [theme.id for theme in vocabulary.themes if theme.facts.bank]
    numbers = [principle.facts.number for principle in vocabulary.principles]
    for theme in vocabulary.themes:
        yield from unknown_value_faults("themes.toml", theme.id, "principles", theme.facts.principles, numbers)
        if theme.facts.maps_to and theme.facts.bank:
            yield VocabularyFault("themes.toml", theme.id, "maps_to", FAULT_WRONG_VALUE, theme.facts.maps_to)
        elif not theme.facts.bank:
            if theme.facts.maps_to is None:
                yield VocabularyFault("themes.toml", theme.id, "maps_to", FAULT_MISSING_FIELD)
            else:
                yield from unknown_value_faults("themes.toml", theme.id, "maps_to", [theme.facts.maps_to], headings)


def field_faults(vocabulary: Vocabulary) -> Iterator[VocabularyFault]:
    """Faults: a field twice in a kind, an unknown group or vocabulary, a choice without choices.

    Also those of `field_name_faults`.
    """
    groups = [group.id for group in vocabulary.field_groups]
    for kind in vocabulary.kinds:
        ids = [spec.id for spec in kind.facts.fields]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield VocabularyFault("fields.toml", name, "kinds", FAULT_REPEATED_VALUE, kind.id)
        yield from field_name_faults(kind)
        for spec in kind.facts.fields:
            yield from unknown_value_faults("fields.toml", spec.id, "group", [spec.group], groups)
            if spec.field_type.chosen_from == "choices" and not spec.choices:
                yield VocabularyFault("fields.toml", spec.id, "choices", FAULT_MISSING_FIELD)
            if spec.field_type.chosen_from == "vocabulary" and spec.vocabulary not in VOCABULARY_FILES:
                yield VocabularyFault("fields.toml", spec.id, "vocabulary", FAULT_UNKNOWN_VALUE, str(spec.vocabulary))


def city_faults(vocabulary: Vocabulary) -> Iterator[VocabularyFault]:
    """Faults: an unknown country, subdivision or role; a name of two cities of one subdivision or country."""
    roles = [role.id for role in vocabulary.roles]
    owners: dict[tuple[str, str | None], str] = {}
    for city in vocabulary.cities:
        if vocabulary.country(city.country) != city.country:
            yield VocabularyFault("cities.toml", city.id, "country", FAULT_UNKNOWN_VALUE, city.country)
        if city.subdivision:
            yield from unknown_value_faults(
                "cities.toml", city.id, "subdivision", [city.subdivision], vocabulary.places.states
            )
        yield from unknown_value_faults("cities.toml", city.id, "roles", (span["role"] for span in city.roles), roles)
        for name in dict.fromkeys(map(fold_label, city.names)):
            if owners.setdefault((name, city.subdivision or city.country), city.id) != city.id:
                yield VocabularyFault("cities.toml", city.id, "aliases", FAULT_REPEATED_VALUE, name)


def event_faults(vocabulary: Vocabulary) -> Iterator[VocabularyFault]:
    """Faults: an unknown kind, city, theme or principle; an event that ends before it starts."""
    known_cities = [city.id for city in vocabulary.cities]
    for event in vocabulary.events:
        places = (*filter(None, [event.city]), *event.participants)
        yield from unknown_value_faults(
            "events.toml", event.id, "kind", [event.kind], (one.id for one in vocabulary.event_kinds)
        )
        yield from unknown_value_faults("events.toml", event.id, "city", places, known_cities)
        yield from unknown_value_faults(
            "events.toml", event.id, "themes", event.themes, (one.id for one in vocabulary.themes)
        )
        numbers = (one.facts.number for one in vocabulary.principles)
        yield from unknown_value_faults("events.toml", event.id, "principles", event.principles, numbers)
        if event.end and (event.start is None or event.end < event.start):
            yield VocabularyFault("events.toml", event.id, "end", FAULT_WRONG_VALUE, event.end)


def call_faults(vocabulary: Vocabulary) -> Iterator[VocabularyFault]:
    """Faults: a call that asks for a field that no experience has, or twice for one field."""
    experience = vocabulary.kind("experience")
    known = (
        (*DERIVED_CALL_FIELDS, *(spec.id for spec in experience.facts.fields)) if experience else DERIVED_CALL_FIELDS
    )
    for call in vocabulary.calls.values():
        asked = [line.field for line in call.fields]
        yield from unknown_value_faults(f"calls/{call.id}.toml", call.id, "field", asked, known)
        for name in sorted({name for name in asked if asked.count(name) > 1}):
            yield VocabularyFault(f"calls/{call.id}.toml", call.id, "field", FAULT_REPEATED_VALUE, name)


def criterion_faults(vocabulary: Vocabulary) -> Iterator[VocabularyFault]:
    """Faults: a criterion with a field that no experience has."""
    experience = vocabulary.kind("experience")
    known = [spec.id for spec in experience.facts.fields] if experience else []
    for criterion in vocabulary.criteria:
        yield from unknown_value_faults("criteria.toml", criterion.id, "fields", criterion.fields, known)


def field_name_faults(kind: Kind) -> Iterator[VocabularyFault]:
    """Faults: a label or alias of two fields of one kind."""
    owners: dict[str, str] = {}
    for spec in kind.facts.fields:
        for name in dict.fromkeys(map(fold_label, (*spec.labels.values(), *spec.aliases, *spec.near))):
            if owners.setdefault(name, spec.id) != spec.id:
                yield VocabularyFault("fields.toml", spec.id, "aliases", FAULT_REPEATED_VALUE, name)
