"""Languages that the bank knows: which pages it speaks, which texts it can analyse."""

from collections.abc import Mapping

from babel import Locale, UnknownLocaleError

INTERFACE_LANGUAGES = ("es", "en", "pt")
ANALYSED_LANGUAGES = ("es", "pt", "ca", "fr", "en")
UNKNOWN_LANGUAGE = "und"
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
"""Table -> what it holds of every language in ANALYSED, by its code.

Whoever adds a language to ANALYSED fills these, gives the terms their other labels and example passages in it
(`bank vocabulary check` and the tests name what lacks), and looks through the sounds of `bank.search.sounds`, the
patterns of `bank.ingest.labelled` and the abbreviations of `bank.search.meaning.sentences`, which know no languages.
"""


def is_language_code(code: str) -> bool:
    """True for a code of two letters that CLDR knows, or any of three: CLDR lacks nah and yua, written here."""
    if not (code.isascii() and code.isalpha() and code.islower()):
        return False
    return len(code) == 3 or (len(code) == 2 and code in Locale("en").languages)


def language_name(code: str, reader: str) -> str:
    """The language's name as `reader` calls it (``name("ca", "es") == "catalán"``); the code where CLDR has none."""
    if code == UNKNOWN_LANGUAGE:
        return {"es": "sin determinar", "pt": "indeterminado"}.get(reader, "undetermined")
    try:
        return str(Locale.parse(reader).languages.get(code, code))
    except (UnknownLocaleError, ValueError):
        return code


def best_text(texts: Mapping[str, str], *wanted: str | None) -> tuple[str, str]:
    """The (language, text) of the first language wanted that has a text, else English, else any; ("und", "") of none.

    Who asks wants the reader's language first, then perhaps the original's, then the bank's own.
    """
    for code in (*wanted, "en", *sorted(texts)):
        if code and texts.get(code):
            return code, texts[code]
    return UNKNOWN_LANGUAGE, ""


def country_name(code: str, reader: str) -> str:
    """The country's name as `reader` calls it (CLDR); the code itself where CLDR has none."""
    try:
        return str(Locale.parse(reader).territories.get(code.upper(), code))
    except (UnknownLocaleError, ValueError):
        return code
