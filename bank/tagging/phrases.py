"""Cues: the words and phrases that speak for a term, found in a text of any language by their stems."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bank.vocabulary import PrincipleFacts, Term, ThemeFacts
from bank.vocabulary.folding import fold_text

CUE_WORD = re.compile(r"[^\W_]+")
STRONG_WEIGHT, WEAK_WEIGHT = 3.0, 1.0
"""The weights of a cue from a list of strong and of weak words."""
ALIAS_LANGUAGE = "es"
"""The language of the themes' aliases, whatever the bank's own is."""
Stem = Callable[[str, str], str]
"""(word, language) -> stem."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase as its list has it, the term that it speaks for, and its weight."""

    term: str
    phrase: str
    weight: float


@dataclass(frozen=True, slots=True)
class CueMatch:
    """An occurrence of a cue; `at` is the number of its first word in the text, from 0."""

    cue: Cue
    at: int


@dataclass(frozen=True, slots=True)
class CueIndex:
    """A vocabulary's cues: language -> first stem -> (stems, cues), the longest phrase first."""

    by_start: Mapping[str, Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Cue, ...]]]]]
    stem: Stem

    def met(self, text: str) -> list[CueMatch]:
        """The cues in a text; at each place the longest phrase counts, and once where two languages find it."""
        words = split_folded_words(text)
        found: dict[tuple[str, int], CueMatch] = {}
        for language, starts in self.by_start.items():
            stems = [self.stem(word, language) for word in words]
            for at, cue in longest_phrases(stems, starts):
                held = found.get((cue.term, at))
                if held is None or held.cue.weight < cue.weight:
                    found[cue.term, at] = CueMatch(cue, at)
        return list(found.values())


def split_folded_words(text: str) -> list[str]:
    """The words of a text, in lower case without accents."""
    return CUE_WORD.findall(fold_text(text))


def longest_phrases(
    stems: Sequence[str], starts: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Cue, ...]]]]
) -> Iterator[tuple[int, Cue]]:
    """(place, cue) of the longest phrase at each place; a word belongs to one phrase only."""
    at = 0
    while at < len(stems):
        for phrase, cues in starts.get(stems[at], ()):
            if tuple(stems[at : at + len(phrase)]) == phrase:
                yield from ((at, cue) for cue in cues)
                at += len(phrase) - 1
                break
        at += 1


def build_cue_index(terms: Iterable[Term[object]], stem: Stem) -> CueIndex:
    """Builds the index of the cues of a vocabulary's terms."""
    lists: dict[str, dict[tuple[str, ...], dict[str, Cue]]] = {}
    for term in terms:
        for language, phrase, weight in term_phrases(term):
            stems = tuple(stem(word, language) for word in split_folded_words(phrase))
            held = lists.setdefault(language, {}).setdefault(stems, {})
            if term.id not in held or held[term.id].weight < weight:
                held[term.id] = Cue(term.id, phrase, weight)
    return CueIndex({language: phrases_by_first_stem(found) for language, found in lists.items()}, stem)


def phrases_by_first_stem(
    found: Mapping[tuple[str, ...], Mapping[str, Cue]],
) -> Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Cue, ...]]]]:
    """First stem -> the phrases (stems, cues) that begin with it, the longest first."""
    starts: dict[str, list[tuple[tuple[str, ...], tuple[Cue, ...]]]] = {}
    for stems in sorted(found, key=lambda stems: (-len(stems), stems)):
        starts.setdefault(stems[0], []).append((stems, tuple(found[stems].values())))
    return starts


def term_phrases(term: Term[object]) -> Iterator[tuple[str, str, float]]:
    """(language, phrase, weight) of a term's labels in all languages and of its word lists."""
    for language, label in (*term.labels.items(), *term.other_labels.items()):
        yield language, label, STRONG_WEIGHT
    facts = term.facts
    if isinstance(facts, PrincipleFacts):
        yield from weighted_phrases(facts.strong, STRONG_WEIGHT)
        yield from weighted_phrases(facts.weak, WEAK_WEIGHT)
    elif isinstance(facts, ThemeFacts):
        yield from ((ALIAS_LANGUAGE, alias, STRONG_WEIGHT) for alias in term.aliases)
        yield from weighted_phrases(facts.keywords, STRONG_WEIGHT)


def weighted_phrases(lists: Mapping[str, Sequence[str]], weight: float) -> Iterator[tuple[str, str, float]]:
    """(language, phrase, weight) of word lists."""
    for language, found in lists.items():
        yield from ((language, phrase, weight) for phrase in found)
