"""Values of an entry as texts for one field of a call's form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from babel import localedata
from babel.numbers import format_currency, format_decimal

from bank import languages
from bank.export.record import Record, RecordTerm
from bank.export.texts import cldr_locale, format_day, format_partial_date, texts_by_language, value_texts
from bank.messages import N_, say
from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.field_types import complete_table

OLD_CHARTER_PRINCIPLE = N_("{principle} (Charter of 2004)")
ANSWER_YES, ANSWER_NO = N_("Yes"), N_("No")
WORDED_FIELDS = ("themes", "principles", "sdgs", "groups", "licence", "kind")
RECORD_LICENCE = "CC0-1.0"
VALUE_PARTS_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class NumberWriting:
    """How values are written: in a language, and numbers as a country (ISO 3166-1 alpha-2, or empty) writes them."""

    language: str
    country: str = ""

    @property
    def locale(self) -> str:
        """CLDR's locale of language and country, such as ``es_MX``; of the language alone where it has none."""
        own = cldr_locale(self.language)
        known = f"{own}_{self.country}"
        return known if self.country and localedata.exists(known) else own


TranslatedTexts = Mapping[str, Sequence[str]]
"""Language -> paragraphs or items."""
DeriveAnswer = Callable[[Record, str, Vocabulary], Sequence[str]]


def translated_texts(record: Record, field: str, spec: FieldSpec | None) -> TranslatedTexts | None:
    """A field's text as paragraphs or items by language.

    {} for a translated field without text, None for a field that holds no text by language.
    """
    if field in ("title", "summary"):
        texts: object = record.titles if field == "title" else record.summaries
    else:
        texts = record.fields.get(field)
        if spec is not None and spec.translated and isinstance(texts, str | list | tuple) and texts:
            texts = {record.language: texts}
    found = texts_by_language(texts)
    if found is None:
        return {} if spec is not None and spec.translated else None
    written = {
        code: [line for text in value_texts(value, code) for line in text_paragraphs(text)]
        for code, value in found.items()
    }
    return {code: items for code, items in written.items() if items}


def text_paragraphs(text: str) -> list[str]:
    """The lines of a text, stripped, blank ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def answer_language(field: str, spec: FieldSpec | None, language: str, vocabulary: Vocabulary) -> str:
    """The language in which to ask `answer_texts` for a field: `language`, or the vocabulary's own.

    Labels of terms and choices exist in the interface's languages only.
    """
    worded = field in WORDED_FIELDS or (spec is not None and bool(spec.choices))
    return vocabulary.language if worded and language not in languages.INTERFACE_LANGUAGES else language


def answer_texts(
    record: Record, field: str, spec: FieldSpec | None, language: str, vocabulary: Vocabulary
) -> Sequence[str]:
    """The texts of a field that is not translated, in `language`; empty where the entry has no value for it."""
    if field in DERIVED_ANSWERS:
        return [text for text in DERIVED_ANSWERS[field](record, language, vocabulary) if text]
    writing = NumberWriting(language, record.network_country)
    return [line for text in _values(record.fields.get(field), spec, writing) for line in text_paragraphs(text)]


def _values(value: object, spec: FieldSpec | None, writing: NumberWriting) -> list[str]:
    """A value as texts: as its field's type says, or by the value alone where there is no specification."""
    return _any(value, spec, writing) if spec is None else TYPE_WORDINGS[spec.type](value, spec, writing)


def _any(value: object, spec: FieldSpec | None, writing: NumberWriting) -> list[str]:
    """A value of any type: the items of a list, the parts of an object on one line, the label of a choice, a text."""
    if isinstance(value, bool):
        return [say(ANSWER_YES if value else ANSWER_NO, writing.language)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _values(item, spec, writing)]
    if isinstance(value, Mapping):
        return [VALUE_PARTS_SEPARATOR.join(_parts(value, writing))]
    chosen = next((choice for choice in spec.choices if choice.id == value), None) if spec is not None else None
    return [chosen.label(writing.language)] if chosen is not None else value_texts(value, writing.language)


def _parts(value: Mapping[str, object], writing: NumberWriting) -> list[str]:
    """The parts of an object that have a value, in their order, as texts."""
    return [text for item in value.values() if item not in (None, "") for text in _any(item, None, writing)]


def _number(value: object, spec: FieldSpec, writing: NumberWriting) -> list[str]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [format_decimal(value, locale=writing.locale)]
    return _any(value, spec, writing)


def _date(value: object, spec: FieldSpec, writing: NumberWriting) -> list[str]:
    return (
        [format_partial_date(value, writing.language)]
        if isinstance(value, str) and value
        else _any(value, spec, writing)
    )


