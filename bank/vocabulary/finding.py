"""Recognising a term by what a person wrote: an id, a number, or a label in any language."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bank.vocabulary.faults import TWICE, Fault
from bank.vocabulary.folding import words
from bank.vocabulary.terms import Term

NUMBERED = {
    "es": {"principle": r"principios?|carta", "sdg": r"(?:ods|objetivos?)(?: de desarrollo sostenible)?"},
    "pt": {"principle": r"principios?|carta", "sdg": r"ods|objetivos?|objectivos?"},
    "ca": {"principle": r"principis?|carta", "sdg": r"ods|objectius?"},
    "fr": {"principle": r"principes?", "sdg": r"odd|objectifs?"},
    "en": {"principle": r"principles?", "sdg": r"sdg|goals?"},
}
"""language -> vocabulary -> words before a number, after folding, for the vocabularies whose ids are numbers."""


def _before(vocabulary: str) -> str:
    return "|".join(dict.fromkeys(words[vocabulary] for words in NUMBERED.values()))


_SIGN = r"(?:(?:n|no|n o|num|numero|number) )?"
_TARGET = r"(?: (?:\d{1,2}|[a-d])(?= |$))?"
_NUMBER = {
    "principle": re.compile(rf"(?:(?:{_before('principle')}) )?{_SIGN}(\d{{1,2}})(?: (.+))?"),
    "sdg": re.compile(rf"(?:(?:{_before('sdg')}) )?{_SIGN}(\d{{1,2}}){_TARGET}(?: (.+))?"),
}
_ADDRESS = re.compile(r"https?://metadata\.un\.org/sdg/(\d{1,2})(?:[./].*)?")


def spellings(term: Term[object]) -> Iterator[str]:
    """Every way of writing a term: its id, its labels in all languages, its aliases and other names."""
    yield term.id
    yield from term.labels.values()
    yield from term.other_labels.values()
    yield from term.aliases
    for given in term.names.values():
        yield from given


def names(terms: Sequence[Term[object]]) -> Mapping[str, str]:
    """folded spelling -> id; an id wins over another term's label."""
    found: dict[str, str] = {}
    for term in terms:
        for spelling in spellings(term):
            found.setdefault(words(spelling), term.id)
    return found | {words(term.id): term.id for term in terms}


def ambiguous(file: str, terms: Sequence[Term[object]]) -> Iterator[Fault]:
    """A fault for every spelling that two terms of one vocabulary share."""
    owners: dict[str, str] = {}
    for term in terms:
        for spelling in dict.fromkeys(map(words, spellings(term))):
            if owners.setdefault(spelling, term.id) != term.id:
                yield Fault(file, term.id, "labels", TWICE, spelling)


def numbered(vocabulary: str, text: str, known: Mapping[str, str]) -> str | None:
    """The id that a numbered mention means: "8", "Principio 8", "ODS 4.1", "8. Gobernanza y ...", or None.

    What follows the number must be that term's own label; "13 ciudades" is no mention.
    """
    if vocabulary not in _NUMBER:
        return None
    address = _ADDRESS.fullmatch(text.strip())
    match = address or _NUMBER[vocabulary].fullmatch(words(text))
    if match is None or match[1].lstrip("0") not in known.values():
        return None
    number = match[1].lstrip("0")
    label = None if address else match[2]
    return number if label is None or known.get(label) == number else None
