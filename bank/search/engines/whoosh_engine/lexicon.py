"""All the words of a segment, by their folded form: for prefixes, completion and spelling.

Building it takes about fifteen microseconds a word, so the writer saves it in a file beside a large segment, named so
that Whoosh removes it with the segment. Without that file, or with a damaged one, it is built again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from bank.search.engines.whoosh_engine.schema import NUL, TERM_LANGUAGES, WORDS_FIELD
from bank.search.folding import fold_word
from bank.search.spelling import SpellingTable
from bank.search.wordlist import WordList

LEXICON_ENDING = ".lexicon"
LARGE_SEGMENT_ENTRIES = 1000
"""In a segment of more entries, words that only one entry has are not offered as corrections."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of a segment, ascending by folded word, and its words.

    For each term: `owners[i]` is the number of its word in `words`, `counts[i]` how many documents have it,
    `languages[i]` the number of its language in `TERM_LANGUAGES`.
    """

    terms: list[str]
    owners: NDArray[np.int64]
    counts: NDArray[np.int64]
    languages: NDArray[np.uint8]
    words: WordList
    spelling: SpellingTable

    def starting(self, prefix: str) -> Iterator[tuple[str, str, bytes]]:
        """(folded form, word as written, term) of all terms whose word begins with a folded prefix."""
        span = self.words.starting(prefix)
        first, last = np.searchsorted(self.owners, (span.start, span.stop)).tolist()
        for at in range(first, last):
            term = self.terms[at]
            yield self.words.folded[int(self.owners[at])], word_of_term(term), term.encode()

    def spoken(self, language: str) -> WordList:
        """The word list counted in documents of one language; words that language lacks have count 0."""
        own = self.languages == (TERM_LANGUAGES.index(language) if language in TERM_LANGUAGES else len(TERM_LANGUAGES))
        counts = np.bincount(self.owners[own], self.counts[own], len(self.words.folded))
        return WordList(self.words.folded, self.words.written, counts.astype(np.int64))

    def stems(self) -> Mapping[str, int]:
        """Language and stem -> the numbers of documents of all its terms, added."""
        found: dict[str, int] = {}
        for term, count in zip(self.terms, self.counts.tolist(), strict=True):
            group = term.rpartition(NUL)[0]
            found[group] = found.get(group, 0) + count
        return found


def lexicon_path(folder: Path, segment: str) -> Path:
    """The file of a segment's lexicon."""
    return folder / f"{segment}{LEXICON_ENDING}"


def word_of_term(term: str) -> str:
    """The word as written, the last part of a term."""
    return term.rpartition(NUL)[2]


def build_lexicon(reader: IndexReader) -> Lexicon:
    """Builds a segment's lexicon from its terms."""
    rows = []
    for (field, term), information in reader.iter_from(WORDS_FIELD, b""):
        if field != WORDS_FIELD:
            break
        text = term.decode()
        rows.append((fold_word(word_of_term(text)), text, information.doc_frequency()))
    rows.sort()
    words = WordList.of((word_of_term(term), count) for _, term, count in rows)
    numbers = {folded: number for number, folded in enumerate(words.folded)}
    return Lexicon(
        terms=[term for _, term, _ in rows],
        owners=np.array([numbers[folded] for folded, _, _ in rows], np.int64),
        counts=np.array([count for _, _, count in rows], np.int64),
        languages=np.array([TERM_LANGUAGES.index(term.partition(NUL)[0]) for _, term, _ in rows], np.uint8),
        words=words,
        spelling=SpellingTable.of(words, least=2 if reader.doc_count_all() > LARGE_SEGMENT_ENTRIES else 1),
    )


def save_lexicon(lexicon: Lexicon, path: Path) -> None:
    """Writes a lexicon as a NumPy archive (.npz)."""
    words, spelling = lexicon.words, lexicon.spelling
    with path.open("wb") as stream:
        np.savez(
            stream,
            terms=pack_lines(lexicon.terms),
            owners=lexicon.owners,
            counts=lexicon.counts,
            languages=lexicon.languages,
            folded=pack_lines(words.folded),
            written=pack_lines(words.written),
            word_counts=words.counts,
            heard=spelling.kept,
            signs=spelling.signs,
        )


def load_lexicon(path: Path) -> Lexicon | None:
    """The lexicon that the writer saved; None where there is none that can be read."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            words = WordList(unpack_lines(kept["folded"]), unpack_lines(kept["written"]), kept["word_counts"])
            spelling = SpellingTable(words, kept["heard"], kept["signs"])
            return Lexicon(
                unpack_lines(kept["terms"]), kept["owners"], kept["counts"], kept["languages"], words, spelling
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def pack_lines(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Texts to UTF-8 bytes, one a line."""
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def unpack_lines(letters: NDArray[np.uint8]) -> list[str]:
    """The texts that `pack_lines` packed."""
    return letters.tobytes().decode().split("\n") if letters.size else []
