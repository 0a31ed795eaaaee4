"""Groups of words and phrases that mean the same; coordinators change the list that the bank ships."""

from dataclasses import dataclass

from bank.vocabulary.faults import FAULT_WRONG_VALUE
from bank.vocabulary.row import Row


@dataclass(frozen=True, slots=True)
class SynonymSeed:
    """A group that the bank ships: at least two words or phrases, whatever their languages."""

    id: str
    terms: tuple[str, ...]


def synonyms_from_row(row: Row) -> SynonymSeed:
    """The group in a table of the data file."""
    terms = row.texts("terms", required=True)
    if len(terms) == 1:
        row.note(FAULT_WRONG_VALUE, "terms", terms[0])
    return SynonymSeed(row.text("id"), terms)
