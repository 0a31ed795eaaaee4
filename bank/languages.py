"""Languages: codes, names, and which of them the pages speak and the index can analyse."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError

INTERFACE_LANGUAGES = ("es", "en", "pt")
"""Languages that the pages, the API's sentences and the commands are translated into."""
ANALYSED_LANGUAGES = ("es", "pt", "ca", "fr", "en")
"""Languages whose words are stemmed for search; texts in any other language are found by their words as written."""
UNKNOWN_LANGUAGE = "und"
"""The ISO 639-2 code of a text whose language is undetermined."""
DEFAULT_LANGUAGE = "es"
"""The bank's own language where BANK_LANGUAGE says no other."""
LANGUAGE_TABLES = {
    "bank.search.analysis:SNOWBALL_NAMES": "the stemmer of its words",
    "bank.search.plurals:SINGULAR_RULES": "how a plural becomes a singular, or that the stemmer sees to it",
    "bank.search.stopwords:STOP_WORDS": "words that say nothing by themselves",
    "bank.ingest.text.language:COMMON_WORDS": "commonest words, by which it is told from the others",
    "bank.ingest.formats.ocr:TESSERACT_DATA": "what tesseract calls it",
    "bank.ingest.labelled.dates:MONTH_NAMES": "names of the months",
    "bank.ingest.labelled.numbers:SCALE_WORDS": "words for thousands and millions",
    "bank.tagging.ordinals:ORDINALS": "ordinals from first to twentieth",
    "bank.tagging.mentions:PRINCIPLE_WORDS": "what a principle is called in a text",
    "bank.tagging.mentions:CHARTER_WORDS": "what the Charter is called in a text",
    "bank.vocabulary.finding:NUMBERED_TERM_WORDS": "what stands before the number of a term that is written down",
    "bank.workflow.search.term_names:NUMBER_WORDS": "what stands before the number of a term that is asked for",
}
"""Table -> what it holds of every language in ANALYSED_LANGUAGES, by its code.

Whoever adds a language to ANALYSED_LANGUAGES fills these, gives the terms labels and example passages in it
(`bank vocabulary check` and the tests name what lacks), and looks through the sounds of `bank.search.sounds`, the
patterns of `bank.ingest.labelled` and the abbreviations of `bank.search.meaning.sentences`, which know no languages.
"""


def is_language_code(code: str) -> bool:
    """True for a two-letter code that CLDR knows, or any three lower-case ASCII letters.

    CLDR lacks nah (Nahuatl) and yua (Yucatec Maya), in which entries are written.
    """
    if not (code.isascii() and code.isalpha() and code.islower()):
        return False
    return len(code) == 3 or (len(code) == 2 and code in Locale("en").languages)


LANGUAGES_OF_NAMES = ("es", "en", "pt", "fr", "ca")
"""Languages in which people write the name of a language."""
LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*")
OTHER_LANGUAGE_NAMES = {
    **dict.fromkeys(("spa", "esp", "castellano", "castella", "castelhano", "castillan", "castilian"), "es"),
    **dict.fromkeys(("por", "brasileno", "brasileiro"), "pt"),
    **dict.fromkeys(("cat", "valenciano", "valencia", "valencian", "valencien"), "ca"),
    **dict.fromkeys(("fra", "fre"), "fr"),
    "eng": "en",
    **dict.fromkeys(("nahuatl", "nahua"), "nah"),
    **dict.fromkeys(("maya", "maya yucateco", "yucateco"), "yua"),
}
"""Folded names and codes of three letters that CLDR does not give -> code."""


def language_code(written: str) -> str | None:
    """The code of a language written as a code (``es-MX``) or by its name (``Portugués``); None for anything else.

    Names are those of CLDR in five languages, in any case, with or without accents; ``español de México`` is Spanish.
    """
    plain = fold_name(written)
    tag = LANGUAGE_TAG.fullmatch(plain)
    code = OTHER_LANGUAGE_NAMES.get(plain) or (OTHER_LANGUAGE_NAMES.get(tag[1], tag[1]) if tag else "")
    if is_language_code(code):
        return code
    named = language_names()
    first = plain.split(" ")[0].strip("(),;/")
    return named.get(plain) or named.get(first) or OTHER_LANGUAGE_NAMES.get(first)


@cache
def language_names() -> Mapping[str, str]:
    """Folded name of a language, in any of LANGUAGES_OF_NAMES -> its code."""
    found: dict[str, str] = {}
    for reader in LANGUAGES_OF_NAMES:
        for code, name in Locale(reader).languages.items():
            if is_language_code(code):
                found.setdefault(fold_name(name), code)
    return found


def fold_name(text: str) -> str:
    """In small letters, without accents, each run of blanks as one."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def language_name(code: str, reader: str) -> str:
    """The name of a language in the language `reader`: ``language_name("ca", "es") == "catalán"``.

    The code itself where CLDR has no name.
    """
    if code == UNKNOWN_LANGUAGE:
        return {"es": "sin determinar", "pt": "indeterminado"}.get(reader, "undetermined")
    try:
        return str(Locale.parse(reader).languages.get(code, code))
    except (UnknownLocaleError, ValueError):
        return code


def best_text(texts: Mapping[str, str], *wanted: str | None) -> tuple[str, str]:
    """(language, text) in the first of the `wanted` languages that has one, else English, else any, else ("und", "").

    Callers usually want the reader's language first, then the original's, then the bank's own.
    """
    for code in (*wanted, "en", *sorted(texts)):
        if code and texts.get(code):
            return code, texts[code]
    return UNKNOWN_LANGUAGE, ""


def country_name(code: str, reader: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2) in the language `reader`; the code itself where CLDR has none."""
    try:
        return str(Locale.parse(reader).territories.get(code.upper(), code))
    except (UnknownLocaleError, ValueError):
        return code


def is_country_code(code: str) -> bool:
    """True for a two-letter code (ISO 3166-1 alpha-2, in capitals or not) that CLDR knows."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.upper() in Locale("en").territories
