"""Text made comparable: NFKC, lower case, accents folded; ñ stays ñ."""

import re
import unicodedata

LONGEST_INDEXED_WORD = 64
"""Characters; longer words are cut."""
SEARCH_WORD = re.compile(r"[^\W_]+(?:(?<=l)·(?=l)[^\W_]+)*")
INVISIBLE_CHARACTER = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
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


def split_words(text: str) -> list[str]:
    """The words of a text in order, in lower case with their accents, cut at 64 characters."""
    found = SEARCH_WORD.findall(normalise_text(text))
    return (
        found
        if max(map(len, found), default=0) <= LONGEST_INDEXED_WORD
        else [word[:LONGEST_INDEXED_WORD] for word in found]
    )


def fold_keeping_tilde(word: str) -> str:
    """A lower-case word without accents, ñ kept: for comparing where ñ is a letter of its own (sorting, patterns)."""
    return word if word.isascii() else word.translate(FOLDING_TABLE)


def fold_word(word: str) -> str:
    """A lower-case word without accents, ñ as n: for indexing and matching."""
    return word if word.isascii() else word.translate(FOLDING_TABLE).replace("ñ", "n")


def title_key(title: str) -> str:
    """The key by which titles are sorted, whatever their language: folded words, ñ after n, punctuation left out."""
    return " ".join(fold_keeping_tilde(word) for word in split_words(title)).replace("ñ", "n~")
