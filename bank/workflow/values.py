"""From what a file proposes (labels as written) to what the catalogue keeps (ids)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bank.ingest.extraction import Proposals
from bank.languages import UNKNOWN, is_code
from bank.vocabulary import Vocabulary

DATE = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class TagValue:
    """A term to be given to an entry."""

    vocabulary: str
    term: str
    charter: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class EntryValues:
    """What an entry is made of. `cities` are names or ids as written, the leading one first."""

    kind: str
    language: str
    title: str
    summary: str = ""
    year: int | None = None
    date: str | None = None
    number: str | None = None
    cities: tuple[str, ...] = ()
    country: str | None = None
    licence: str | None = None
    tags: tuple[TagValue, ...] = ()
    unknown: tuple[str, ...] = ()
    """Labels that no vocabulary knows; nothing is made of them, and a person is told."""
    fields: dict[str, object] = field(default_factory=dict)


def entry_values(
    vocabulary: Vocabulary,
    proposals: Proposals,
    *,
    fallback_title: str,
    kind: str | None = None,
    language: str | None = None,
) -> EntryValues:
    """Reads proposals into values; `kind` and `language` given by a person win."""
    unknown: list[str] = []
    found_kind = kind or _term(vocabulary, "kind", proposals.kind, unknown) or "report"
    tags = tuple(_tags(vocabulary, proposals, unknown))
    date = proposals.date if proposals.date and DATE.fullmatch(proposals.date) else None
    country = vocabulary.country(proposals.country) if proposals.country else None
    if proposals.country and not country:
        unknown.append(proposals.country)
    return EntryValues(
        kind=found_kind,
        language=language or _language(proposals.language),
        title=(proposals.title or fallback_title)[:300],
        summary=(proposals.summary or "")[:5000],
        year=int(date[:4]) if date else None,
        date=date,
        number=proposals.number[:40] if proposals.number else None,
        cities=tuple(dict.fromkeys(filter(None, (proposals.city, *proposals.cities)))),
        country=country,
        licence=_term(vocabulary, "licence", proposals.licence, unknown),
        tags=tags,
        unknown=tuple(unknown),
    )


def _language(proposed: str | None) -> str:
    return proposed if proposed and is_code(proposed) else UNKNOWN


def _term(vocabulary: Vocabulary, name: str, text: str | None, unknown: list[str]) -> str | None:
    if not text:
        return None
    term = vocabulary.find(name, text)
    if term is None:
        unknown.append(text)
    return term.id if term else None


def _tags(vocabulary: Vocabulary, proposals: Proposals, unknown: list[str]) -> Iterable[TagValue]:
    principles = dict.fromkeys(_terms(vocabulary, "principle", proposals.principles, unknown))
    for position, term in enumerate(principles):
        yield TagValue("principle", term, "2020", primary=position == 0)
    for name, texts in (("theme", proposals.themes), ("sdg", proposals.sdgs), ("group", proposals.groups)):
        for term in dict.fromkeys(_terms(vocabulary, name, texts, unknown)):
            yield TagValue(name, term)


def _terms(vocabulary: Vocabulary, name: str, texts: Iterable[str], unknown: list[str]) -> Iterable[str]:
    for text in texts:
        term = _term(vocabulary, name, text, unknown)
        if term is not None:
            yield term
