"""Themes, of which 13 are the headings that the international bank publishes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bank.vocabulary.principles import sdg_hints
from bank.vocabulary.row import Row
from bank.vocabulary.terms import RECOGNISED


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme. `bank`: one of BIDCE's headings; else `maps_to` says under which of them it is exported.

    `focus`: a heading of Focus Experience. `pt_br`: Brazil's label where it differs. `principles` (2020), `sdgs` and
    `keywords` (by language) are hints for suggestions, the nearest first.
    """

    id: str
    labels: Mapping[str, str]
    bank: bool
    focus: bool
    maps_to: str | None
    principles: tuple[int, ...]
    sdgs: tuple[str, ...]
    keywords: Mapping[str, tuple[str, ...]]
    pt_br: str | None = None
    aliases: tuple[str, ...] = ()
    other_labels: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


def theme(row: Row) -> Theme:
    """A theme as it stands in ``themes.toml``; Brazil's label counts among its aliases."""
    brazilian, aliases = row.optional("pt_br"), row.texts("aliases")
    return Theme(
        id=row.text("id"),
        labels=row.labels("labels"),
        bank=row.flag("bank"),
        focus=row.flag("focus"),
        maps_to=row.optional("maps_to"),
        principles=row.numbers("principles", required=True),
        sdgs=sdg_hints(row),
        keywords=row.word_lists("keywords", ("es",)),
        pt_br=brazilian,
        aliases=(*aliases, brazilian) if brazilian else aliases,
        other_labels=row.labels("other_labels", RECOGNISED),
        names=row.names("names"),
    )
