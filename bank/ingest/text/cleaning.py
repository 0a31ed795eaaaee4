"""Cleans extracted text: hyphenation, ligatures, control characters, blanks, loose accents, NFC."""

import re
import unicodedata
from collections.abc import Collection, Sequence

JOIN_MARK = "\u00ad"
"""Stands where two halves of a word were joined, until `settle_joins` keeps the join or restores the hyphen."""

LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
BLANK_CHARACTERS = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
LINE_END_CHARACTERS = dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], "\n")
DROPPED_CHARACTERS = dict.fromkeys(
    [
        *(code for code in range(0x20) if code not in (0x09, 0x0A, 0x0B, 0x0C)),
        *(code for code in range(0x7F, 0xA0) if code != 0x85),
        0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
        *range(0xFFF9, 0xFFFD), 0xFFFE, 0xFFFF,
    ]
)  # fmt: skip
CLEANING_TABLE = {**DROPPED_CHARACTERS, **LIGATURES, **BLANK_CHARACTERS, **LINE_END_CHARACTERS}
CLEANED_CHARACTERS = re.compile("[" + re.escape("".join(map(chr, sorted(CLEANING_TABLE)))) + "]+")

SURROGATES = re.compile("[\ud800-\udfff]")
SOFT_HYPHEN = re.compile("\u00ad[ \t]*\n?[ \t]*")
LINE_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})[-\u2010] ?\n ?(\S+) ?\n?")
MARKED_HYPHEN = re.compile("\x02[ \t]*(?:\n[ \t]*)?")
LOOSE_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "˜": "\u0303",
    "ˆ": "\u0302",
    "¸": "\u0327",
    "˚": "\u030a",
}
"""Accents that stand alone before their letter, as TeX draws them -> the combining accent."""
LOOSE_ACCENT = re.compile("([´¨˜ˆ¸˚]|(?<=[^\\W\\d_])`) ?([aeiouAEIOUnNcCıyY])")
SPACES = re.compile(" {2,}")
AROUND_LINE = re.compile(" ?\n ?")
EMPTY_LINES = re.compile("\n{3,}")


def clean_text(text: str) -> str:
    """The text as people are shown it: line ends ``\\n``, hyphenated words joined, no control characters, NFC."""
    return mark_joins(text).replace(JOIN_MARK, "")


def mark_joins(text: str) -> str:
    """`clean_text`, but with JOIN_MARK left where a word was joined at a line end."""
    text = SURROGATES.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    text = SOFT_HYPHEN.sub("", text)
    if "\x02" in text:
        text = settle_pdfium_marks(MARKED_HYPHEN.sub("\x02", text))
    text = CLEANED_CHARACTERS.sub(lambda found: found[0].translate(CLEANING_TABLE), text)
    text = SPACES.sub(" ", text).replace(" \n", "\n").replace("\n ", "\n")
    if "-\n" in text or "\u2010\n" in text:
        text = LINE_HYPHEN.sub(join_hyphenated_line, text)
    if any(sign in text for sign in LOOSE_ACCENTS):
        text = LOOSE_ACCENT.sub(compose_accent, text)
    return EMPTY_LINES.sub("\n\n", unicodedata.normalize("NFC", text)).strip()


PRIVATE_CHARACTERS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def without_private_characters(text: str) -> str:
    """Cleaned text without private-use characters (bullets and rules of symbol fonts), nor lines that hold only these.

    Unchanged where they are most of what is visible: then the text is in a font without an encoding.
    """
    left, found = PRIVATE_CHARACTERS.subn("", text)
    if not found or found > sum(not character.isspace() for character in left):
        return text
    return EMPTY_LINES.sub("\n\n", AROUND_LINE.sub("\n", SPACES.sub(" ", left))).strip()


def settle_pdfium_marks(text: str) -> str:
    """Replaces U+0002, pdfium's mark for a hyphen at a line end: by JOIN_MARK inside a word, else by a hyphen."""
    halves = text.split("\x02")
    joined = [halves[0]]
    for half in halves[1:]:
        before = joined[-1][-2:]
        joins = len(before) == 2 and before.isalpha() and half[:1].islower()
        joined.append((JOIN_MARK if joins else "-") + half)
    return "".join(joined)


def join_hyphenated_line(match: re.Match[str]) -> str:
    """The continuation of a hyphenated word, moved up to its line; unchanged before a capital or a digit."""
    rest = match.group(1)
    return f"{JOIN_MARK}{rest}\n" if rest[0].islower() else match.group(0)


def compose_accent(match: re.Match[str]) -> str:
    """A letter and the accent that TeX drew before it, as one character."""
    letter = match.group(2).replace("ı", "i")
    return unicodedata.normalize("NFC", letter + LOOSE_ACCENTS[match.group(1)])


LETTER_WORD = re.compile(r"[^\W\d_]+")
JOINED_WORD = re.compile(f"(?<![^\\W\\d_])([^\\W\\d_]+){JOIN_MARK}([^\\W\\d_]+)")


def words_of_document(texts: Sequence[str]) -> frozenset[str]:
    """The words of a document in lower case, without those that were joined at a line end."""
    found: set[str] = set()
    for text in texts:
        apart = JOINED_WORD.sub(" ", text) if JOIN_MARK in text else text
        found.update(LETTER_WORD.findall(apart.lower()))
    return frozenset(found)


def settle_joins(text: str, known: Collection[str]) -> str:
    """Removes the join marks, and restores the hyphen of words like contrato-programa.

    Those are words whose halves of four letters or more both stand in the document (`known`) by themselves, while the
    joined word does not.
    """

    def settle(match: re.Match[str]) -> str:
        first, second = match.group(1), match.group(2)
        both = min(len(first), len(second)) >= 4 and first.lower() in known and second.lower() in known
        return f"{first}-{second}" if both and (first + second).lower() not in known else first + second

    return JOINED_WORD.sub(settle, text).replace(JOIN_MARK, "") if JOIN_MARK in text else text


SENTENCE_ENDINGS = (".", "!", "?", ":", ";", "…", "”", "»", ")")
"""What a page ends with when its last sentence is complete."""


def index_text(text: str, furniture: Sequence[int] = (), following: str = "") -> str:
    """The text of a page for the index: without its furniture lines, in NFKC.

    `furniture` are numbers of lines from 0. `following` is the next page's text, without its furniture: where this page
    ends in mid-sentence, the next ten words are appended, and a word broken over the page end is joined.
    """
    left_out = frozenset(furniture)
    kept = "\n".join(line for number, line in enumerate(text.split("\n")) if number not in left_out).strip()
    if following and kept and not kept.endswith(SENTENCE_ENDINGS):
        kept = continue_text(kept, following.split(None, 10)[:10])
    return unicodedata.normalize("NFKC", kept)


def continue_text(text: str, first_words: Sequence[str]) -> str:
    """`text` continued with the first words of the next page; a word broken by a hyphen is joined."""
    if not first_words:
        return text
    if text.endswith(("-", "\u2010")) and text[-3:-1].isalpha() and first_words[0][:1].islower():
        return text[:-1] + " ".join(first_words)
    return f"{text} {' '.join(first_words)}"
