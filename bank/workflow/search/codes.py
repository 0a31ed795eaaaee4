"""Codes in a question: file names, numbers of folios, keys of devices. They are searched for by their letters alone."""

import re

CODE = re.compile(r'[^\s":]*(?:[^\W_]_[^\W_]|[0-9])[^\s":]*')
"""A run of signs with an underscore between letters or digits, or with a digit."""
WORD_BESIDE_DIGITS = re.compile(r"[^\W\d_]{4,}")


def without_codes(text: str) -> str:
    """The text without its codes; of one with digits the words of four letters and more stay: covid of COVID-19."""
    return CODE.sub(lambda code: "" if "_" in code[0] else " ".join(WORD_BESIDE_DIGITS.findall(code[0])), text)
