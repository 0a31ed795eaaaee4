"""Whether the vocabularies agree with one another."""

from collections.abc import Iterable, Iterator

from bank.vocabulary.calls import GIVEN
from bank.vocabulary.faults import MISSING, TWICE, UNKNOWN, WRONG, Fault
from bank.vocabulary.finding import ambiguous
from bank.vocabulary.folding import words
from bank.vocabulary.kinds import Kind
from bank.vocabulary.vocabulary import Vocabulary

FILES = {
    "principle": "principles.toml", "principle_2004": "principles-2004.toml", "section": "principles.toml",
    "theme": "themes.toml", "sdg": "sdgs.toml", "group": "groups.toml", "kind": "kinds.toml",
    "event_kind": "event-kinds.toml", "licence": "licences.toml", "role": "cities.toml",
}  # fmt: skip


def contradictions(vocabulary: Vocabulary) -> Iterator[Fault]:
    """A fault for every reference that leads nowhere and every two things that contradict each other."""
    for name, terms in vocabulary.vocabularies().items():
        yield from ambiguous(FILES[name], terms)
    yield from charter(vocabulary)
    yield from themes(vocabulary)
    yield from fields(vocabulary)
    yield from cities(vocabulary)
    yield from events(vocabulary)
    yield from calls(vocabulary)
    yield from criteria(vocabulary)


def unknown(file: str, owner: str, field: str, values: Iterable[object], known: Iterable[object]) -> Iterator[Fault]:
    """A fault for every value that isn't among the known ones."""
    there = set(known)
    for value in values:
        if value not in there:
            yield Fault(file, owner, field, UNKNOWN, str(value))


def charter(vocabulary: Vocabulary) -> Iterator[Fault]:
    """Principles stand in their section, and the crosswalk says the same from both ends."""
    spans = {section.id: range(section.facts.first, section.facts.last + 1) for section in vocabulary.sections}
    numbers = [principle.facts.number for principle in vocabulary.principles]
    old_numbers = [old.facts.number for old in vocabulary.principles_2004]
    for principle in vocabulary.principles:
        if principle.facts.number not in spans.get(principle.facts.section, ()):
            yield Fault("principles.toml", principle.id, "section", WRONG, principle.facts.section)
        yield from unknown("principles.toml", principle.id, "from_2004", principle.facts.from_2004, old_numbers)
    for number in (number for span in spans.values() for number in span if number not in numbers):
        yield Fault("principles.toml", str(number), "number", MISSING)
    for old in vocabulary.principles_2004:
        yield from unknown("principles-2004.toml", old.id, "heirs", (*old.facts.heirs, *old.facts.partly), numbers)
        heirs = {one.facts.number for one in vocabulary.principles if old.facts.number in one.facts.from_2004}
        for number in sorted(heirs ^ set(old.facts.heirs)):
            yield Fault("principles-2004.toml", old.id, "heirs", WRONG, str(number))


def themes(vocabulary: Vocabulary) -> Iterator[Fault]:
    """Every theme is a heading of the bank or maps to one."""
    headings = [theme.id for theme in vocabulary.themes if theme.facts.bank]
    numbers = [principle.facts.number for principle in vocabulary.principles]
    for theme in vocabulary.themes:
        yield from unknown("themes.toml", theme.id, "principles", theme.facts.principles, numbers)
        if theme.facts.maps_to and theme.facts.bank:
            yield Fault("themes.toml", theme.id, "maps_to", WRONG, theme.facts.maps_to)
        elif not theme.facts.bank:
            if theme.facts.maps_to is None:
                yield Fault("themes.toml", theme.id, "maps_to", MISSING)
            else:
                yield from unknown("themes.toml", theme.id, "maps_to", [theme.facts.maps_to], headings)


