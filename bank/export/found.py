"""Says why a search has an entry in its result, in formats that have no field for it."""

from collections.abc import Iterator

from bank.export.record import RecordFinding
from bank.messages import N_, say

FOUND_BY = {
    "all": N_("Found by the words of the search."),
    "some": N_("Found by some words of the search; it lacks: {words}."),
    "meaning": N_("Found by its meaning alone."),
}
FOUND_OTHERWISE = N_("Found by the words of the search, or by what means the same.")
SEARCHED_INSTEAD = N_("Searched for in place of misspelt words: {words}.")
SEARCHED_WITHOUT = N_("Left out of the search: {words}.")
SEARCHED_BESIDE = N_("Also searched for, as it means the same: {words}.")


def found_sentences(found: RecordFinding, language: str) -> str:
    """Sentences about why the entry was found, and what was searched for."""
    return " ".join(each_sentence(found, language))


def each_sentence(found: RecordFinding, language: str) -> Iterator[str]:
    why = FOUND_OTHERWISE if found.reason == "all" and found.also_searched else FOUND_BY[found.reason]
    yield say(why, language, words=", ".join(found.lacks))
    for sentence, words in (
        (SEARCHED_INSTEAD, (found.corrected,) if found.corrected else ()),
        (SEARCHED_WITHOUT, found.dropped),
        (SEARCHED_BESIDE, found.also_searched),
    ):
        if words:
            yield say(sentence, language, words=", ".join(words))
