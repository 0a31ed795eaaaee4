"""Splits a text into sentences; only blanks change, no word is lost."""

import re

LONGEST_SENTENCE_WORDS = 60
"""Words; longer sentences (a table, a list without full stops) are cut."""
LONGEST_WORD_LETTERS = 100
"""Characters; longer words are cut."""
SENTENCE_BREAK = re.compile(r"""(?<=[.!?…])(?: ?["”»')\]]){0,4} (?=(?:["“«'(\[¿¡—–-] ?){0,4}[^\W_a-zß-öø-ÿ])""")
ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|EE|UU|[Nn]|[Nn][úu]m|nº|[Aa]rt|[Ii]nc|[Ff]racc?|[Pp]p?|[Pp]ágs?|[Vv]ol|[Cc]ap|[Ff]ig|[Tt]el|[Ee]d"
    r"|[Dd]ra?|[Ss]ra?|[Ll]ic|[Ll]d[oa]|[Ii]ng|[Aa]rq|[Mm]tr[oa]|[Pp]rof|[Gg]ral|[Ee]xmo|[Mm]rs?|[Mm]s|[Mm]me|[Mm]lle"
    r"|[Aa]v|[Cc]d|[Cc]ol|[Ss]t|vs|ej|aprox|approx)|(?:\b[A-ZÉ]\.)+[A-Z])\.$"
)
LONGEST_ABBREVIATION = 12
"""Characters before a full stop that are searched for an abbreviation."""
NUMBER_ABBREVIATION = re.compile(r"\bNo\.$")
"""`No.`: an abbreviation before digits, else a whole answer."""
LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]+)\.")
"""The number of a list item; it is no sentence."""
LIST_BULLET = re.compile(r"^\s*(?:[-–—•·*▪●○◦➢✓]|\(?\d{1,2}[.)]|[a-z]\))\s+")
MOST_HEADING_WORDS = 8
"""Words of a line that may be a heading."""


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in order, with single blanks; the lines of a paragraph are joined."""
    return [
        piece
        for block in text_blocks(text)
        for sentence in block_sentences(block)
        for piece in cut_long_sentence(sentence)
        if has_word(piece)
    ]


def text_blocks(text: str) -> list[str]:
    """The runs of lines between empty lines, bullets and headings, each as one text."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        stripped = " ".join(line.split())
        if not stripped or LIST_BULLET.match(line) or (found[-1] and is_heading_above(found[-1], stripped)):
            found.append([])
        if stripped:
            found[-1].append(stripped)
    return [" ".join(lines) for lines in found if lines]


def is_heading_above(before: list[str], line: str) -> bool:
    """True when `before` is a single line that is a heading above `line`.

    It has up to 8 words and no punctuation at its end, and `line` begins with a capital.
    """
    last = before[-1]
    return (
        len(before) == 1
        and len(last.split()) <= MOST_HEADING_WORDS
        and last[-1] not in ".,;:-"
        and line[:1].isupper()
        and not LIST_BULLET.match(last)
    )


def block_sentences(block: str) -> list[str]:
    """The sentences of one run of lines; the full stop of an abbreviation or list number ends none."""
    found: list[str] = []
    start = 0
    for match in SENTENCE_BREAK.finditer(block):
        if not sentence_goes_on(block, start, match.start(), match.end()):
            found.append(block[start : match.end()].strip())
            start = match.end()
    return [*found, block[start:].strip()]


def sentence_goes_on(block: str, start: int, stop: int, after: int) -> bool:
    """True when the sentence that began at `start` goes on after the full stop that ends at `stop`."""
    last = block[max(start, stop - LONGEST_ABBREVIATION) : stop]
    if ABBREVIATION.search(last) or (NUMBER_ABBREVIATION.search(last) and block[after].isdigit()):
        return True
    return stop - start <= LONGEST_ABBREVIATION and LIST_NUMBER.fullmatch(block[start:stop]) is not None


def cut_long_sentence(sentence: str) -> list[str]:
    """The sentence, cut into equal pieces of at most 60 words where it is longer."""
    words = [
        word[at : at + LONGEST_WORD_LETTERS]
        for word in sentence.split()
        for at in range(0, len(word), LONGEST_WORD_LETTERS)
    ]
    size = -(-len(words) // max(-(-len(words) // LONGEST_SENTENCE_WORDS), 1))
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def has_word(text: str) -> bool:
    """True when a text holds a letter."""
    return any(character.isalpha() for character in text)
