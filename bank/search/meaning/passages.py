"""Cuts an entry into the passages that get vectors, in two grains: coarse to find entries, fine for evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby

from bank.search.document import SearchDocument, SearchPage
from bank.search.meaning.sentences import split_sentences

COARSE_SENTENCES, FINE_SENTENCES = 12, 2
"""Sentences of a passage, in the coarse and in the fine grain."""
MOST_COARSE_WORDS = 260
"""Most words of a passage; a coarse one that begins on a short page goes on over the next pages of its file."""
LEAST_PASSAGE_WORDS = 4
"""Passages of fewer words say too little for a vector and are left out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences. `file` and `page`, where it begins, count from 1; both are 0 outside the files.

    `number` counts the passages of its grain within the page, from 0. `title` is the entry's: it is embedded with the
    text, so that the vector tells what the passage is about.
    """

    file: int
    page: int
    number: int
    text: str
    title: str = ""

    @property
    def embedded(self) -> str:
        """The text that gets a vector."""
        return f"{self.title}. {self.text}" if self.title else self.text

    @property
    def digest(self) -> bytes:
        """A digest of 16 bytes of the text that is embedded."""
        return blake2b(self.embedded.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class EntryPassages:
    """An entry's passages, in the order of the text.

    `coarse` (12 sentences) are for finding entries, `fine` (2 sentences) for snippets and evidence.
    """

    coarse: tuple[Passage, ...]
    fine: tuple[Passage, ...]


def cut_passages(document: SearchDocument) -> EntryPassages:
    """The passages of one entry: each title, each summary, the fields, then the pages of each file."""
    titles = tuple(document.titles.values())
    named = [Passage(0, 0, number, title) for number, title in enumerate(titles)]
    outside = [(document.titles.get(language, document.title), text) for language, text in document.summaries.items()]
    outside += [(document.title, text) for text in document.fields]
    heads = [(title, SearchPage(0, 0, text)) for title, text in outside]
    files = (list(pages) for _, pages in groupby(document.pages, key=lambda page: page.file))
    coarse = [passage for title, page in heads for passage in group_sentences([page], title, COARSE_SENTENCES)]
    coarse += [passage for pages in files for passage in group_sentences(pages, document.title, COARSE_SENTENCES)]
    every = [*heads, *((document.title, page) for page in document.pages)]
    fine = [passage for title, page in every for passage in group_sentences([page], title, FINE_SENTENCES)]
    return EntryPassages((*named, *number_passages(coarse, len(named))), tuple(number_passages(fine, 0)))


def number_passages(found: Sequence[Passage], first: int) -> Iterator[Passage]:
    """The passages, with those outside files (title, summary, fields) numbered from `first`."""
    for passage in found:
        if passage.file == 0:
            yield replace(passage, number=first)
            first += 1
        else:
            yield passage


def group_sentences(pages: Sequence[SearchPage], title: str, size: int) -> Iterator[Passage]:
    """The sentences of consecutive pages as passages of `size` sentences, or fewer where they are long."""
    held: list[str] = []
    begun: SearchPage | None = None
    numbers: dict[tuple[int, int], int] = {}
    told = [(page, sentence) for page in pages for sentence in split_sentences(page.text)]
    for page, sentence in [*told, (None, "")]:
        words = sum(len(one.split()) for one in (*held, sentence))
        if begun and (page is None or len(held) == size or words > MOST_COARSE_WORDS):
            place = (begun.file, begun.page)
            if len(" ".join(held).split()) >= LEAST_PASSAGE_WORDS:
                yield Passage(*place, numbers.get(place, 0), " ".join(held), title)
                numbers[place] = numbers.get(place, 0) + 1
            held, begun = [], None
        if page is not None:
            begun = begun or page
            held.append(sentence)
