"""Reads "Nombre:" as the title of a form, where what stands around it says that no person is meant."""

import re
from collections.abc import Iterator, Sequence

from bank.ingest.labelled.answers import Line
from bank.ingest.labelled.labels import KnownLabels, row_cells
from bank.vocabulary.folding import fold_label

BARE_NAME = re.compile(r"(?:\d{1,2}[.)]\s?)?(?:Nombre|Nome|Name|Nom)\s?[:|]\s{0,9}(?P<name>\S.*)", re.IGNORECASE)
NAME_PARTICLES = frozenset("de del la las los el y e i da do das dos di van von of".split())
FIELDS_BESIDE_A_TITLE = frozenset(
    "city cities start_year period state summary themes principles objectives context number subtitle".split()
)
LINES_AFTER_A_NAME = 3
"""Lines after the name among which a label tells whose it is."""
LONGEST_BARE_NAME = 200


def bare_names(lines: Sequence[Line], labels: KnownLabels) -> Iterator[tuple[str, Line]]:
    """The names of what the file is about: no person's, with a label after it that speaks of an entry."""
    for number, line in enumerate(lines):
        found = BARE_NAME.fullmatch(line.text[: LONGEST_BARE_NAME + 20])
        if not found or len(found["name"]) > LONGEST_BARE_NAME:
            continue
        text = " ".join([found["name"], *wrapped_on(lines[number + 1 : number + 2])])
        after = lines[number + 1 : number + 1 + LINES_AFTER_A_NAME]
        if names_no_person(text) and speaks_of_an_entry(after, labels):
            yield text, line


def wrapped_on(after: Sequence[Line]) -> list[str]:
    """The next line where the name goes on in it."""
    return [line.text for line in after if line.text[0].islower() and not line.apart]


def names_no_person(text: str) -> bool:
    """True for a name with a word in small letters that names of people don't have."""
    words = text.split()[1:]
    return any(word[0].islower() and fold_label(word) not in NAME_PARTICLES for word in words)


def speaks_of_an_entry(lines: Sequence[Line], labels: KnownLabels) -> bool:
    """Whether the first label in these lines is one of an entry's own fields, as those beside a title are."""
    for line in lines:
        row = row_cells(line.text)
        label = labels.read(line.text)
        spec = labels.field(row[0]) if len(row) > 1 else label.field if label else None
        if spec or label:
            return spec is not None and spec.id in FIELDS_BESIDE_A_TITLE
    return False
