"""Folds written labels so that they can be compared. Unlike the analysis of the search, nothing is stemmed here."""

import re
import unicodedata

FIRST_COMBINING = "\u0300"
"""No character before this one is an accent to be put on another."""
_PUNCTUATION = re.compile(r"[^\w@+]+|_")


def fold_text(text: str) -> str:
    """Lower case, NFKC, no accents, runs of blanks as one: ``fold_text(" León ") == "leon"``."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = [letter for letter in plain if letter < FIRST_COMBINING or not unicodedata.combining(letter)]
    return " ".join("".join(kept).split())


def fold_label(text: str) -> str:
    """As `fold_text`, punctuation replaced by a blank: ``fold_label("CC-BY 4.0") == "cc by 4 0"``."""
    return " ".join(_PUNCTUATION.sub(" ", fold_text(text)).split())


def fold_abbreviation(text: str) -> str:
    """As `fold_label`, without blanks, for abbreviations: ``fold_abbreviation("N. L.") == "nl"``."""
    return fold_label(text).replace(" ", "")
