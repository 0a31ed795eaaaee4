"""What all terms have in common, and the plain vocabularies: SDGs, groups, event kinds, licences, roles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bank.vocabulary.row import Row

RECOGNISED = ("fr", "ca")
"""Languages in which a label that a search may name is recognised and never shown."""


class Term(Protocol):
    """A term of any vocabulary. `labels` are shown; `other_labels`, `aliases` and `names` only help to recognise it.

    `names` are what else people call it, by language.
    """

    @property
    def id(self) -> str: ...
    @property
    def labels(self) -> Mapping[str, str]: ...
    @property
    def other_labels(self) -> Mapping[str, str]: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def names(self) -> Mapping[str, tuple[str, ...]]: ...
    def label(self, language: str) -> str:
        """The label in this language, else in Spanish."""
        ...


@dataclass(frozen=True, slots=True)
class Sdg:
    """A Sustainable Development Goal; `iri` is the United Nations' identifier."""

    number: int
    labels: Mapping[str, str]
    iri: str
    other_labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.number)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


@dataclass(frozen=True, slots=True)
class Group:
    """A target group."""

    id: str
    labels: Mapping[str, str]
    other_labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


@dataclass(frozen=True, slots=True)
class EventKind:
    """What an event is: a meeting, a congress, an award edition."""

    id: str
    labels: Mapping[str, str]
    other_labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


@dataclass(frozen=True, slots=True)
class Role:
    """An office that a city holds in a network."""

    id: str
    labels: Mapping[str, str]
    other_labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence. `url` is None for a document's own terms; `for_files`: offered for a file; `proposed`: put first."""

    id: str
    labels: Mapping[str, str]
    url: str | None
    for_files: bool
    proposed: bool
    other_labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


def sdg(row: Row) -> Sdg:
    """A goal as it stands in ``sdgs.toml``."""
    return Sdg(
        number=row.number("number"),
        labels=row.labels("labels"),
        iri=row.text("iri"),
        other_labels=row.labels("other_labels", RECOGNISED),
        names=row.names("names"),
    )


def group(row: Row) -> Group:
    """A target group as it stands in ``groups.toml``."""
    return Group(
        id=row.text("id"),
        labels=row.labels("labels"),
        other_labels=row.labels("other_labels", RECOGNISED),
        aliases=row.texts("aliases"),
        names=row.names("names"),
    )


def event_kind(row: Row) -> EventKind:
    """An event kind as it stands in ``event-kinds.toml``."""
    return EventKind(row.text("id"), row.labels("labels"), row.other_labels("other_labels"), row.texts("aliases"))


def role(row: Row) -> Role:
    """A city's role as it stands in ``cities.toml``."""
    return Role(row.text("id"), row.labels("labels"), row.other_labels("other_labels"), row.texts("aliases"))


def licence(row: Row) -> Licence:
    """A licence as it stands in ``licences.toml``."""
    return Licence(
        row.text("id"),
        row.labels("labels"),
        row.optional("url"),
        row.flag("for_files"),
        row.flag("proposed"),
        row.other_labels("other_labels"),
        row.texts("aliases"),
    )
