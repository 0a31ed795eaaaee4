"""Principles that a text names by number: "principio 8", "princípios 2, 5 e 11", "huitième principe", "principi VIII".

A number belongs to the Charter of 2020 or to that of 2004: the sentence tells which, else the text, else the date.
Numbers of 2004 are replaced by the principles of 2020 that succeeded them (their heirs).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bank.tagging.ordinals import BY_WORD, ROMANS, number_from_word
from bank.vocabulary import Vocabulary

CHARTER_2020_PUBLISHED = "2020-11-30"
"""The day on which the numbering of 2020 was published; a date that is only "2020" counts as earlier."""

PRINCIPLE_WORDS = {
    "es": "principios?",
    "pt": "principios?",
    "ca": "principis?",
    "fr": "principes?",
    "en": "principles?",
}
CHARTER_WORDS = {"es": "carta", "pt": "carta", "ca": "carta", "fr": "charte", "en": "charter"}
"""language -> what a principle and the Charter are called, without accents, as a pattern."""
PRINCIPLE_WORD = rf"(?i:{'|'.join(dict.fromkeys(PRINCIPLE_WORDS.values()))})"
CHARTER_WORD = rf"(?i:{'|'.join(dict.fromkeys(CHARTER_WORDS.values()))})"
OF_CHARTER = rf"(?: (?:de|da|del|of|du)(?: la| the)? (?:l['’])?{CHARTER_WORD}[^.:;\n\d]{{0,50}}\(?(?:2020|2004)?\)?)?"
NUMBER_SIGN = r"(?i:(?:numeros?|numbers?|num\.?|no\.|n\.?[o°º]?s?\.?)[ ]?)?"
ROMAN_NUMERAL = "|".join(sorted((roman for roman in ROMANS if roman != "I"), key=len, reverse=True))
NUMERAL = rf"(?:\d{{1,2}}(?![\d%]|[.,]\d| %)|(?:{ROMAN_NUMERAL})\b)"
NAMED_NUMERAL = rf"{NUMERAL}(?: \([^()\d]{{1,90}}\))?"
"""A figure and, in brackets, what the principle is called."""
LIST_JOINER = r"(?: ?[,;/] ?(?:(?:y|e|i|et|and) )?| (?:y|e|i|et|and|&) )"
SPAN_SIGN = r"(?: ?[-–] ?| (?:al?|to|ate|fins al?|au?) )"
ORDINAL_WORD = "|".join(sorted((word.replace("-", "[ -]") for word in BY_WORD), key=len, reverse=True))
NUMBER_AFTER_WORD = re.compile(
    rf"\b{PRINCIPLE_WORD}{OF_CHARTER} ?:? ?\(?{NUMBER_SIGN}"
    rf"({NAMED_NUMERAL}(?:(?:{LIST_JOINER}|{SPAN_SIGN}){NUMBER_SIGN}{NAMED_NUMERAL})*)"
)
NUMBER_BEFORE_WORD = re.compile(rf"\b(\d{{1,2}}) ?(?:º|°|o|e|a|eme|th|st|nd|rd|er|r|n|t|\.[ºo]) {PRINCIPLE_WORD}\b")
ORDINAL_BESIDE_WORD = re.compile(
    rf"\b(?:(?i:({ORDINAL_WORD})) {PRINCIPLE_WORD}|{PRINCIPLE_WORD} (?i:({ORDINAL_WORD})))\b"
)
NUMERAL_RANGE = re.compile(rf"({NUMERAL}){SPAN_SIGN}({NUMERAL})")
NUMERAL_PATTERN = re.compile(NUMERAL)
IDIOM_BEFORE_WORD = re.compile(r"\b(?i:al|en|em|no|ao|au|du|desde el|del) $")
"""What makes "principio" mean beginning, as in "al principio" and "en principio"."""
LONGEST_IDIOM = 12
"""Characters before the word that are searched for such an idiom."""
COUNTED_NOUN = re.compile(r" (?!(?:del?|da|do|of|du|des|y|e|i|et|and|que|en|in|se|es|est|com|con|sobre)\b)[a-z]")
"""A noun after the number, which is then no principle's: "al principio 8 escuelas"."""
CHARTER_YEARS = {
    "2004": re.compile(rf"(?:{CHARTER_WORD}|(?i:geno[vb]a|genoa|genes|numeracion|numbering))[^.;]{{0,60}}\b2004\b"
                       rf"|\b2004\b[^.;]{{0,25}}{CHARTER_WORD}"),
    "2020": re.compile(rf"(?:{CHARTER_WORD}|(?i:numeracion|numbering))[^.;]{{0,60}}\b2020\b"
                       rf"|\b2020\b[^.;]{{0,25}}{CHARTER_WORD}"),
}  # fmt: skip
CHARTER_CONTEXT = re.compile(rf"{CHARTER_WORD}|(?i:educadora|educating cit|educatrice)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A principle of 2020 that a sentence names; `sentence` counts from 0 (the title, where that comes first)."""

    term: str
    sentence: int


def find_mentions(vocabulary: Vocabulary, sentences: Sequence[str], date: str | None) -> list[Mention]:
    """The principles that the sentences name by number, in order; numbers of 2004 as their heirs of 2020."""
    plain = [strip_accents(sentence) for sentence in sentences]
    usual = charter_named(" \n".join(plain)) or charter_in_use(date)
    found: dict[Mention, None] = {}
    for at, sentence in enumerate(plain):
        values = dict.fromkeys(principle_numbers(sentence))
        old = bool(values) and (charter_named(sentence) or usual) == "2004"
        for value in values:
            terms = vocabulary.heirs(value) if old else (value,)
            found.update(dict.fromkeys(Mention(str(term), at) for term in terms))
    return list(found)


def strip_accents(text: str) -> str:
    """The text without accents, capitals kept, runs of blanks as one."""
    parts = unicodedata.normalize("NFD", text)
    return " ".join("".join(letter for letter in parts if not unicodedata.combining(letter)).split())


def charter_named(text: str) -> str | None:
    """2004 or 2020 where the text names one of the two Charters only, else None."""
    said = [year for year, pattern in CHARTER_YEARS.items() if pattern.search(text)]
    return said[0] if len(said) == 1 else None


def charter_in_use(date: str | None) -> str:
    """The numbering (2004 or 2020) in use on a date; 2020 where the date is unknown."""
    return "2004" if date and date < CHARTER_2020_PUBLISHED else "2020"


def principle_numbers(sentence: str) -> Iterator[int]:
    """The numbers of principles in a sentence without accents."""
    for match in NUMBER_AFTER_WORD.finditer(sentence):
        before = sentence[max(0, match.start() - LONGEST_IDIOM) : match.start()]
        if not (IDIOM_BEFORE_WORD.search(before) and COUNTED_NOUN.match(sentence, match.end())):
            yield from numbers_in_list(match[1])
    written = [match[1] for match in NUMBER_BEFORE_WORD.finditer(sentence)]
    if CHARTER_CONTEXT.search(sentence):
        written += [match[1] or match[2] for match in ORDINAL_BESIDE_WORD.finditer(sentence)]
    yield from filter(None, map(number_from_word, written))


def numbers_in_list(text: str) -> Iterator[int]:
    """The numbers of a list such as "2, 5 y 11" or "14 a 17"."""
    spans = [(number_from_word(first), number_from_word(last)) for first, last in NUMERAL_RANGE.findall(text)]
    for first, last in spans:
        yield from range(first or 1, (last or 0) + 1)
    yield from filter(None, map(number_from_word, NUMERAL_PATTERN.findall(text)))
