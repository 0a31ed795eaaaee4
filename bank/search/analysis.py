"""Text analysis: words to stems, the same for index, query, spelling and snippets.

A word is kept as it was written (lower case, with accents) beside its stem, so that a term is the triple language,
stem, word. Words are asked for by stem within a language; phrases, prefixes and names by the folded word itself.
"""

import re
import threading
from functools import lru_cache

import Stemmer

from bank.languages import ANALYSED_LANGUAGES, UNKNOWN_LANGUAGE
from bank.search.folding import fold_keeping_tilde, fold_word
from bank.search.plurals import is_inflection, singular
from bank.search.stopwords import STOP_WORDS

ANALYSIS_VERSION = 2
"""Raise it when stems or folding change: every index is then filled anew."""
NAMES_LANGUAGE = "="
"""The language of names (cities, series, codes), which have no stem but themselves."""
OTHER_FORM_SHARE = 0.25
"""Weight of another form of a word that shares only its stem."""
ANALYSIS_LANGUAGES = (*ANALYSED_LANGUAGES, UNKNOWN_LANGUAGE)
SNOWBALL_NAMES = {"es": "spanish", "pt": "portuguese", "ca": "catalan", "fr": "french", "en": "english"}
"""Language -> the name of its Snowball stemmer."""
ACCENTED_ENDINGS = {
    "pt": (re.compile(r"cao$"), "ção"),
    "ca": (re.compile(r"cio$"), "ció"),
}
"""Endings that Snowball knows only with their accents, given back after folding."""

_own = threading.local()


def analysis_language(language: str) -> str:
    """The language whose stemmer analyses a text in `language`; `und` where there is none."""
    return language if language in ANALYSED_LANGUAGES else UNKNOWN_LANGUAGE


def _stemmer(language: str) -> Stemmer.Stemmer:
    """This thread's stemmer of a language: a stemmer must not be shared between threads."""
    stemmers = _own.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(SNOWBALL_NAMES[language])
    return stemmers[language]


@lru_cache(maxsize=400_000)
def stem(word: str, language: str) -> str:
    """The stem of a word in a language: plural step, then Snowball, then folded.

    It keeps the word's first two letters; where it would not, the folded word is the stem. So it is of names, and of
    what holds anything but letters.
    """
    plain = fold_word(word)
    if language == NAMES_LANGUAGE or not plain.isalpha():
        return plain
    short = singular(plain, language)
    if language in SNOWBALL_NAMES:
        if language in ACCENTED_ENDINGS:
            ending, accented = ACCENTED_ENDINGS[language]
            short = ending.sub(accented, short)
        short = fold_word(_stemmer(language).stemWord(short))
    return short if short[:2] == plain[:2] else plain


def same_word(asked: str, word: str) -> bool:
    """True when both are the same word, accents aside; an ñ that was asked for must be there."""
    return fold_word(asked) == fold_word(word) and keeps_tilde(asked, word)


def same_stem(asked: str, word: str, language: str) -> bool:
    """True when `word`, found in a text of `language`, is a form of the word asked for."""
    return stem(asked, language) == stem(word, language) and keeps_tilde(asked, word)


def form_share(asked: str, word: str, language: str) -> float:
    """How much a form of the word asked for counts: 1 for an inflection, a quarter where only the stem is shared.

    So educación finds educadora too, but entries and pages that say educación come first.
    """
    return 1.0 if is_inflection(fold_word(asked), fold_word(word), language) else OTHER_FORM_SHARE


def keeps_tilde(asked: str, word: str) -> bool:
    """True when every ñ of the word asked for stands in the other word too; n asks for both."""
    if "ñ" not in asked:
        return True
    there = fold_keeping_tilde(word)
    return all(there[at : at + 1] == "ñ" for at, letter in enumerate(fold_keeping_tilde(asked)) if letter == "ñ")


def is_stop_word(word: str, language: str) -> bool:
    """True for a word that says nothing by itself in `language`."""
    return fold_word(word) in STOP_WORDS.get(language, frozenset())
