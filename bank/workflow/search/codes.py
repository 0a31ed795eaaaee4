"""Codes in a question: file names, numbers of folios, keys of devices. They are searched for by their letters alone."""

import re

from bank.search.query import QUERY_PIECE, QUOTE_MARKS, field_named

RUN_OF_SIGNS = re.compile(r'[^\s":]+')
SIGN_OF_CODE = re.compile(r"[^\W_]_[^\W_]|[0-9]")
"""What makes a run of signs a code: an underscore between letters or digits, or a digit."""
WORD_BESIDE_DIGITS = re.compile(r"[^\W\d_]{4,}")


def without_codes(text: str) -> str:
    """The text without its codes; of one with digits the words of four letters and more stay: covid of COVID-19.

    What is excluded stays whole, and of a tag or years with a number in it nothing: neither is part of the meaning.
    """
    return QUERY_PIECE.sub(without_code, text.translate(QUOTE_MARKS))


def without_code(piece: re.Match[str]) -> str:
    """One piece of a query without its codes."""
    if piece["minus"] or not SIGN_OF_CODE.search(piece[0]):
        return piece[0]
    if field_named(piece["field"]) not in (None, "title"):
        return ""
    return RUN_OF_SIGNS.sub(without_run, piece[0])


def without_run(run: re.Match[str]) -> str:
    """A run of signs; of a code its words, or nothing."""
    if not SIGN_OF_CODE.search(run[0]):
        return run[0]
    return "" if "_" in run[0] else " ".join(WORD_BESIDE_DIGITS.findall(run[0]))
