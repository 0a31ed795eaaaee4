"""All fields of an entry on its way, by group, as somebody reads them who reviews it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.field_types import complete
from bank.web.entry_fields import said
from bank.web.words import Words
from bank.workflow.deposits.values import empty, specs_of
from bank.workflow.entries.views import EntryCard


@dataclass(frozen=True, slots=True)
class ReadText:
    """A value in one language; `language` None where it has none. `items` are lines of plain text."""

    language: str | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadField:
    """A field with its label. `missing` are languages that other fields are written in and this one is not.

    `proposed` says where a value comes from that nobody has touched (see `DraftView`), empty where somebody has.
    """

    id: str
    label: str
    texts: tuple[ReadText, ...]
    missing: tuple[str, ...]
    network: bool
    required: bool
    proposed: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """Fields under a heading: those that say something or should, and the labels of those that are empty."""

    id: str
    label: str
    fields: tuple[ReadField, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the values are read with: labels, and the names of cities and events that the entry points to."""

    words: Words
    card: EntryCard
    events: Mapping[str, Mapping[str, str]]
    proposed: Mapping[str, Mapping[str, object]]


def groups_of(vocabulary: Vocabulary, reading: Reading, values: Mapping[str, object]) -> Iterator[ReadGroup]:
    """The groups of the entry's kind that have fields, in their order."""
    specs = specs_of(vocabulary, reading.card.kind).values()
    spoken = languages_of(specs, values)
    for group in vocabulary.field_groups:
        mine = [spec for spec in specs if spec.group == group.id and not spec.field_type.is_file]
        told = [spec for spec in mine if spec.required or not empty(values.get(spec.id))]
        fields = tuple(read_field(spec, values.get(spec.id), spoken, reading) for spec in told)
        rest = tuple(spec.label(reading.words.language) for spec in mine if spec not in told)
        if mine:
            yield ReadGroup(group.id, group.label(reading.words.language), fields, rest)


def languages_of(specs: Iterable[FieldSpec], values: Mapping[str, object]) -> tuple[str, ...]:
    """Every language that a translated field is written in, in the order in which they are met."""
    found = (values.get(spec.id) for spec in specs if spec.translated)
    written = [code for value in found if isinstance(value, dict) for code, text in value.items() if not empty(text)]
    return tuple(dict.fromkeys(written))


def read_field(spec: FieldSpec, value: object, spoken: Iterable[str], reading: Reading) -> ReadField:
    there = [] if empty(value) else list(texts_of(spec, value, reading))
    missing = [code for code in spoken if code not in {text.language for text in there}] if spec.translated else []
    return ReadField(
        id=spec.id,
        label=spec.label(reading.words.language),
        texts=tuple(there),
        missing=tuple(missing) if there else (),
        network=spec.visible == "network",
        required=spec.required,
        proposed=reading.proposed.get(spec.id, {}),
    )


def texts_of(spec: FieldSpec, value: object, reading: Reading) -> Iterator[ReadText]:
    """The value, once for each of its languages where it is translated."""
    if spec.translated and isinstance(value, dict):
        for code, text in value.items():
            if not empty(text):
                yield ReadText(code, tuple(said(spec, text, reading.words)))
    else:
        yield ReadText(None, tuple(lines_of(spec, value, reading)))


def lines_of(spec: FieldSpec, value: object, reading: Reading) -> Iterator[str]:
    """An untranslated value as lines; ids of cities, events, terms, languages and licences by their names."""
    return LINES[spec.type](spec, value, reading)


def as_public(spec: FieldSpec, value: object, reading: Reading) -> Iterator[str]:
    """As the page of a published entry says it."""
    return said(spec, value, reading.words)


def city_lines(spec: FieldSpec, value: object, reading: Reading) -> Iterator[str]:
    names = {city.id: city.name for city in reading.card.cities}
    yield from (names.get(str(id), str(id)) for id in several(value))


def event_lines(spec: FieldSpec, value: object, reading: Reading) -> Iterator[str]:
    """The title of each event with the role there."""
    for one in several(value):
        id, role = (str(one.get(key, "")) for key in ("id", "role")) if isinstance(one, dict) else (str(one), "")
        title = reading.words.best(reading.events.get(id, {"und": id}))[1]
        yield f"{title} · {reading.words.event_role(role)}"


def term_lines(spec: FieldSpec, value: object, reading: Reading) -> Iterator[str]:
    yield from (term_of(spec.vocabulary or "", str(id), reading.words) for id in several(value))


def language_lines(spec: FieldSpec, value: object, reading: Reading) -> Iterator[str]:
    yield reading.words.language_name(str(value))


def licence_lines(spec: FieldSpec, value: object, reading: Reading) -> Iterator[str]:
    yield reading.words.label("licence", str(value))


def several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def term_of(vocabulary: str, id: str, words: Words) -> str:
    """A term's label, with its number where it is known by it."""
    label = words.label(vocabulary, id)
    return f"{id} · {label}" if vocabulary in ("principle", "sdg") else label


LINES: Mapping[str, Callable[[FieldSpec, object, Reading], Iterator[str]]] = complete(
    {
        "text": as_public,
        "longtext": as_public,
        "list": as_public,
        "number": as_public,
        "year": as_public,
        "month": as_public,
        "date": as_public,
        "period": as_public,
        "money": as_public,
        "choice": as_public,
        "choices": as_public,
        "cities": city_lines,
        "city": city_lines,
        "terms": term_lines,
        "events": event_lines,
        "links": as_public,
        "bool": as_public,
        "contact": as_public,
        "licence": licence_lines,
        "attachment": as_public,
        "language": language_lines,
    },
    "how the values of each type are read by a reviewer",
)
