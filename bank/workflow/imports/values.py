"""Turns what a file proposes (labels as written) into the description of an entry (ids of terms)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bank.ingest.extraction import MetadataProposals
from bank.languages import UNKNOWN_LANGUAGE, is_language_code
from bank.vocabulary import Vocabulary
from bank.workflow.entries.fields import LONGEST_CORE_TEXTS, PARTIAL_DATE
from bank.workflow.entries.new import EntryDescription, TagValue, terms_as_tags


@dataclass(frozen=True, slots=True)
class ImportWishes:
    """What the person who imports files says about all of them; None leaves it to the files."""

    city: str | None = None
    kind: str | None = None
    language: str | None = None
    licence: str | None = None
    publish: bool = False
    actor: str = "operator"


@dataclass(frozen=True, slots=True)
class EntryValues:
    """A description of the entry and its file's licence. `unknown` are labels that no vocabulary knows."""

    description: EntryDescription
    licence: str | None = None
    unknown: tuple[str, ...] = ()


def entry_values(
    vocabulary: Vocabulary, proposals: MetadataProposals, fallback_title: str, wishes: ImportWishes
) -> EntryValues:
    """The description of an entry from a file's proposals; what a person wishes wins.

    `fallback_title` is for a file that proposes none.
    """
    unknown: list[str] = []
    kind = wishes.kind or _term(vocabulary, "kind", proposals.kind, unknown) or "report"
    language = wishes.language or _language(proposals.language)
    date = proposals.date if proposals.date and PARTIAL_DATE.fullmatch(proposals.date) else None
    country = vocabulary.country(proposals.country) if proposals.country else None
    if proposals.country and not country:
        unknown.append(proposals.country)
    named = (wishes.city,) if wishes.city else tuple(filter(None, (proposals.city, *proposals.cities)))
    description = EntryDescription(
        kind=kind,
        language=language,
        titles={language: (proposals.title or fallback_title)[: LONGEST_CORE_TEXTS["title"]]},
        summaries={language: proposals.summary[: LONGEST_CORE_TEXTS["summary"]]} if proposals.summary else {},
        year=int(date[:4]) if date else None,
        date=date,
        number=proposals.number[: LONGEST_CORE_TEXTS["number"]] if proposals.number else None,
        cities=named,
        country=country,
        tags=tuple(_tags(vocabulary, proposals, unknown)),
    )
    return EntryValues(description, _term(vocabulary, "licence", proposals.licence, unknown), tuple(unknown))


def _language(proposed: str | None) -> str:
    return proposed if proposed and is_language_code(proposed) else UNKNOWN_LANGUAGE


def _term(vocabulary: Vocabulary, name: str, text: str | None, unknown: list[str]) -> str | None:
    if not text:
        return None
    term = vocabulary.find(name, text)
    if term is None:
        unknown.append(text)
    return term.id if term else None


def _tags(vocabulary: Vocabulary, proposals: MetadataProposals, unknown: list[str]) -> Iterable[TagValue]:
    for name, texts in (
        ("principle", proposals.principles),
        ("theme", proposals.themes),
        ("sdg", proposals.sdgs),
        ("group", proposals.groups),
    ):
        yield from terms_as_tags(name, _terms(vocabulary, name, texts, unknown))


def _terms(vocabulary: Vocabulary, name: str, texts: Iterable[str], unknown: list[str]) -> Iterable[str]:
    for text in texts:
        term = _term(vocabulary, name, text, unknown)
        if term is not None:
            yield term
