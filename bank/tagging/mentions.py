"""Principles that a text names by number: "principio 8", "princípios 2, 5 e 11", "huitième principe", "principi VIII".

A number belongs to the Charter of 2020 or to that of 2004: the sentence says which, else the text, else the date.
Numbers of 2004 are read as their heirs of 2020.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bank.tagging.ordinals import BY_WORD, ROMANS, number
from bank.vocabulary import Vocabulary

PUBLIC_FROM = "2020-11-30"
"""The day on which the numbering of 2020 was made public; a date of 2020 alone is read as before it."""

PRINCIPLES = {"es": "principios?", "pt": "principios?", "ca": "principis?", "fr": "principes?", "en": "principles?"}
CHARTERS = {"es": "carta", "pt": "carta", "ca": "carta", "fr": "charte", "en": "charter"}
"""language -> what a principle and the Charter are called, without accents, as a pattern."""
WORD = rf"(?i:{'|'.join(dict.fromkeys(PRINCIPLES.values()))})"
CHARTER_WORD = rf"(?i:{'|'.join(dict.fromkeys(CHARTERS.values()))})"
OF_CHARTER = rf"(?: (?:de|da|del|of|du)(?: la| the)? (?:l['’])?{CHARTER_WORD}[^.:;\n\d]{{0,50}}\(?(?:2020|2004)?\)?)?"
SIGN = r"(?i:(?:numeros?|numbers?|num\.?|no\.|n\.?[o°º]?s?\.?)[ ]?)?"
ROMAN = "|".join(sorted((roman for roman in ROMANS if roman != "I"), key=len, reverse=True))
FIGURE = rf"(?:\d{{1,2}}(?![\d%]|[.,]\d| %)|(?:{ROMAN})\b)"
ONE = rf"{FIGURE}(?: \([^()\d]{{1,90}}\))?"
"""A figure and, in brackets, what the principle is called."""
JOIN = r"(?: ?[,;/] ?(?:(?:y|e|i|et|and) )?| (?:y|e|i|et|and|&) )"
SPAN = r"(?: ?[-–] ?| (?:al?|to|ate|fins al?|au?) )"
ORDINAL = "|".join(sorted((word.replace("-", "[ -]") for word in BY_WORD), key=len, reverse=True))
AFTER = re.compile(rf"\b{WORD}{OF_CHARTER} ?:? ?\(?{SIGN}({ONE}(?:(?:{JOIN}|{SPAN}){SIGN}{ONE})*)")
BEFORE = re.compile(rf"\b(\d{{1,2}}) ?(?:º|°|o|e|a|eme|th|st|nd|rd|er|r|n|t|\.[ºo]) {WORD}\b")
SPELT = re.compile(rf"\b(?:(?i:({ORDINAL})) {WORD}|{WORD} (?i:({ORDINAL})))\b")
RANGE = re.compile(rf"({FIGURE}){SPAN}({FIGURE})")
FIGURES = re.compile(FIGURE)
BEGINNING = re.compile(r"\b(?i:al|en|em|no|ao|au|du|desde el|del) $")
LONGEST_BEGINNING = 12
"""Letters, and some to spare, that are looked at for one."""
COUNTED = re.compile(r" (?!(?:del?|da|do|of|du|des|y|e|i|et|and|que|en|in|se|es|est|com|con|sobre)\b)[a-z]")
YEAR = {
    "2004": re.compile(rf"(?:{CHARTER_WORD}|(?i:geno[vb]a|genoa|genes|numeracion|numbering))[^.;]{{0,60}}\b2004\b"
                       rf"|\b2004\b[^.;]{{0,25}}{CHARTER_WORD}"),
    "2020": re.compile(rf"(?:{CHARTER_WORD}|(?i:numeracion|numbering))[^.;]{{0,60}}\b2020\b"
                       rf"|\b2020\b[^.;]{{0,25}}{CHARTER_WORD}"),
}  # fmt: skip
NAMED = re.compile(rf"{CHARTER_WORD}|(?i:educadora|educating cit|educatrice)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A principle of 2020 that a sentence names; `sentence` counts from 0."""

    term: str
    sentence: int


def mentions(vocabulary: Vocabulary, sentences: Sequence[str], date: str | None) -> list[Mention]:
    """The principles that the sentences name by number, in their order; numbers of 2004 as their heirs."""
    plain = [unaccented(sentence) for sentence in sentences]
    usual = charter(" \n".join(plain)) or charter_at(date)
    found: dict[Mention, None] = {}
    for at, sentence in enumerate(plain):
        values = dict.fromkeys(numbers(sentence))
        old = bool(values) and (charter(sentence) or usual) == "2004"
        for value in values:
            terms = vocabulary.heirs(value) if old else (value,)
            found.update(dict.fromkeys(Mention(str(term), at) for term in terms))
    return list(found)


def unaccented(text: str) -> str:
    """The text without accents, capitals kept, blanks as one."""
    parts = unicodedata.normalize("NFD", text)
    return " ".join("".join(letter for letter in parts if not unicodedata.combining(letter)).split())


def charter(text: str) -> str | None:
    """2004 or 2020 where the text says which Charter it means, and only one."""
    said = [year for year, pattern in YEAR.items() if pattern.search(text)]
    return said[0] if len(said) == 1 else None


def charter_at(date: str | None) -> str:
    """The numbering in use on a date; that of 2020 for an unknown one."""
    return "2004" if date and date < PUBLIC_FROM else "2020"


def numbers(sentence: str) -> Iterator[int]:
    """The numbers of principles in a sentence without accents."""
    for match in AFTER.finditer(sentence):
        before = sentence[max(0, match.start() - LONGEST_BEGINNING) : match.start()]
        if not (BEGINNING.search(before) and COUNTED.match(sentence, match.end())):
            yield from listed(match[1])
    written = [match[1] for match in BEFORE.finditer(sentence)]
    if NAMED.search(sentence):
        written += [match[1] or match[2] for match in SPELT.finditer(sentence)]
    yield from filter(None, map(number, written))


def listed(text: str) -> Iterator[int]:
    """The numbers of a list such as "2, 5 y 11" or "14 a 17"."""
    spans = [(number(first), number(last)) for first, last in RANGE.findall(text)]
    for first, last in spans:
        yield from range(first or 1, (last or 0) + 1)
    yield from filter(None, map(number, FIGURES.findall(text)))
