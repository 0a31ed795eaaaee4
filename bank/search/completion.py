"""What may follow what was typed: words, the commonest of the reader's language first, and titles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bank.languages import UNKNOWN
from bank.search.analysis import is_stop_word
from bank.search.engine import Completion
from bank.search.folding import flat, words
from bank.search.plurals import singular
from bank.search.spelling import Neighbour, SpellingTable
from bank.search.wordlist import WordList, most_frequent

SHORTEST = 2
FEW = 2
"""Words that begin so; where there are fewer, the beginning may be misspelt."""
SPARE = 6
"""How many times more words are looked at than shown: articles, figures and plurals fall away."""
SHORTEST_MISSPELT = 4
TITLES_SEEN = 60


@dataclass(frozen=True, slots=True)
class Known:
    """What an index has to go on with. `own` are the words of the reader's language, where it is known.

    `titles` begin like what was typed and ascend; `there` tells whether some entry still has a word.
    """

    lists: Sequence[WordList]
    own: Sequence[WordList]
    tables: Callable[[], Sequence[SpellingTable]]
    titles: Iterable[str]
    there: Callable[[str], bool]
    language: str | None = None


def title_start(text: str) -> str:
    """A title, or the beginning of one, as titles are looked up: folded words with one blank between."""
    return " ".join(flat(word) for word in words(text))


def complete(typed: str, known: Known, limit: int) -> tuple[Completion, ...]:
    """At most `limit` proposals: words that go on from the last one typed, then titles that begin like all of it."""
    whole = title_start(typed)
    if len(whole) < SHORTEST:
        return ()
    beginning, _, last = typed.rpartition(" ")
    before = f"{beginning} " if beginning.strip() else ""
    shown = titles(known)[: max(limit // 2, 1)]
    going_on = islice(words_from(title_start(last), known, limit), limit - len(shown))
    proposals = [Completion(before + word, "word") for word in going_on]
    return (*proposals, *(Completion(title, "title") for title in shown))


def words_from(start: str, known: Known, limit: int) -> Iterator[str]:
    """Words that begin so, each in one number only: those of the reader's language, the others, then the misspelt."""
    if len(start) < SHORTEST:
        return
    found, seen = 0, {start}
    for lists in (known.own, known.lists):
        for folded, (_, written) in most_frequent(lists, start, SPARE * limit).items():
            if is_fresh(folded, known, seen):
                found += 1
                yield written
    if found < FEW and start.isalpha() and not any(words.count(start) for words in known.lists):
        for near in misspelt(start, known):
            if is_fresh(near.folded, known, seen):
                yield near.written


def is_fresh(folded: str, known: Known, seen: set[str]) -> bool:
    """True for a word that says something, of which no other number was seen; it is noted as seen."""
    forms = {folded, *(singular(folded, language) for language in (known.language or UNKNOWN, UNKNOWN))}
    if not folded.isalpha() or seen & forms or is_stop_word(folded, UNKNOWN) or not known.there(folded):
        return False
    seen |= forms
    return True


def misspelt(start: str, known: Known) -> list[Neighbour]:
    """The words whose beginning sounds so, the reader's own first; where there are none, those a sound away."""
    for edits, least in ((0, SHORTEST_MISSPELT), (1, SHORTEST_MISSPELT + 1)):
        if len(start) < least:
            break
        if found := [near for table in known.tables() for near in table.beginning(start, edits)]:
            return sorted(found, key=lambda near: (not is_own(near.folded, known), near.rank))
    return []


def titles(known: Known) -> list[str]:
    """The titles of the reader's language, where some are; else all."""
    every = list(islice(dict.fromkeys(known.titles), TITLES_SEEN))
    return [title for title in every if is_own(title, known)] or every


def is_own(text: str, known: Known) -> bool:
    """True where some entry has every word of a text in the reader's language."""
    return all(any(own.count(flat(word)) for own in known.own) for word in words(text))
