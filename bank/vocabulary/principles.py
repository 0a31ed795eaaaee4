"""The principles of the Charter of Educating Cities: those of 2020, and the numbers of 2004 with their heirs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bank.vocabulary.faults import WRONG
from bank.vocabulary.row import Row
from bank.vocabulary.terms import RECOGNISED

CHARTER = "2020"
OLD_CHARTER = "2004"
_SDG = re.compile(r"(?:1[0-7]|[1-9])(?:\.(?:[1-9]|1\d|[a-d]))?")


@dataclass(frozen=True, slots=True)
class Section:
    """One of the Charter's three sections, holding the principles `first` to `last`."""

    id: str
    labels: Mapping[str, str]
    other_labels: Mapping[str, str]
    first: int
    last: int
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle of 2020. `summaries` are the bank's own words; `strong` and `weak` terms are by language.

    `from_2004` are the numbers that it comes from; `sdgs` are goals ("4") or targets ("4.1") as hints, no claims.
    """

    number: int
    section: str
    labels: Mapping[str, str]
    other_labels: Mapping[str, str]
    summaries: Mapping[str, str]
    strong: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    from_2004: tuple[int, ...]
    sdgs: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.number)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])

    def summary(self, language: str) -> str:
        """The bank's own summary in this language, else in Spanish."""
        return self.summaries.get(language, self.summaries["es"])


@dataclass(frozen=True, slots=True)
class OldPrinciple:
    """A number of 2004: its subject in the bank's own words, its `heirs` of 2020, and who took over a lesser part."""

    number: int
    labels: Mapping[str, str]
    heirs: tuple[int, ...]
    partly: tuple[int, ...]
    other_labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.number)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


def section(row: Row) -> Section:
    """A section as it stands in ``principles.toml``."""
    labels, others = row.labels("labels"), row.other_labels("other_labels")
    return Section(row.text("id"), labels, others, row.number("first"), row.number("last"))


def principle(row: Row) -> Principle:
    """A principle as it stands in ``principles.toml``."""
    return Principle(
        number=row.number("number"),
        section=row.text("section"),
        labels=row.labels("labels"),
        other_labels=row.labels("other_labels", RECOGNISED),
        names=row.names("names"),
        summaries=row.labels("summaries"),
        strong=row.word_lists("strong", ("es", "en")),
        weak=row.word_lists("weak", ("es", "en")),
        from_2004=row.numbers("from_2004", required=True),
        sdgs=sdg_hints(row),
    )


def old_principle(row: Row) -> OldPrinciple:
    """A number of 2004 as it stands in ``principles-2004.toml``."""
    return OldPrinciple(
        number=row.number("number"),
        labels=row.labels("labels"),
        heirs=row.numbers("heirs", required=True),
        partly=row.numbers("partly"),
        other_labels=row.other_labels("other_labels"),
    )


def sdg_hints(row: Row) -> tuple[str, ...]:
    """The field `sdgs`: goals 1 to 17 ("4") or their targets ("4.1", "16.b")."""
    hints = row.texts("sdgs", required=True)
    for hint in hints:
        if not _SDG.fullmatch(hint):
            row.note(WRONG, "sdgs", hint)
    return hints
