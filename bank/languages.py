"""Languages: codes, names, and which of them the pages speak and the index can analyse."""

from collections.abc import Mapping

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
