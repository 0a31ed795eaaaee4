"""All the words of a segment, by their folded form: for prefixes, completion and spelling."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from whoosh.reading import IndexReader

from bank.search.engines.whoosh.schema import NUL, WORDS
from bank.search.folding import flat
from bank.search.wordlist import LAST, WordList


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`folded` ascends; beside each, its term and in how many documents that stands."""

    folded: list[str]
    terms: list[str]
    counts: list[int]

    def starting(self, prefix: str) -> Iterator[tuple[str, str, bytes]]:
        """Folded form, word as written and term of all words that begin with a folded prefix."""
        first = bisect_left(self.folded, prefix)
        for at in range(first, bisect_left(self.folded, prefix + LAST, first)):
            yield self.folded[at], written(self.terms[at]), self.terms[at].encode()

    def words(self) -> WordList:
        return WordList.of(zip(map(written, self.terms), self.counts, strict=True))


def written(term: str) -> str:
    return term.rpartition(NUL)[2]


def read_lexicon(reader: IndexReader) -> Lexicon:
    """Reads the terms of a segment: about three microseconds each."""
    rows = []
    for (field, term), information in reader.iter_from(WORDS, b""):
        if field != WORDS:
            break
        text = term.decode()
        rows.append((flat(written(text)), text, information.doc_frequency()))
    rows.sort()
    return Lexicon([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
