"""Which words of one text stand in another as well: for two who wrote in the same field."""

import re
from difflib import SequenceMatcher

WORD_OR_BLANK = re.compile(r"\s+|\S+")
MOST_COMPARED_WORDS = 4000
"""Words and blanks of a text that are compared at most; a longer one is told without marks."""


def marked_words(theirs: str, mine: str) -> tuple[tuple[str, bool], ...]:
    """`theirs` in pieces, each with whether it stands otherwise in `mine`."""
    one, other = WORD_OR_BLANK.findall(theirs), WORD_OR_BLANK.findall(mine)
    if not one:
        return ()
    if len(one) + len(other) > MOST_COMPARED_WORDS:
        return ((theirs, False),)
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return tuple(("".join(one[start:end]), step != "equal") for step, start, end, _, _ in steps if end > start)
