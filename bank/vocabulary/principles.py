"""The principles of the Charter of Educating Cities: those of 2020, and those of 2004 with their heirs of 2020."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bank.vocabulary.faults import FAULT_WRONG_VALUE
from bank.vocabulary.labels import Labels
from bank.vocabulary.row import Row
from bank.vocabulary.terms import RECOGNISED, Term, term_from_row

CHARTER_VERSION = "2020"
OLD_CHARTER_VERSION = "2004"
_SDG = re.compile(r"(?:1[0-7]|[1-9])(?:\.(?:[1-9]|1\d|[a-d]))?")


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """The facts of one of the Charter's three sections: it holds the principles `first` to `last`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PrincipleFacts:
    """The facts of a principle of 2020.

    `summaries` are in the bank's own words; `strong` and `weak` are language -> words that speak for it. `from_2004`
    are the principles of 2004 that it comes from; `sdgs` are goals ("4") or targets ("4.1"), as hints only.
    """

    number: int
    section: str
    summaries: Labels
    strong: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    from_2004: tuple[int, ...]
    sdgs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OldPrincipleFacts:
    """The facts of a principle of 2004, whose label is its subject in the bank's own words.

    `heirs` are the principles of 2020 that succeeded it; `partly` those that took over a lesser part.
    """

    number: int
    heirs: tuple[int, ...]
    partly: tuple[int, ...]


CharterSection = Term[SectionFacts]
Principle = Term[PrincipleFacts]
OldPrinciple = Term[OldPrincipleFacts]


def section_from_row(row: Row) -> CharterSection:
    """A section from its table in ``principles.toml``."""
    return term_from_row(row, row.text("id"), SectionFacts(row.number("first"), row.number("last")))


def principle_from_row(row: Row) -> Principle:
    """A principle from its table in ``principles.toml``."""
    facts = PrincipleFacts(
        number=row.number("number"),
        section=row.text("section"),
        summaries=row.labels("summaries"),
        strong=row.word_lists("strong", ("es", "en")),
        weak=row.word_lists("weak", ("es", "en")),
        from_2004=row.numbers("from_2004", required=True),
        sdgs=sdg_hints_from_row(row),
    )
    return term_from_row(row, str(facts.number), facts, RECOGNISED)


def old_principle_from_row(row: Row) -> OldPrinciple:
    """A principle of 2004 from its table in ``principles-2004.toml``."""
    facts = OldPrincipleFacts(row.number("number"), row.numbers("heirs", required=True), row.numbers("partly"))
    return term_from_row(row, str(facts.number), facts)


def sdg_hints_from_row(row: Row) -> tuple[str, ...]:
    """The field `sdgs`: goals 1 to 17 ("4") or their targets ("4.1", "16.b"); faults for anything else."""
    hints = row.texts("sdgs", required=True)
    for hint in hints:
        if not _SDG.fullmatch(hint):
            row.note(FAULT_WRONG_VALUE, "sdgs", hint)
    return hints
