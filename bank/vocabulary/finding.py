"""Recognises a term by what a person wrote: an id, a number, or a label in any language."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bank.vocabulary.faults import FAULT_REPEATED_VALUE, VocabularyFault
from bank.vocabulary.folding import fold_label
from bank.vocabulary.terms import Term

NUMBERED_TERM_WORDS = {
    "es": {"principle": r"principios?|carta", "sdg": r"(?:ods|objetivos?)(?: de desarrollo sostenible)?"},
    "pt": {"principle": r"principios?|carta", "sdg": r"ods|objetivos?|objectivos?"},
    "ca": {"principle": r"principis?|carta", "sdg": r"ods|objectius?"},
    "fr": {"principle": r"principes?", "sdg": r"odd|objectifs?"},
    "en": {"principle": r"principles?", "sdg": r"sdg|goals?"},
}
"""language -> vocabulary -> folded words before a number, for the vocabularies whose ids are numbers."""


def _before(vocabulary: str) -> str:
    """A pattern for the words before a number, in any language."""
    return "|".join(dict.fromkeys(words[vocabulary] for words in NUMBERED_TERM_WORDS.values()))


_SIGN = r"(?:(?:n|no|n o|num|numero|number) )?"
_TARGET = r"(?: (?:\d{1,2}|[a-d])(?= |$))?"
_NUMBER = {
    "principle": re.compile(rf"(?:(?:{_before('principle')}) )?{_SIGN}(\d{{1,2}})(?: (.+))?"),
    "sdg": re.compile(rf"(?:(?:{_before('sdg')}) )?{_SIGN}(\d{{1,2}}){_TARGET}(?: (.+))?"),
}
_ADDRESS = re.compile(r"https?://metadata\.un\.org/sdg/(\d{1,2})(?:[./].*)?")


def term_spellings(term: Term[object]) -> Iterator[str]:
    """Every way to write a term: its id, its labels in all languages, its aliases and other names."""
    yield term.id
    yield from term.labels.values()
    yield from term.other_labels.values()
    yield from term.aliases
    for given in term.names.values():
        yield from given


def ids_by_spelling(terms: Sequence[Term[object]]) -> Mapping[str, str]:
    """folded spelling -> term id, over ids, labels, aliases and names; an id wins over another term's label."""
    found: dict[str, str] = {}
    for term in terms:
        for spelling in term_spellings(term):
            found.setdefault(fold_label(spelling), term.id)
    return found | {fold_label(term.id): term.id for term in terms}


def ambiguous_spelling_faults(file: str, terms: Sequence[Term[object]]) -> Iterator[VocabularyFault]:
    """A fault for every spelling that two terms of one vocabulary share."""
    owners: dict[str, str] = {}
    for term in terms:
        for spelling in dict.fromkeys(map(fold_label, term_spellings(term))):
            if owners.setdefault(spelling, term.id) != term.id:
                yield VocabularyFault(file, term.id, "labels", FAULT_REPEATED_VALUE, spelling)


def numbered_term_id(vocabulary: str, text: str, known: Mapping[str, str]) -> str | None:
    """The id of the term named by number: "8", "Principio 8", "ODS 4.1", "8. Gobernanza y ..."; None for anything else.

    Text after the number must be that term's own label: "13 ciudades" names none. `known`: folded spelling -> id.
    """
    if vocabulary not in _NUMBER:
        return None
    address = _ADDRESS.fullmatch(text.strip())
    match = address or _NUMBER[vocabulary].fullmatch(fold_label(text))
    if match is None or match[1].lstrip("0") not in known.values():
        return None
    number = match[1].lstrip("0")
    label = None if address else match[2]
    return number if label is None or known.get(label) == number else None
