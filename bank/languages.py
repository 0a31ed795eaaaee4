"""Languages that the bank knows: which pages it speaks, which texts it can analyse."""

from collections.abc import Mapping

from babel import Locale, UnknownLocaleError

INTERFACE = ("es", "en", "pt")
ANALYSED = ("es", "pt", "ca", "fr", "en")
UNKNOWN = "und"
DEFAULT = "es"
"""The bank's own language where BANK_LANGUAGE says no other."""


def is_code(code: str) -> bool:
    """True for a code of two letters that CLDR knows, or any of three: CLDR lacks nah and yua, written here."""
    if not (code.isascii() and code.isalpha() and code.islower()):
        return False
    return len(code) == 3 or (len(code) == 2 and code in Locale("en").languages)


def name(code: str, reader: str) -> str:
    """The language's name as `reader` calls it (``name("ca", "es") == "catalán"``); the code where CLDR has none."""
    if code == UNKNOWN:
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
    return UNKNOWN, ""


def country_name(code: str, reader: str) -> str:
    """The country's name as `reader` calls it (CLDR); the code itself where CLDR has none."""
    try:
        return str(Locale.parse(reader).territories.get(code.upper(), code))
    except (UnknownLocaleError, ValueError):
        return code
