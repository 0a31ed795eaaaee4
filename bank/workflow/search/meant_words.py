"""Which words of a question are searched for by what they mean, and which by their letters alone."""

from contextlib import suppress

from bank.languages import UNKNOWN_LANGUAGE
from bank.search.analysis import is_stop_word
from bank.search.engine import Engine
from bank.search.folding import split_words
from bank.search.meaning.encoder import NoModel
from bank.search.meaning.meaning import Meaning
from bank.search.query import Word
from bank.vocabulary.acronyms import known_acronyms
from bank.workflow.search.known_words import is_known_word, written_in_vocabulary

SHORTEST_REWRITTEN = 4
"""Letters of a word that is given its accents."""


def text_that_means(engine: Engine, meaning: Meaning, text: str) -> str:
    """The text without numbers and codes, each word as the bank mostly writes it; empty where it means nothing.

    So does a text of which index, vocabulary and model know less than half of the words, and one of nothing but
    acronyms that the bank has: both go by their letters alone. Raises NoModel.
    """
    words = split_words(text)
    kept = [as_written(engine, meaning, word) for word in words if word.isalpha()]
    telling = [word for word in kept if not is_stop_word(word, UNKNOWN_LANGUAGE)] or kept
    known = sum(is_word(engine, meaning, word) for word in telling)
    if 2 * known < len(telling) or all(is_acronym_of_the_bank(engine, word) for word in telling):
        return ""
    return text if kept == words else " ".join(kept)


def is_word(engine: Engine, meaning: Meaning, word: str) -> bool:
    """True for a word, as far as index, vocabulary or model know it. Raises NoModel."""
    return engine.number(Word(word)) > 0 or is_known_word(word) or meaning.knows(word)


def is_acronym_of_the_bank(engine: Engine, word: str) -> bool:
    """True for an acronym of the vocabulary that some entry has."""
    return word in known_acronyms() and engine.number(Word(word)) > 0


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
    """The share of a text's telling words that the vocabulary knows, in any of its languages."""
    words = [word for word in split_words(text) if not is_stop_word(word, UNKNOWN_LANGUAGE)]
    return sum(map(is_known_word, words)) / max(len(words), 1)


def is_spelt_right(meaning: Meaning | None, word: str) -> bool:
    """True for a word that vocabulary or model know as it stands: it is never put right."""
    if is_known_word(word):
        return True
    with suppress(NoModel):
        return meaning is not None and meaning.has_as_one(word)
    return False
