"""Codes in a question: file names, numbers of folios, keys of devices. They are searched for by their letters alone."""

import re

from bank.search.query import QUERY_PIECE, QUOTE_MARKS, field_named

CODE = re.compile(r'[^\s":]*(?:[^\W_]_[^\W_]|[0-9])[^\s":]*')
"""A run of signs with an underscore between letters or digits, or with a digit."""
WORD_BESIDE_DIGITS = re.compile(r"[^\W\d_]{4,}")


def without_codes(text: str) -> str:
    """The text without its codes; of one with digits the words of four letters and more stay: covid of COVID-19.

    What is excluded stays whole, and of a tag or years with a number in it nothing: neither is part of the meaning.
    """
    return QUERY_PIECE.sub(without_code, text.translate(QUOTE_MARKS))


def without_code(piece: re.Match[str]) -> str:
    """One piece of a query without its codes."""
    if piece["minus"] or not CODE.search(piece[0]):
        return piece[0]
    if field_named(piece["field"]) not in (None, "title"):
        return ""
    return CODE.sub(lambda code: "" if "_" in code[0] else " ".join(WORD_BESIDE_DIGITS.findall(code[0])), piece[0])
