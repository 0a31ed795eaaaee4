"""Texts as the formats need them: without illegal characters, on one line, in one language."""

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date, format_skeleton

from bank import languages
from bank.xml_writing import strip_illegal_xml


def single_line(text: str) -> str:
    """The text on one line: every run of blanks and line ends one blank, other control characters gone."""
    return " ".join(strip_illegal_xml(" ".join(text.split())).split())


def format_day(moment: date, language: str) -> str:
    """A day in words of the language."""
    return format_date(moment, format="long", locale=cldr_locale(language))


def format_partial_date(text: str, language: str) -> str:
    """``YYYY-MM-DD`` or ``YYYY-MM`` in words of the language; anything else, a year too, as it stands."""
    try:
        if len(text) == len("YYYY-MM"):
            return format_skeleton("yMMMM", datetime.fromisoformat(f"{text}-01"), locale=cldr_locale(language))
        return format_day(date.fromisoformat(text), language)
    except ValueError:
        return text


def cldr_locale(language: str) -> str:
    """The CLDR locale in which a language's numbers and dates are written."""
    return language if languages.is_language_code(language) and language != languages.UNKNOWN_LANGUAGE else "en"


def texts_by_language(value: object) -> Mapping[str, object] | None:
    """The value as texts, or lists of texts, by language; None when it is something else."""
    if not isinstance(value, Mapping) or not value:
        return None
    fits = all(isinstance(code, str) and languages.is_language_code(code) and _is_text(value[code]) for code in value)
    return value if fits else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list | tuple) and all(isinstance(item, str) for item in value))


def value_texts(value: object, language: str) -> list[str]:
    """A field's value as texts to show: one for each item of a list; of texts by language the one to read."""
    if value is None or value == "":
        return []
    texts = texts_by_language(value)
    if texts is not None:
        written = (texts[code] for code in (language, *sorted(texts)) if texts.get(code))
        return value_texts(next(written, None), language)
    if isinstance(value, Mapping):
        pairs = ((key, "; ".join(value_texts(item, language))) for key, item in value.items())
        return [", ".join(f"{key}: {text}" for key, text in pairs if text)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in value_texts(item, language)]
    return [str(value)]
