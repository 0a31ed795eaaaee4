"""Turns what a file proposes (labels as written) into the description of an entry (ids of terms)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bank.ingest.extraction import Extraction, MetadataProposals, Origin
from bank.ingest.labelled.fields import find_labelled_values
from bank.ingest.text.rows import without_bars
from bank.languages import UNKNOWN_LANGUAGE, is_language_code
from bank.vocabulary import Vocabulary
from bank.workflow.entries.fields import LONGEST_CORE_TEXTS, PARTIAL_DATE
from bank.workflow.entries.new import EntryDescription, TagValue, terms_as_tags

LONGEST_ORIGIN_TEXT = 300
PAGES_WITH_A_TITLE = 3
"""Pages on which a label for the title is looked for."""


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
        fields=_period(vocabulary, kind, date, proposals.until),
        number=proposals.number[: LONGEST_CORE_TEXTS["number"]] if proposals.number else None,
        cities=named,
        country=country,
        tags=tuple(_tags(vocabulary, proposals, unknown)),
    )
    return EntryValues(description, _term(vocabulary, "licence", proposals.licence, unknown), tuple(unknown))


def with_labelled_title(vocabulary: Vocabulary, extraction: Extraction, wishes: ImportWishes) -> Extraction:
    """The extraction with the title that the file gives under a label, such as "Nombre de la experiencia:"."""
    proposals = extraction.proposals
    spoken = wishes.language or proposals.language or UNKNOWN_LANGUAGE
    kind = wishes.kind or _term(vocabulary, "kind", proposals.kind, []) or "experience"
    one = find_labelled_values(extraction.pages[:PAGES_WITH_A_TITLE], vocabulary, kind, spoken).get("title")
    given = proposals.origins.get("title")
    text = next(iter(one.value.values()), "") if one and isinstance(one.value, dict) else ""
    if not one or not text or (given and given.source == "given"):
        return extraction
    origins = {**proposals.origins, "title": Origin("label", one.page, one.evidence)}
    return replace(extraction, proposals=replace(proposals, title=text, origins=origins))


def origin_note(origin: Origin, file: int) -> dict[str, object]:
    """What is kept of where a value comes from, with the number of its file, for whoever looks at the entry."""
    note: dict[str, object] = {"source": origin.source, "file": file, "page": origin.page}
    note["text"] = without_bars(origin.text)[:LONGEST_ORIGIN_TEXT]
    return {**note, "doubtful": True} if origin.doubtful else note


def import_notes(proposals: MetadataProposals, described: EntryDescription) -> dict[str, object]:
    """What is kept with an imported entry: where title and year come from, and the year that was only guessed."""
    title, dated = proposals.origins.get("title"), proposals.origins.get("date")
    notes: dict[str, object] = {"title": origin_note(title, 1)} if title else {}
    if dated and described.year is not None:
        notes["start_year"] = origin_note(dated, 1)
    elif dated and (guess := guessed_year(proposals, described.year)):
        notes["start_year"] = {**origin_note(dated, 1), "value": guess}
    return notes


def guessed_year(proposals: MetadataProposals, year: int | None) -> int | None:
    """The year that a person may take over where the entry has none; None without such a guess."""
    return int(proposals.guessed_date[:4]) if year is None and proposals.guessed_date else None


def is_title_doubtful(proposals: MetadataProposals) -> bool:
    """Whether the proposed title is only a guess."""
    origin = proposals.origins.get("title")
    return origin is not None and origin.doubtful


def _period(vocabulary: Vocabulary, kind: str, date: str | None, until: str | None) -> dict[str, object]:
    """The span of a date as the period of an entry, where entries of this kind have one."""
    found = vocabulary.kind(kind)
    has = found is not None and any(spec.id == "period" for spec in found.facts.fields)
    return {"period": {"from": date, "to": until}} if has and date and until else {}


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
