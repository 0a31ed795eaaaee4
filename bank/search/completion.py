"""What may follow what was typed: words, the commonest of the reader's language first, and titles."""

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
FEW_COMPLETIONS = 2
"""Words that begin so; where there are fewer, the beginning may be misspelt."""
CANDIDATES_PER_PROPOSAL = 6
"""How many times more words are looked at than shown: articles, figures and plurals fall away."""
SHORTEST_MISSPELT = 4
MOST_TITLES_SEEN = 60


@dataclass(frozen=True, slots=True)
class CompletionSource:
    """What an index has to go on with. `own` are the words of the reader's language, where it is known.

    `titles` begin like what was typed and ascend; `there` tells whether some entry still has a word.
    """

    lists: Sequence[WordList]
    own: Sequence[WordList]
    tables: Callable[[], Sequence[SpellingTable]]
    titles: Iterable[str]
    there: Callable[[str], bool]
    language: str | None = None


def title_lookup_key(text: str) -> str:
    """A title, or the beginning of one, as titles are looked up: folded words with one blank between."""
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
    """Words that begin so, each in one number only: those of the reader's language, the others, then the misspelt."""
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
    """True for a word that says something, of which no other number was seen; it is noted as seen."""
    forms = {
        folded,
        *(singular(folded, language) for language in (known.language or UNKNOWN_LANGUAGE, UNKNOWN_LANGUAGE)),
    }
    if not folded.isalpha() or seen & forms or is_stop_word(folded, UNKNOWN_LANGUAGE) or not known.there(folded):
        return False
    seen |= forms
    return True


def sounding_completions(start: str, known: CompletionSource) -> list[Neighbour]:
    """The words whose beginning sounds so, the reader's own first; where there are none, those a sound away."""
    for edits, least in ((0, SHORTEST_MISSPELT), (1, SHORTEST_MISSPELT + 1)):
        if len(start) < least:
            break
        if found := [near for table in known.tables() for near in table.beginning(start, edits)]:
            return sorted(found, key=lambda near: (not is_in_own_language(near.folded, known), near.rank))
    return []


def completing_titles(known: CompletionSource) -> list[str]:
    """The titles of the reader's language, where some are; else all."""
    every = list(islice(dict.fromkeys(known.titles), MOST_TITLES_SEEN))
    return [title for title in every if is_in_own_language(title, known)] or every


def is_in_own_language(text: str, known: CompletionSource) -> bool:
    """True where some entry has every word of a text in the reader's language."""
    return all(any(own.count(fold_word(word)) for own in known.own) for word in split_words(text))
