"""Clean-up of extracted text, in the order that was measured to help most."""

import re
import unicodedata
from collections.abc import Collection, Sequence

JOIN_MARK = "\u00ad"
"""Where two halves of a word were joined; only until `settle_joins` has decided about it."""

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
LOOSE_ACCENT = re.compile("([´¨˜ˆ¸˚]|(?<=[^\\W\\d_])`) ?([aeiouAEIOUnNcCıyY])")
SPACES = re.compile(" {2,}")
AROUND_LINE = re.compile(" ?\n ?")
EMPTY_LINES = re.compile("\n{3,}")


def clean_text(text: str) -> str:
    """Text as people are shown it: line ends are ``\\n``, hyphenated words joined, no control characters, NFC."""
    return mark_joins(text).replace(JOIN_MARK, "")


def mark_joins(text: str) -> str:
    """`clean_text`, but with JOIN left where a word was joined at a line end."""
    text = SURROGATES.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    text = SOFT_HYPHEN.sub("", text)
    text = MARKED_HYPHEN.sub("\x02", text)
    text = settle_pdfium_marks(text)
    text = text.translate(CLEANING_TABLE)
    text = AROUND_LINE.sub("\n", SPACES.sub(" ", text))
    text = LINE_HYPHEN.sub(join_hyphenated_line, text)
    text = LOOSE_ACCENT.sub(compose_accent, text)
    return EMPTY_LINES.sub("\n\n", unicodedata.normalize("NFC", text)).strip()


PRIVATE_CHARACTERS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def without_private_characters(text: str) -> str:
    """Cleaned text without private-use characters, the bullets and rules of a font of signs, and their lines.

    Unchanged where they are most of what is visible: such a text is one in a font without an encoding.
    """
    left, found = PRIVATE_CHARACTERS.subn("", text)
    if not found or found > sum(not character.isspace() for character in left):
        return text
    return EMPTY_LINES.sub("\n\n", AROUND_LINE.sub("\n", SPACES.sub(" ", left))).strip()


def settle_pdfium_marks(text: str) -> str:
    """Decides about pdfium's own mark (U+0002) of a hyphen at a line end, which it has joined already."""
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
    """Joins the marked words, but keeps the hyphen of one like contrato-programa.

    That is a word whose halves of four letters or more both stand in the document (`known`) by themselves, while
    the joined word does not.
    """

    def settle(match: re.Match[str]) -> str:
        first, second = match.group(1), match.group(2)
        both = min(len(first), len(second)) >= 4 and first.lower() in known and second.lower() in known
        return f"{first}-{second}" if both and (first + second).lower() not in known else first + second

    return JOINED_WORD.sub(settle, text).replace(JOIN_MARK, "") if JOIN_MARK in text else text


SENTENCE_ENDINGS = (".", "!", "?", ":", ";", "…", "”", "»", ")")


def index_text(text: str, furniture: Sequence[int] = (), following: str = "") -> str:
    """Text for the index from text for people: without its furniture lines, in NFKC.

    `furniture` are numbers of lines from 0. `following` is the next page's text, without its furniture: where this
    page ends in mid-sentence, its first ten words are appended, and a word broken over the page end is joined.
    """
    left_out = frozenset(furniture)
    kept = "\n".join(line for number, line in enumerate(text.split("\n")) if number not in left_out).strip()
    if following and kept and not kept.endswith(SENTENCE_ENDINGS):
        kept = continue_text(kept, following.split(None, 10)[:10])
    return unicodedata.normalize("NFKC", kept)


def continue_text(text: str, first_words: Sequence[str]) -> str:
    """`text` and the words with which the next page goes on."""
    if not first_words:
        return text
    if text.endswith(("-", "\u2010")) and text[-3:-1].isalpha() and first_words[0][:1].islower():
        return text[:-1] + " ".join(first_words)
    return f"{text} {' '.join(first_words)}"
