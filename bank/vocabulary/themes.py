"""Themes, of which 13 are the headings that the international bank (BIDCE) publishes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bank.vocabulary.principles import sdg_hints_from_row
from bank.vocabulary.row import Row
from bank.vocabulary.terms import RECOGNISED, Term, term_from_row


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """The facts of a theme. `bank`: it is a heading of BIDCE; else `maps_to` is the one under which it is exported.

    `focus`: it is a heading of Focus Experience. `pt_br`: the label in Brazil where it differs. `principles` (2020),
    `sdgs` and `keywords` (by language) are hints for suggestions, the nearest first.
    """

    bank: bool
    focus: bool
    maps_to: str | None
    principles: tuple[int, ...]
    sdgs: tuple[str, ...]
    keywords: Mapping[str, tuple[str, ...]]
    pt_br: str | None = None


Theme = Term[ThemeFacts]


def theme_from_row(row: Row) -> Theme:
    """A theme from its table in ``themes.toml``; the label in Brazil is also an alias."""
    facts = ThemeFacts(
        bank=row.flag("bank"),
        focus=row.flag("focus"),
        maps_to=row.optional("maps_to"),
        principles=row.numbers("principles", required=True),
        sdgs=sdg_hints_from_row(row),
        keywords=row.word_lists("keywords", ("es",)),
        pt_br=row.optional("pt_br"),
    )
    found = term_from_row(row, row.text("id"), facts, RECOGNISED)
    return replace(found, aliases=(*found.aliases, facts.pt_br)) if facts.pt_br else found
