"""What may follow what was typed: words, most frequent first, and titles."""

from collections.abc import Callable, Iterable
from itertools import islice

from bank.search.engine import Completion
from bank.search.folding import flat, words
from bank.search.wordlist import WordList, most_frequent

SHORTEST = 2


def title_start(text: str) -> str:
    """A title, or the beginning of one, as titles are looked up: folded words with one blank between."""
    return " ".join(flat(word) for word in words(text))


def complete(
    typed: str, lists: Iterable[WordList], titles: Iterable[str], limit: int, there: Callable[[str], bool]
) -> tuple[Completion, ...]:
    """At most `limit` proposals: words that go on from the last one typed, then titles that begin like all of it.

    `there` tells whether some entry still has a word.
    """
    whole = title_start(typed)
    if len(whole) < SHORTEST:
        return ()
    beginning, _, last = typed.rpartition(" ")
    before = f"{beginning} " if beginning.strip() else ""
    start = title_start(last)
    shown = list(dict.fromkeys(titles))[: max(limit // 2, 1)]
    found = most_frequent(lists, start, 2 * limit) if len(start) >= SHORTEST else {}
    going_on = (written for folded, (_, written) in found.items() if folded != start and there(folded))
    proposals = [Completion(before + word, "word") for word in islice(going_on, limit - len(shown))]
    return (*proposals, *(Completion(title, "title") for title in shown))
