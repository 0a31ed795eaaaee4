"""All fields of a submission, by group, read only: for the review desk and for the depositor's sheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.field_types import complete_table
from bank.web.entry_fields import value_lines
from bank.web.words import Words
from bank.workflow.deposits.values import field_specs, is_empty_value
from bank.workflow.entries.views import EntryCard


@dataclass(frozen=True, slots=True)
class ReadOnlyText:
    """A value in one language (None where it is not a translated one). `items` are lines of plain text."""

    language: str | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadOnlyField:
    """A field with its label. `missing` are languages that other fields are written in and this one is not.

    `network`: only the network sees it. `proposed` tells where a value comes from that nobody has touched yet (see
    `DraftView`), empty where somebody has.
    """

    id: str
    label: str
    texts: tuple[ReadOnlyText, ...]
    missing: tuple[str, ...]
    network: bool
    required: bool
    proposed: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReadOnlyGroup:
    """Fields under a heading: `fields` have a value or are required; `empty` are the labels of the others."""

    id: str
    label: str
    fields: tuple[ReadOnlyField, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadOnlyContext:
    """What turns values into text: the language's words, and the entry's card, which has the names of its cities.

    `events` are event id -> titles by language; `proposed` is field -> note on a proposed value (see `DraftView`).
    """

    words: Words
    card: EntryCard
    events: Mapping[str, Mapping[str, str]]
    proposed: Mapping[str, Mapping[str, object]]


def read_only_groups(
    vocabulary: Vocabulary, reading: ReadOnlyContext, values: Mapping[str, object]
) -> Iterator[ReadOnlyGroup]:
    """The groups that have fields of the entry's kind, in the vocabulary's order, with the entry's `values`."""
    specs = field_specs(vocabulary, reading.card.kind).values()
    spoken = written_languages(specs, values)
    for group in vocabulary.field_groups:
        mine = [spec for spec in specs if spec.group == group.id and not spec.field_type.is_file]
        told = [spec for spec in mine if spec.required or not is_empty_value(values.get(spec.id))]
        fields = tuple(read_only_field(spec, values.get(spec.id), spoken, reading) for spec in told)
        rest = tuple(spec.label(reading.words.language) for spec in mine if spec not in told)
        if mine:
            yield ReadOnlyGroup(group.id, group.label(reading.words.language), fields, rest)


def written_languages(specs: Iterable[FieldSpec], values: Mapping[str, object]) -> tuple[str, ...]:
    """Every language that a translated field is written in, in the order of the fields."""
    found = (values.get(spec.id) for spec in specs if spec.translated)
    written = [
        code for value in found if isinstance(value, dict) for code, text in value.items() if not is_empty_value(text)
    ]
    return tuple(dict.fromkeys(written))


def read_only_field(spec: FieldSpec, value: object, spoken: Iterable[str], reading: ReadOnlyContext) -> ReadOnlyField:
    """A field with its value as texts; `spoken` are the languages that the entry's fields are written in."""
    there = [] if is_empty_value(value) else list(read_only_texts(spec, value, reading))
    missing = [code for code in spoken if code not in {text.language for text in there}] if spec.translated else []
    return ReadOnlyField(
        id=spec.id,
        label=spec.label(reading.words.language),
        texts=tuple(there),
        missing=tuple(missing) if there else (),
        network=spec.visible == "network",
        required=spec.required,
        proposed=reading.proposed.get(spec.id, {}),
    )


def read_only_texts(spec: FieldSpec, value: object, reading: ReadOnlyContext) -> Iterator[ReadOnlyText]:
    """The value as texts: one for each language of a translated field, else one."""
    if spec.translated and isinstance(value, dict):
        for code, text in value.items():
            if not is_empty_value(text):
                yield ReadOnlyText(code, tuple(value_lines(spec, text, reading.words)))
    else:
        yield ReadOnlyText(None, tuple(read_only_lines(spec, value, reading)))


def read_only_lines(spec: FieldSpec, value: object, reading: ReadOnlyContext) -> Iterator[str]:
    """A value that is not translated, as lines: cities, events, terms, languages and licences by their names."""
    return REVIEW_LINES[spec.type](spec, value, reading)


def public_lines(spec: FieldSpec, value: object, reading: ReadOnlyContext) -> Iterator[str]:
    """The lines that the page of a published entry shows."""
    return value_lines(spec, value, reading.words)


def city_lines(spec: FieldSpec, value: object, reading: ReadOnlyContext) -> Iterator[str]:
    names = {city.id: city.name for city in reading.card.cities}
    yield from (names.get(str(id), str(id)) for id in value_list_lines(value))


def event_lines(spec: FieldSpec, value: object, reading: ReadOnlyContext) -> Iterator[str]:
    """The title of each event with the entry's role there."""
    for one in value_list_lines(value):
        id, role = (str(one.get(key, "")) for key in ("id", "role")) if isinstance(one, dict) else (str(one), "")
        title = reading.words.best(reading.events.get(id, {"und": id}))[1]
        yield f"{title} · {reading.words.event_role(role)}"


def term_lines(spec: FieldSpec, value: object, reading: ReadOnlyContext) -> Iterator[str]:
    yield from (numbered_term_label(spec.vocabulary or "", str(id), reading.words) for id in value_list_lines(value))


def language_lines(spec: FieldSpec, value: object, reading: ReadOnlyContext) -> Iterator[str]:
    yield reading.words.language_name(str(value))


def licence_lines(spec: FieldSpec, value: object, reading: ReadOnlyContext) -> Iterator[str]:
    yield reading.words.label("licence", str(value))


def value_list_lines(value: object) -> list[object]:
    """The value if it is a list, else a list of it alone."""
    return value if isinstance(value, list) else [value]


def numbered_term_label(vocabulary: str, id: str, words: Words) -> str:
    """A term's label, for principles and SDGs with the number before it."""
    label = words.label(vocabulary, id)
    return f"{id} · {label}" if vocabulary in ("principle", "sdg") else label


REVIEW_LINES: Mapping[str, Callable[[FieldSpec, object, ReadOnlyContext], Iterator[str]]] = complete_table(
    {
        "text": public_lines,
        "longtext": public_lines,
        "list": public_lines,
        "number": public_lines,
        "year": public_lines,
        "month": public_lines,
        "date": public_lines,
        "period": public_lines,
        "money": public_lines,
        "choice": public_lines,
        "choices": public_lines,
        "cities": city_lines,
        "city": city_lines,
        "terms": term_lines,
        "events": event_lines,
        "links": public_lines,
        "bool": public_lines,
        "contact": public_lines,
        "licence": licence_lines,
        "attachment": public_lines,
        "language": language_lines,
    },
    "how the values of each type are read by a reviewer",
)
