"""Text made comparable: NFKC, lower case, accents folded; ñ stays ñ."""

import re
import unicodedata

LONGEST_INDEXED_WORD = 64
"""Characters; longer words are cut."""
SEARCH_WORD = re.compile(r"[^\W_]+(?:(?<=l)·(?=l)[^\W_]+)*")
INVISIBLE_CHARACTER = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Soft hyphens, blanks of no width, marks of direction and the like, which are pasted along with a word."""
NUMBER_IN_GROUPS = re.compile(
    "(?<![0-9])[1-9][0-9]{0,2}([.,'\u2019\u00a0\u2009\u202f])[0-9]{3}(?:\\1[0-9]{3})*(?![0-9])"
)
"""A number whose thousands are set apart: 1,200, 1.200 and, with a narrow blank, 1 200."""
COMPOUND_WORD = re.compile(r"(?<![^\W_])[^\W_]+(?:[-\u2010][^\W_]+)+")
HYPHEN = re.compile("[-\u2010\u2011]")
LONGEST_SORTED_NUMBER = 20
"""Digits of a number in a title that is sorted as a number."""
SPECIAL_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "·": "",
    "ñ": "ñ",
}
"""Letters that Unicode does not decompose as search needs it, and what they are folded to."""


class FoldingTable(dict[int, str]):
    """A table for str.translate that computes a character's folding when it is first needed."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = SPECIAL_LETTERS.get(letter)
        if folded is None:
            parts = unicodedata.normalize("NFKD", letter)
            folded = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = folded
        return folded


FOLDING_TABLE = FoldingTable()


def normalise_text(text: str) -> str:
    """NFKC, lower case, without characters that can't be seen; accents stay."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", INVISIBLE_CHARACTER.sub("", text)).lower()


def join_groups_of_digits(text: str) -> str:
    """The text with 1200 in place of 1,200 and 1.200."""
    return NUMBER_IN_GROUPS.sub(lambda number: number[0].replace(number[1], ""), text)


def split_words(text: str) -> list[str]:
    """The words of a text in order, in lower case with their accents, cut at 64 characters; 1,200 is 1200."""
    found = SEARCH_WORD.findall(normalise_text(join_groups_of_digits(text)))
    return (
        found
        if max(map(len, found), default=0) <= LONGEST_INDEXED_WORD
        else [word[:LONGEST_INDEXED_WORD] for word in found]
    )


def compounds_as_one(text: str) -> list[tuple[int, str]]:
    """The words of a text that have hyphens inside, written without: (number of the first part among the words, word).

    So socio-cultural is found by sociocultural as well, and COVID-19 by covid19. Mere numbers are left out.
    """
    if not HYPHEN.search(text):
        return []
    plain = normalise_text(join_groups_of_digits(text))
    found: list[tuple[int, str]] = []
    number = last = 0
    for match in COMPOUND_WORD.finditer(plain):
        number += len(SEARCH_WORD.findall(plain[last : match.start()]))
        last = match.start()
        joined = HYPHEN.sub("", match[0])
        if not joined.isdigit() and len(joined) <= LONGEST_INDEXED_WORD:
            found.append((number, joined))
    return found


def fold_keeping_tilde(word: str) -> str:
    """A lower-case word without accents, ñ kept: for comparing where ñ is a letter of its own (sorting, patterns)."""
    return word if word.isascii() else word.translate(FOLDING_TABLE)


def fold_word(word: str) -> str:
    """A lower-case word without accents, ñ as n: for indexing and matching."""
    return word if word.isascii() else word.translate(FOLDING_TABLE).replace("ñ", "n")


def title_key(title: str) -> str:
    """The key by which titles are sorted, whatever their language.

    Folded words, ñ after n, punctuation left out, numbers by their value: Boletín 2 comes before Boletín 10.
    """
    words = (word.zfill(LONGEST_SORTED_NUMBER) if word.isdecimal() else word for word in split_words(title))
    return " ".join(fold_keeping_tilde(word) for word in words).replace("ñ", "n~")
