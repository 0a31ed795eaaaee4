"""Completion: words and titles that go on from what was typed, those of the reader's language first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bank.languages import UNKNOWN_LANGUAGE
from bank.search.analysis import is_stop_word
from bank.search.engine import Completion
from bank.search.folding import fold_word, split_words
from bank.search.plurals import singular
from bank.search.spelling import Neighbour, SpellingTable
from bank.search.wordlist import WordList, most_frequent

SHORTEST_START = 2
"""Letters that must be typed before anything is proposed."""
FEW_COMPLETIONS = 2
"""With fewer completions than this the typed start may be misspelt, and words that sound like it are proposed."""
CANDIDATES_PER_PROPOSAL = 6
"""Candidates looked at for each proposal shown: stop words, numbers and plurals are dropped."""
SHORTEST_MISSPELT = 4
"""Letters that a start needs for words that sound like it to be proposed."""
MOST_TITLES_SEEN = 60
"""Titles that are looked at to choose those in the reader's language."""


@dataclass(frozen=True, slots=True)
class CompletionSource:
    """What completion needs of an index.

    `lists` are all its words, `own` those of the reader's language (empty when it is unknown), `tables` serve spelling,
    `titles` are those that begin like the typed text, ascending; `there(word)` tells whether an entry has a word.
    """

    lists: Sequence[WordList]
    own: Sequence[WordList]
    tables: Callable[[], Sequence[SpellingTable]]
    titles: Iterable[str]
    there: Callable[[str], bool]
    language: str | None = None


def title_lookup_key(text: str) -> str:
    """The key by which a title, or the beginning of one, is looked up: folded words with one blank between."""
    return " ".join(fold_word(word) for word in split_words(text))


def propose_completions(typed: str, known: CompletionSource, limit: int) -> tuple[Completion, ...]:
    """At most `limit` proposals: words that go on from the last one typed, then titles that begin like all of it."""
    whole = title_lookup_key(typed)
    if len(whole) < SHORTEST_START:
        return ()
    beginning, _, last = typed.rpartition(" ")
    before = f"{beginning} " if beginning.strip() else ""
    shown = completing_titles(known)[: max(limit // 2, 1)]
    going_on = islice(completing_words(title_lookup_key(last), known, limit), limit - len(shown))
    proposals = [Completion(before + word, "word") for word in going_on]
    return (*proposals, *(Completion(title, "title") for title in shown))


def completing_words(start: str, known: CompletionSource, limit: int) -> Iterator[str]:
    """Words that begin with `start`, each in singular or plural only.

    Those of the reader's language come first, then the others, then words that sound like `start` where few were found.
    """
    if len(start) < SHORTEST_START:
        return
    found, seen = 0, {start}
    for lists in (known.own, known.lists):
        for folded, (_, written) in most_frequent(lists, start, CANDIDATES_PER_PROPOSAL * limit).items():
            if is_fresh_completion(folded, known, seen):
                found += 1
                yield written
    if found < FEW_COMPLETIONS and start.isalpha() and not any(words.count(start) for words in known.lists):
        for near in sounding_completions(start, known):
            if is_fresh_completion(near.folded, known, seen):
                yield near.written


def is_fresh_completion(folded: str, known: CompletionSource, seen: set[str]) -> bool:
    """True for a word that may be proposed; it is added to `seen`.

    It is no stop word, is still in the index, and neither its singular nor its plural was proposed yet.
    """
    forms = {
        folded,
        *(singular(folded, language) for language in (known.language or UNKNOWN_LANGUAGE, UNKNOWN_LANGUAGE)),
    }
    if not folded.isalpha() or seen & forms or is_stop_word(folded, UNKNOWN_LANGUAGE) or not known.there(folded):
        return False
    seen |= forms
    return True


def sounding_completions(start: str, known: CompletionSource) -> list[Neighbour]:
    """Words whose beginning sounds like `start`, those of the reader's language first.

    Where there are none, words whose beginning is one sound away. Empty for a short `start`.
    """
    for edits, least in ((0, SHORTEST_MISSPELT), (1, SHORTEST_MISSPELT + 1)):
        if len(start) < least:
            break
        if found := [near for table in known.tables() for near in table.beginning(start, edits)]:
            return sorted(found, key=lambda near: (not is_in_own_language(near.folded, known), near.rank))
    return []


def completing_titles(known: CompletionSource) -> list[str]:
    """The titles in the reader's language, or all titles where none is."""
    every = list(islice(dict.fromkeys(known.titles), MOST_TITLES_SEEN))
    return [title for title in every if is_in_own_language(title, known)] or every


def is_in_own_language(text: str, known: CompletionSource) -> bool:
    """True where some entry has every word of a text in the reader's language."""
    return all(any(own.count(fold_word(word)) for own in known.own) for word in split_words(text))
