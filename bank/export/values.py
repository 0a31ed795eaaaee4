"""What an entry says to one line of a call's form, in words."""

from collections.abc import Callable, Mapping, Sequence

from babel.numbers import format_currency, format_decimal

from bank import languages
from bank.export.record import Record, RecordTerm
from bank.export.texts import by_language, dated, day, locale, parts
from bank.messages import N_, say
from bank.vocabulary import FieldSpec, Vocabulary

OLD_CHARTER = N_("{principle} (Charter of 2004)")
YES, NO = N_("Yes"), N_("No")
TERMS = ("themes", "principles", "sdgs", "groups", "licence", "kind")
RECORD_LICENCE = "CC0-1.0"
BETWEEN = " · "

Translated = Mapping[str, Sequence[str]]
"""Paragraphs or items by language."""
Say = Callable[[Record, str, Vocabulary], Sequence[str]]


def translated(record: Record, field: str, spec: FieldSpec | None) -> Translated | None:
    """What was written in words, by language; None for a field that holds no text by language."""
    if field in ("title", "summary"):
        texts: object = record.titles if field == "title" else record.summaries
    else:
        texts = record.fields.get(field)
        if spec is not None and spec.translated and isinstance(texts, str | list | tuple) and texts:
            texts = {record.language: texts}
    found = by_language(texts)
    if found is None:
        return {} if spec is not None and spec.translated else None
    written = {code: [line for text in parts(value, code) for line in lines(text)] for code, value in found.items()}
    return {code: items for code, items in written.items() if items}


def lines(text: str) -> list[str]:
    """The paragraphs of a text, blank ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def spoken(field: str, spec: FieldSpec | None, language: str, vocabulary: Vocabulary) -> str:
    """The language of the words that `said` gives: terms and choices have none outside the interface's languages."""
    worded = field in TERMS or (spec is not None and bool(spec.choices))
    return vocabulary.language if worded and language not in languages.INTERFACE else language


def said(record: Record, field: str, spec: FieldSpec | None, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    """A field that needs no translation, in words of `language`; empty when nothing is known."""
    if field in SAYINGS:
        return [text for text in SAYINGS[field](record, language, vocabulary) if text]
    return [line for text in _values(record.fields.get(field), spec, language) for line in lines(text)]


def _values(value: object, spec: FieldSpec | None, language: str) -> list[str]:
    if isinstance(value, bool):
        return [say(YES if value else NO, language)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _values(item, spec, language)]
    if isinstance(value, Mapping):
        return [_together(value, spec, language)]
    if spec is not None:
        chosen = next((choice for choice in spec.choices if choice.id == value), None)
        if chosen is not None:
            return [chosen.label(language)]
        if spec.type == "number" and isinstance(value, int | float):
            return [format_decimal(value, locale=locale(language))]
    shown = parts(value, language)
    return [dated(text, language) for text in shown] if spec is not None and spec.type == "date" else shown


def _together(value: Mapping[str, object], spec: FieldSpec | None, language: str) -> str:
    """A value of several parts: an amount of money, a period, a contact, a link."""
    rest = {key: item for key, item in value.items() if item not in (None, "")}
    amount, currency = rest.get("amount"), rest.get("currency")
    if isinstance(amount, int | float) and isinstance(currency, str):
        rest["amount"] = format_currency(amount, currency, locale=locale(language))
        del rest["currency"]
    period = spec is not None and spec.type == "period"
    shown = [text for item in rest.values() for text in _values(item, None, language)]
    return " – ".join(dated(text, language) for text in shown) if period else BETWEEN.join(shown)


def _countries(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    codes = dict.fromkeys(city.country for city in record.cities if city.country)
    return [languages.country_name(code, language) for code in codes]


def _themes(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    """Each theme under the bank's heading, the network's own term in brackets where it is another."""
    return [_theme(term, language, vocabulary) for term in record.themes]


def _theme(term: RecordTerm, language: str, vocabulary: Vocabulary) -> str:
    heading = vocabulary.bank_theme(term.id)
    own = _label(term, language, vocabulary)
    return own if heading is None or heading.id == term.id else f"{heading.label(language)} ({own})"


def _principles(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    numbered = ((term, f"{term.id}. {_label(term, language, vocabulary)}") for term in record.principles)
    return [say(OLD_CHARTER, language, principle=text) if term.charter == "2004" else text for term, text in numbered]


def _label(term: RecordTerm, language: str, vocabulary: Vocabulary) -> str:
    return languages.best_text(term.labels, language, vocabulary.language)[1] or term.id


def _events(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    wanted = language, vocabulary.language
    titled = ((languages.best_text(event.titles, *wanted)[1] or event.id, event.year) for event in record.events)
    return [f"{title} ({year})" if year and str(year) not in title else title for title, year in titled]


def _files(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    return [f"{file.name}: {file.url}" if file.shown else file.name for file in record.files]


def _licences(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    """The licences of the files; without files that of the record itself. Empty while one is not evaluated."""
    ids = dict.fromkeys(file.licence for file in record.files) or {RECORD_LICENCE: None}
    return [] if None in ids else [vocabulary.label("licence", id, language) for id in ids if id]


def _record_date(record: Record, language: str, vocabulary: Vocabulary) -> Sequence[str]:
    moment = record.updated or record.published
    return [day(moment, language)] if moment else []


SAYINGS: Mapping[str, Say] = {
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
    "language": lambda record, language, vocabulary: [languages.name(record.language, language)],
    "translations": lambda record, language, vocabulary: [languages.name(code, language) for code in record.titles],
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
        *(parts(record.fields.get("organisation"), language) or [city.name for city in record.cities[:1]])
    ],
}
"""What follows from the entry and not from a field of its kind."""
