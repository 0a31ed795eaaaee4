"""Words that are never taken for misspelt: those of the bank's own vocabulary, whether or not some entry has them.

So that *huertos*, in a bank without gardens, is not corrected to *cuentos*.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from bank.languages import ANALYSED_LANGUAGES
from bank.search.analysis import stem
from bank.search.folding import fold_word, split_words
from bank.vocabulary import load_vocabulary
from bank.vocabulary.acronyms import known_acronyms
from bank.vocabulary.profiles import load_profiles


@cache
def known_stems() -> Mapping[str, frozenset[str]]:
    """Language -> stems of the words in labels of terms and in the passages of the profiles."""
    found: dict[str, set[str]] = {language: set() for language in ANALYSED_LANGUAGES}
    for language, text in vocabulary_texts():
        if language in found:
            found[language].update(stem(word, language) for word in split_words(text))
    return {language: frozenset(stems) for language, stems in found.items()}


def vocabulary_texts() -> Iterator[tuple[str, str]]:
    """(language, text) of the passages of the profiles and the labels of terms."""
    yield from ((one.language, one.text) for some in load_profiles().passages.values() for one in some)
    for vocabulary in ("principles", "themes", "sdgs", "groups", "kinds"):
        for term in load_vocabulary().terms(vocabulary):
            yield from term.labels.items()


@cache
def written_in_vocabulary() -> Mapping[str, str]:
    """Folded word -> the way in which these texts mostly write it, for words with accents."""
    counts = Counter(word for _, text in vocabulary_texts() for word in split_words(text))
    found: dict[str, str] = {}
    for word, _ in reversed(counts.most_common()):
        found[fold_word(word)] = word
    return {folded: word for folded, word in found.items() if folded != word}


def is_known_word(word: str) -> bool:
    """True for a form of a word of the vocabulary, in any language, and for its acronyms."""
    return word in known_acronyms() or any(stem(word, language) in stems for language, stems in known_stems().items())
