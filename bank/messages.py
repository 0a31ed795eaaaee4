"""Sentences of the bank in the reader's language.

Sentences stand in the code in English and are translated by gettext catalogues under ``bank/locales``. The
catalogues are read as text (.po), so there is nothing to compile. ``N_`` marks a sentence that is
translated later, where it is shown.
"""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bank.languages import INTERFACE_LANGUAGES


def N_(sentence: str) -> str:  # noqa: N802 - gettext's customary name
    """Marks a sentence for translation and returns it unchanged."""
    return sentence


@cache
def translations(language: str) -> NullTranslations:
    """gettext translations for an interface language; English sentences for any other."""
    if language not in INTERFACE_LANGUAGES or language == "en":
        return NullTranslations()
    source = files("bank").joinpath("locales", f"{language}.po")
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def say(sentence: str, language: str, **values: object) -> str:
    """The sentence in `language`, its ``{named}`` places filled."""
    text = translations(language).gettext(sentence)
    return text.format(**values) if values else text


def say_many(one: str, many: str, number: int, language: str, **values: object) -> str:
    """The singular or plural sentence for `number`, which also fills ``{number}``."""
    text = translations(language).ngettext(one, many, number)
    return text.format(number=number, **values)
