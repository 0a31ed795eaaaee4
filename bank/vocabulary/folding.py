"""Bringing written labels together for matching. Not the analysis of the search: nothing is stemmed here."""

import re
import unicodedata

_PUNCTUATION = re.compile(r"[^\w@+]+|_")


def fold(text: str) -> str:
    """Lower case, NFKC, accents stripped, runs of blanks as one: ``fold(" León ") == "leon"``."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def words(text: str) -> str:
    """As `fold`, and punctuation counts as a blank: ``words("CC-BY 4.0") == "cc by 4 0"``."""
    return " ".join(_PUNCTUATION.sub(" ", fold(text)).split())


def letters(text: str) -> str:
    """As `words` without blanks, for abbreviations: ``letters("N. L.") == "nl"``."""
    return words(text).replace(" ", "")
