"""From words to terms: the one family of functions that index, query, spelling and snippets share.

A word is kept as it was written (lower case, with accents) beside its stem, so that a term is the triple language,
stem, word. Words are asked for by stem within a language; phrases, prefixes and names by the folded word itself.
"""

import re
import threading
from functools import lru_cache

import Stemmer

from bank.languages import ANALYSED, UNKNOWN
from bank.search.folding import flat, fold
from bank.search.plurals import singular
from bank.search.stopwords import STOP_WORDS

VERSION = 1
NAMES = "="
"""The language of names (cities, series, codes), which have no stem but themselves."""
OTHER_FORM = 0.25
LANGUAGES = (*ANALYSED, UNKNOWN)
SNOWBALL = {"es": "spanish", "pt": "portuguese", "ca": "catalan", "fr": "french", "en": "english"}
UNFOLDED = {
    "pt": (re.compile(r"cao$"), "ção"),
    "ca": (re.compile(r"cio$"), "ció"),
}
"""Endings that Snowball knows only with their accents, given back after folding."""

_own = threading.local()


def analysed(language: str) -> str:
    """The language that a text is analysed as: itself, or `und` for one that no stemmer is here for."""
    return language if language in ANALYSED else UNKNOWN


def _stemmer(language: str) -> Stemmer.Stemmer:
    stemmers = _own.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(SNOWBALL[language])
    return stemmers[language]


@lru_cache(maxsize=400_000)
def stem(word: str, language: str) -> str:
    """What the forms of a word have in common in a language; always begins with the word's first two letters."""
    plain = flat(word)
    if language == NAMES or not plain.isalpha():
        return plain
    short = singular(plain, language)
    if language in SNOWBALL:
        if language in UNFOLDED:
            ending, accented = UNFOLDED[language]
            short = ending.sub(accented, short)
        short = flat(_stemmer(language).stemWord(short))
    return short if short[:2] == plain[:2] else plain


def same_word(asked: str, word: str) -> bool:
    """True when both are the same word, accents aside; an ñ that was asked for must be there."""
    return flat(asked) == flat(word) and tilde_kept(asked, word)


def same_stem(asked: str, word: str, language: str) -> bool:
    """True when `word`, found in a text of `language`, is a form of the word asked for."""
    return stem(asked, language) == stem(word, language) and tilde_kept(asked, word)


def form_share(asked: str, word: str, language: str) -> float:
    """How much a form of the word asked for counts: wholly in either number, a quarter where only the stem is the same.

    So educación finds educadora too, but entries and pages that say educación come first.
    """
    return 1.0 if singular(flat(asked), language) == singular(flat(word), language) else OTHER_FORM


def tilde_kept(asked: str, word: str) -> bool:
    """True when every ñ of the word asked for stands in the other word too; n asks for both."""
    if "ñ" not in asked:
        return True
    there = fold(word)
    return all(there[at : at + 1] == "ñ" for at, letter in enumerate(fold(asked)) if letter == "ñ")


def is_stop_word(word: str, language: str) -> bool:
    """True for a word that says nothing by itself in `language`."""
    return flat(word) in STOP_WORDS.get(language, frozenset())
