"""Grades the text of a page: good, split (single letters), glued (no blanks), garbage (no letters), empty.

Measured on 3,049 pages in es, pt, ca, en and fr: glued files have 8 to 21 letters a token, all others 6.4 or fewer; 8
to 38 % of their tokens have 20 letters or more, against 1.9 %.
"""

import re
from collections import Counter
from typing import Literal

Quality = Literal["good", "split", "glued", "garbage", "empty"]

QUALITY_WORD = re.compile(r"[^\W\d_]+")
UNREADABLE_CHARACTER = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f]")


def judge_text(text: str) -> Quality:
    """The grade of one page's cleaned text."""
    visible = len(text) - text.count(" ") - text.count("\n")
    if visible < 20:
        return "garbage" if garbage_share(text) > 0.5 else "empty"
    if garbage_share(text) > 0.05:
        return "garbage"
    lengths = Counter(map(len, QUALITY_WORD.findall(text)))
    words, letters = lengths.total(), sum(length * count for length, count in lengths.items())
    long = sum(count for length, count in lengths.items() if length >= 20)
    if words >= 10 and (letters > 7.5 * words or long > 0.05 * words):
        return "glued"
    if words > 30 and lengths[1] > 0.5 * words:
        return "split"
    return "good"


def garbage_share(text: str) -> float:
    """The share of characters that are no readable text: U+FFFD, private use, control characters."""
    return len(UNREADABLE_CHARACTER.findall(text)) / len(text) if text else 0.0


QUALITY_RANK: dict[Quality, int] = {"good": 0, "split": 1, "glued": 2, "garbage": 3, "empty": 4}


def better_text(first: str, second: str) -> str:
    """The text of the better grade; the first when both have the same."""
    return second if QUALITY_RANK[judge_text(second)] < QUALITY_RANK[judge_text(first)] else first
