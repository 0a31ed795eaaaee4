"""Texts as export formats need them: without illegal characters, on one line, in one language."""

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date, format_skeleton

from bank import languages
from bank.xml_writing import strip_illegal_xml


def single_line(text: str) -> str:
    """The text on one line: each run of white space becomes one blank, characters illegal in XML are dropped."""
    return " ".join(strip_illegal_xml(" ".join(text.split())).split())


def format_day(moment: date, language: str) -> str:
    """A date written out in `language`: ``3 de mayo de 2024``."""
    return format_date(moment, format="long", locale=cldr_locale(language))


def format_partial_date(text: str, language: str) -> str:
    """``YYYY-MM-DD`` or ``YYYY-MM`` written out in `language`; anything else, such as a year alone, unchanged."""
    try:
        if len(text) == len("YYYY-MM"):
            return format_skeleton("yMMMM", datetime.fromisoformat(f"{text}-01"), locale=cldr_locale(language))
        return format_day(date.fromisoformat(text), language)
    except ValueError:
        return text


def cldr_locale(language: str) -> str:
    """The locale in which numbers and dates of a language are written; ``en`` for an unknown language."""
    return language if languages.is_language_code(language) and language != languages.UNKNOWN_LANGUAGE else "en"


def texts_by_language(value: object) -> Mapping[str, object] | None:
    """The value if it maps language codes to texts or lists of texts; None for anything else, and for an empty one."""
    if not isinstance(value, Mapping) or not value:
        return None
    fits = all(isinstance(code, str) and languages.is_language_code(code) and _is_text(value[code]) for code in value)
    return value if fits else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list | tuple) and all(isinstance(item, str) for item in value))


def value_texts(value: object, language: str) -> list[str]:
    """A field's value as texts, one for each item of a list; of texts by language that in `language`, else another."""
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