def fields(vocabulary: Vocabulary) -> Iterator[Fault]:
    """Fields stand under a heading; those of a choice have choices, those of terms a vocabulary."""
    groups = [group.id for group in vocabulary.field_groups]
    for kind in vocabulary.kinds:
        ids = [spec.id for spec in kind.facts.fields]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield Fault("fields.toml", name, "kinds", TWICE, kind.id)
        yield from field_names(kind)
        for spec in kind.facts.fields:
            yield from unknown("fields.toml", spec.id, "group", [spec.group], groups)
            if spec.field_type.chosen_from == "choices" and not spec.choices:
                yield Fault("fields.toml", spec.id, "choices", MISSING)
            if spec.field_type.chosen_from == "vocabulary" and spec.vocabulary not in FILES:
                yield Fault("fields.toml", spec.id, "vocabulary", UNKNOWN, str(spec.vocabulary))


def cities(vocabulary: Vocabulary) -> Iterator[Fault]:
    """No name leads to two cities of one country and state; codes and roles are known."""
    roles = [role.id for role in vocabulary.roles]
    owners: dict[tuple[str, str | None], str] = {}
    for city in vocabulary.cities:
        if vocabulary.country(city.country) != city.country:
            yield Fault("cities.toml", city.id, "country", UNKNOWN, city.country)
        if city.subdivision:
            yield from unknown("cities.toml", city.id, "subdivision", [city.subdivision], vocabulary.places.states)
        yield from unknown("cities.toml", city.id, "roles", (span["role"] for span in city.roles), roles)
        for name in dict.fromkeys(map(words, city.names)):
            if owners.setdefault((name, city.subdivision or city.country), city.id) != city.id:
                yield Fault("cities.toml", city.id, "aliases", TWICE, name)


def events(vocabulary: Vocabulary) -> Iterator[Fault]:
    """Events name kinds, cities, themes and principles that there are, and end after they start."""
    known_cities = [city.id for city in vocabulary.cities]
    for event in vocabulary.events:
        places = (*filter(None, [event.city]), *event.participants)
        yield from unknown("events.toml", event.id, "kind", [event.kind], (one.id for one in vocabulary.event_kinds))
        yield from unknown("events.toml", event.id, "city", places, known_cities)
        yield from unknown("events.toml", event.id, "themes", event.themes, (one.id for one in vocabulary.themes))
        numbers = (one.facts.number for one in vocabulary.principles)
        yield from unknown("events.toml", event.id, "principles", event.principles, numbers)
        if event.end and (event.start is None or event.end < event.start):
            yield Fault("events.toml", event.id, "end", WRONG, event.end)


def calls(vocabulary: Vocabulary) -> Iterator[Fault]:
    """A call asks for fields that an experience has."""
    experience = vocabulary.kind("experience")
    known = (*GIVEN, *(spec.id for spec in experience.facts.fields)) if experience else GIVEN
    for call in vocabulary.calls.values():
        asked = [line.field for line in call.fields]
        yield from unknown(f"calls/{call.id}.toml", call.id, "field", asked, known)
        for name in sorted({name for name in asked if asked.count(name) > 1}):
            yield Fault(f"calls/{call.id}.toml", call.id, "field", TWICE, name)


def criteria(vocabulary: Vocabulary) -> Iterator[Fault]:
    """A criterion names fields that an experience has."""
    experience = vocabulary.kind("experience")
    known = [spec.id for spec in experience.facts.fields] if experience else []
    for criterion in vocabulary.criteria:
        yield from unknown("criteria.toml", criterion.id, "fields", criterion.fields, known)


def field_names(kind: Kind) -> Iterator[Fault]:
    """No label or alias leads to two fields of one kind."""
    owners: dict[str, str] = {}
    for spec in kind.facts.fields:
        for name in dict.fromkeys(map(words, (*spec.labels.values(), *spec.aliases))):
            if owners.setdefault(name, spec.id) != spec.id:
                yield Fault("fields.toml", spec.id, "aliases", TWICE, name)
