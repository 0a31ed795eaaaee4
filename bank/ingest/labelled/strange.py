"""Recognises what stands under a label that the bank does not know, such as "Folio interno: A-17", in a form."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bank.ingest.labelled.answers import Line
from bank.ingest.labelled.ends import LABEL_WITH_COLON, OpenAnswer
from bank.ingest.labelled.labels import FORM_BLANK, LabelStyle, begins_like_a_label, label_style

LONGEST_STRANGE_LABEL, MOST_STRANGE_WORDS = 80, 9
LETTERS = re.compile(r"[^\W\d_]{2}")
NO_LABEL = re.compile(r"(?:https?|nota|note|notas|fuente|source|instrucciones|instru[cç][oõ]es|instructions)$", re.I)


def strange_answer(line: Line, row: Sequence[str], ended: OpenAnswer | None) -> OpenAnswer | None:
    """The answer that may begin on a line without a known label; None for other lines.

    `ended` is the answer that the line ends: one of its lines that is written as its label is may be a label too.
    """
    if len(row) > 1:
        return strange_row(line, row) if len(row) == 2 else None
    text = line.text
    if line.heading:
        return OpenAnswer(text.rstrip(" :."), None, label_style(text, text, ""), line) if is_strange(text) else None
    named = LABEL_WITH_COLON.fullmatch(text)
    if named and is_strange(text.partition(":")[0]):
        written, rest = text.partition(":")[0], named[1]
        first = [replace(line, text=rest)] if rest and not FORM_BLANK.fullmatch(rest) else []
        return OpenAnswer(written, None, LabelStyle(colon=True, alone=not rest), line, lines=first)
    if ended is not None and (ended.style.number or ended.style.capitals) and is_strange(text):
        return OpenAnswer(text.rstrip(" :."), None, label_style(text, text, ""), line)
    return None


def strange_row(line: Line, row: Sequence[str]) -> OpenAnswer | None:
    """The two cells of a table's row as label and answer."""
    label, value = row
    if not value or not is_strange(label) or FORM_BLANK.fullmatch(value):
        return None
    return OpenAnswer(label.rstrip(" :."), None, LabelStyle(alone=False), line, True, lines=[replace(line, text=value)])


def is_strange(text: str) -> bool:
    """True for a text that may be a label: short, begun with a capital, no sentence."""
    return (
        len(text) <= LONGEST_STRANGE_LABEL
        and len(text.split()) <= MOST_STRANGE_WORDS
        and begins_like_a_label(text.lstrip("0123456789.)-– "))
        and bool(LETTERS.search(text))
        and not text.endswith((".", ";", ","))
        and not NO_LABEL.match(text.strip())
    )
