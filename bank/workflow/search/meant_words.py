"""Which words of a question are searched for by what they mean, and which by their letters alone."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import islice

from bank.languages import UNKNOWN_LANGUAGE
from bank.search.analysis import is_stop_word
from bank.search.engine import Engine
from bank.search.folding import fold_word, split_words
from bank.search.meaning.encoder import NoModel
from bank.search.meaning.meaning import Meaning
from bank.search.query import Word
from bank.vocabulary.acronyms import known_acronyms
from bank.vocabulary.frequent_words import LISTED_LANGUAGES, usual_word_near, zipf_frequencies
from bank.workflow.search.known_words import is_known_word, written_in_vocabulary

SHORTEST_REWRITTEN = 4
"""Letters of a word that is given its accents."""
MOST_REPLACED = 3
"""Words of a question for which a usual one is looked up: each look-up takes some milliseconds."""


def text_that_means(engine: Engine, meaning: Meaning, text: str, as_typed: bool = False) -> str:
    """The text without numbers and codes, each word as the bank mostly writes it; empty where it means nothing.

    Words that are none are taken for slips of the usual ones a letter away, but not `as_typed`. Nothing
    is meant by a text of which not more than half of the words are known, nor by mere acronyms. Raises NoModel.
    """
    words = split_words(text)
    kept = [as_written(engine, meaning, word) for word in words if word.isalpha()]
    kept = kept if as_typed else with_usual_words(engine, meaning, kept)
    telling = [word for word in kept if not is_stop_word(word, UNKNOWN_LANGUAGE)] or kept
    known = sum(is_word(engine, meaning, word) for word in telling)
    if not known or 2 * known <= len(telling) > 1 or all(is_mere_acronym(engine, meaning, word) for word in telling):
        return ""
    return text if kept == words else " ".join(kept)


def is_word(engine: Engine, meaning: Meaning, word: str) -> bool:
    """True for a word that index, vocabulary, the list of usual words or the model know. Raises NoModel."""
    listed = is_known_word(word) or any(zipf_frequencies(fold_word(word)))
    return listed or engine.number(Word(word)) > 0 or meaning.has_as_one(word)


def with_usual_words(engine: Engine, meaning: Meaning, words: Sequence[str]) -> list[str]:
    """The words, the first MOST_REPLACED that are none replaced by the usual word a letter away, where there is one.

    Raises NoModel.
    """
    strange = (word for word in dict.fromkeys(words) if not is_word(engine, meaning, word))
    right = {word: usual_word_near(fold_word(word)) for word in islice(strange, MOST_REPLACED)}
    return [right.get(word) or word for word in words]


def is_mere_acronym(engine: Engine, meaning: Meaning, word: str) -> bool:
    """True for an acronym of the vocabulary that some entry has, or that the model knows by its letters only.

    Raises NoModel.
    """
    return word in known_acronyms() and (engine.number(Word(word)) > 0 or not meaning.has_as_one(word))


def as_written(engine: Engine, meaning: Meaning, word: str) -> str:
    """A word typed without accents as entries or the vocabulary mostly write it: niños for ninos.

    Any other word, and one that the model knows without accents, as it is. Raises NoModel.
    """
    if not word.isascii() or len(word) < SHORTEST_REWRITTEN or meaning.has_as_one(word):
        return word
    written = engine.written(word)
    if written == word:
        written = written_in_vocabulary().get(word, word)
    tildes = (word[:at] + "ñ" + word[at + 1 :] for at, letter in enumerate(written) if letter == "n")
    return written if written != word else next((one for one in tildes if engine.number(Word(one))), word)


def familiarity(text: str) -> float:
    """The share of a text's telling words that the vocabulary knows, in any of its languages; acronyms don't count."""
    words = [word for word in split_words(text) if not is_stop_word(word, UNKNOWN_LANGUAGE)]
    return sum(is_known_word(word) and word not in known_acronyms() for word in words) / max(len(words), 1)


def is_spelt_right(meaning: Meaning | None, word: str, others: Sequence[str]) -> bool:
    """True for a word that vocabulary, model or the usual words of the question's language know: it stays as it is.

    `others` are the question's other words, which tell its language; where they don't, any language will do.
    """
    if is_known_word(word) or any(zipf_frequencies(fold_word(word))[at] for at in likely_languages(others)):
        return True
    with suppress(NoModel):
        return meaning is not None and meaning.has_as_one(word)
    return False


def likely_languages(words: Sequence[str]) -> list[int]:
    """The numbers of the listed languages in which these words are commonest; all where no word is usual."""
    sums = [sum(column) for column in zip(*(zipf_frequencies(fold_word(word)) for word in words), strict=True)]
    return [at for at, sum_ in enumerate(sums) if sum_ == max(sums)] if sums else list(range(len(LISTED_LANGUAGES)))
