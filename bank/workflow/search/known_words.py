"""Words that are never taken for misspelt: those of the bank's own vocabulary, whether or not some entry has them.

So that *huertos*, in a bank without gardens, is not corrected to *cuentos*.
"""

from collections.abc import Mapping
from functools import cache

from bank.languages import ANALYSED_LANGUAGES
from bank.search.analysis import stem
from bank.search.folding import split_words
from bank.vocabulary import load_vocabulary
from bank.vocabulary.acronyms import known_acronyms
from bank.vocabulary.profiles import load_profiles


@cache
def known_stems() -> Mapping[str, frozenset[str]]:
    """Language -> stems of the words in labels of terms and in the passages of the profiles."""
    found: dict[str, set[str]] = {language: set() for language in ANALYSED_LANGUAGES}
    told = [(one.language, one.text) for some in load_profiles().passages.values() for one in some]
    for vocabulary in ("principles", "themes", "sdgs", "groups", "kinds"):
        told += [label for term in load_vocabulary().terms(vocabulary) for label in term.labels.items()]
    for language, text in told:
        if language in found:
            found[language].update(stem(word, language) for word in split_words(text))
    return {language: frozenset(stems) for language, stems in found.items()}


def is_known_word(word: str) -> bool:
    """True for a form of a word of the vocabulary, in any language, and for its acronyms."""
    return word in known_acronyms() or any(stem(word, language) in stems for language, stems in known_stems().items())
