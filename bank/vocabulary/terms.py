"""What all terms have in common, and the simple vocabularies: SDGs, groups, event kinds, licences, roles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bank.languages import ANALYSED_LANGUAGES, INTERFACE_LANGUAGES
from bank.vocabulary.labels import Labels, label_in_language
from bank.vocabulary.row import Row

RECOGNISED = tuple(code for code in ANALYSED_LANGUAGES if code not in INTERFACE_LANGUAGES)
"""Languages in which labels are recognised and never shown."""

TermFacts = TypeVar("TermFacts")
TermFacts_co = TypeVar("TermFacts_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Term(Generic[TermFacts_co]):
    """A term of any vocabulary. `labels` are shown; `other_labels`, `aliases` and `names` only help to recognise it.

    `facts` are what only the terms of its vocabulary have, None where that is nothing. `names`: language -> other names
    of the term.
    """

    id: str
    labels: Labels
    facts: TermFacts_co
    other_labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    label = label_in_language


@dataclass(frozen=True, slots=True)
class SdgFacts:
    """The facts of a Sustainable Development Goal; `iri` is the United Nations' identifier."""

    number: int
    iri: str


@dataclass(frozen=True, slots=True)
class LicenceFacts:
    """The facts of a licence. `url` is None for a document's own terms.

    `for_files`: offered for files; `proposed`: offered first.
    """

    url: str | None
    for_files: bool
    proposed: bool


Sdg = Term[SdgFacts]
Licence = Term[LicenceFacts]
TargetGroup = Term[None]
EventKind = Term[None]
CityRole = Term[None]


def term_from_row(row: Row, id: str, facts: TermFacts, recognised: tuple[str, ...] = ()) -> Term[TermFacts]:
    """A term from its table, with the facts that were read from the same table.

    `recognised`: the languages, and no others, in which other labels are required; empty: in any language, none
    required.
    """
    return Term(
        id=id,
        labels=row.labels("labels"),
        facts=facts,
        other_labels=row.labels("other_labels", recognised) if recognised else row.other_labels("other_labels"),
        aliases=row.texts("aliases"),
        names=row.names("names"),
    )


def sdg_from_row(row: Row) -> Sdg:
    """A goal from its table in ``sdgs.toml``."""
    number = row.number("number")
    return term_from_row(row, str(number), SdgFacts(number, row.text("iri")), RECOGNISED)


def target_group_from_row(row: Row) -> TargetGroup:
    """A target group from its table in ``groups.toml``."""
    return term_from_row(row, row.text("id"), None, RECOGNISED)


def plain_term_from_row(row: Row) -> Term[None]:
    """A term without facts: an event kind of ``event-kinds.toml``, a city's role of ``cities.toml``."""
    return term_from_row(row, row.text("id"), None)


def licence_from_row(row: Row) -> Licence:
    """A licence from its table in ``licences.toml``."""
    facts = LicenceFacts(row.optional("url"), row.flag("for_files"), row.flag("proposed"))
    return term_from_row(row, row.text("id"), facts)