def _period(value: object, spec: FieldSpec, writing: NumberWriting) -> list[str]:
    if not isinstance(value, Mapping):
        return _any(value, spec, writing)
    return [" – ".join(format_partial_date(text, writing.language) for text in _parts(value, writing))]


def _money(value: object, spec: FieldSpec, writing: NumberWriting) -> list[str]:
    """An amount with its currency as the country writes it, then the year; the bare parts where it is no number."""
    found = value if isinstance(value, Mapping) else {}
    amount, currency = found.get("amount"), found.get("currency")
    if not isinstance(amount, int | float) or not isinstance(currency, str) or not currency:
        return _any(value, spec, writing)
    written = format_currency(amount, currency, locale=writing.locale)
    rest = {key: item for key, item in found.items() if key != "currency"}
    return _any({**rest, "amount": written}, spec, writing)


def _countries(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    codes = dict.fromkeys(city.country for city in record.cities if city.country)
    return [languages.country_name(code, language) for code in codes]


def _themes(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    """Each theme by its heading in the international bank, with the network's own term in brackets where it differs."""
    return [_theme(term, language, vocabulary) for term in record.themes]


def _theme(term: RecordTerm, language: str, vocabulary: Vocabulary) -> str:
    heading = vocabulary.bank_theme(term.id)
    own = _label(term, language, vocabulary)
    return own if heading is None or heading.id == term.id else f"{heading.label(language)} ({own})"


def _principles(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    numbered = ((term, f"{term.id}. {_label(term, language, vocabulary)}") for term in record.principles)
    return [
        say(OLD_CHARTER_PRINCIPLE, language, principle=text) if term.charter == "2004" else text
        for term, text in numbered
    ]


def _label(term: RecordTerm, language: str, vocabulary: Vocabulary) -> str:
    return languages.best_text(term.labels, language, vocabulary.language)[1] or term.id


def _events(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    wanted = language, vocabulary.language
    titled = ((languages.best_text(event.titles, *wanted)[1] or event.id, event.year) for event in record.events)
    return [f"{title} ({year})" if year and str(year) not in title else title for title, year in titled]


def _files(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    return [f"{file.name}: {file.url}" if file.shown else file.name for file in record.files]


def _licences(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    """The licences of the files, or that of the record where there are none; empty while a file's is not evaluated."""
    ids = dict.fromkeys(file.licence for file in record.files) or {RECORD_LICENCE: None}
    return [] if None in ids else [vocabulary.label("licence", id, language) for id in ids if id]


def _record_date(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    moment = record.updated or record.published
    return [format_day(moment, language)] if moment else []


DERIVED_ANSWERS: Mapping[str, DeriveAnswer] = {
    "city": lambda record, language, vocabulary: [city.name for city in record.cities[:1]],
    "cities": lambda record, language, vocabulary: [city.name for city in record.cities[1:]],
    "country": _countries,
    "start_year": lambda record, language, vocabulary: [str(record.year or "")],
    "themes": _themes,
    "principles": _principles,
    "sdgs": lambda record, language, vocabulary: [
        f"{term.id}. {_label(term, language, vocabulary)}" for term in record.sdgs
    ],
    "groups": lambda record, language, vocabulary: [_label(term, language, vocabulary) for term in record.groups],
    "language": lambda record, language, vocabulary: [languages.language_name(record.language, language)],
    "translations": lambda record, language, vocabulary: [
        languages.language_name(code, language) for code in record.titles
    ],
    "events": _events,
    "files": _files,
    "licence": _licences,
    "record_date": _record_date,
    "version": lambda record, language, vocabulary: [str(record.version)],
    "identifier": lambda record, language, vocabulary: [record.identifier],
    "uid": lambda record, language, vocabulary: [record.uid],
    "url": lambda record, language, vocabulary: [record.url],
    "kind": lambda record, language, vocabulary: [
        languages.best_text(record.kind_labels, language, vocabulary.language)[1]
    ],
    "author": lambda record, language, vocabulary: [
        *(value_texts(record.fields.get("organisation"), language) or [city.name for city in record.cities[:1]])
    ],
}
"""Field id -> function, for fields whose answer comes from the entry's columns, tags and files, not from its kind."""
TYPE_WORDINGS: Mapping[str, Callable[[object, FieldSpec, NumberWriting], list[str]]] = complete_table(
    {
        "text": _any,
        "longtext": _any,
        "list": _any,
        "number": _number,
        "year": _any,
        "month": _any,
        "date": _date,
        "period": _period,
        "money": _money,
        "choice": _any,
        "choices": _any,
        "cities": _any,
        "city": _any,
        "terms": _any,
        "events": _any,
        "links": _any,
        "bool": _any,
        "contact": _any,
        "licence": _any,
        "attachment": _any,
        "language": _any,
    },
    "how an export says the values of each type",
)
