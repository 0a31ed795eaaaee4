"""Suggests principles and themes: for a text, for a file that is not stored, for an entry of the bank."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from bank import ingest
from bank.catalogue import entries
from bank.catalogue.entries import EntryRows
from bank.errors import Invalid, NotFound
from bank.ingest.reasons import REASONS
from bank.ingest.text.cleaning import clean_text, index_text
from bank.ingest.text.rows import without_bars
from bank.languages import best_text
from bank.search.meaning.encoder import NoModel
from bank.tagging.tagger import Tagger
from bank.tagging.values import Document, DocumentPart, Evidence, SimilarEntry, Suggestion, Suggestions
from bank.vocabulary import Vocabulary
from bank.workflow.bank import Bank
from bank.workflow.entries.fields import public_fields
from bank.workflow.index.documents import search_pages, texts_in
from bank.workflow.search.neighbours import tagged_neighbours


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A suggestion as a person was shown it; `place` counts from 1, 0 is for a term that was not suggested."""

    vocabulary: str
    term: str
    score: float
    place: int
    method: str
    evidence: tuple[Evidence, ...] = ()


def suggest_text(bank: Bank, title: str, text: str, date: str | None = None) -> Suggestions:
    """Suggested principles and themes for a text; evidence without page numbers. Nothing is stored or cached."""
    return suggest_for_document(
        bank.tagger, Document(clean_text(title), (DocumentPart(clean_text(text)),), date), remember=False
    )


def suggest_file(tagger: Tagger, path: Path, limits: ingest.Limits) -> Suggestions:
    """Suggested principles and themes for a file, with pages. Nothing is stored.

    Raises Invalid, with the reason, where the file can't be read.
    """
    read = ingest.read_file(path, name=path.name, limits=limits)
    if read.reason and read.outcome in ("refused", "failed"):
        raise Invalid(REASONS[read.reason], **read.reason_values)
    parts = tuple(DocumentPart(index_text(page.text, page.furniture), 1, page.number) for page in read.pages)
    return suggest_for_document(tagger, Document(read.proposals.title or "", parts, read.proposals.date))


def suggest_entry(bank: Bank, number: int, only_public: bool = True) -> Suggestions:
    """Suggested principles and themes for an entry, with file and page.

    The tags of similar entries count too. Raises NotFound; Busy where too many texts are being read.
    """
    document = tagging_document(bank, number, only_public)
    return suggest_for_document(bank.tagger, document, tagged_neighbours(bank, number))


def suggest_for_document(
    tagger: Tagger, document: Document, near: Sequence[SimilarEntry] = (), remember: bool = True
) -> Suggestions:
    """Suggested principles and themes for a document; by words alone where the model can't be read."""
    try:
        return tagger.suggest(document, near, remember)
    except NoModel:
        return tagger.without_meaning().suggest(document, near, remember)


def find_shown_suggestion(bank: Bank, number: int, vocabulary: str, term: str) -> ShownSuggestion:
    """The suggestion of a term for an entry of whatever status; place 0 where it is not suggested.

    Raises NotFound, Busy.
    """
    found = suggest_entry(bank, number, only_public=False)
    for place, suggestion in enumerate(found.of(vocabulary), 1):
        if suggestion.term == term:
            return ShownSuggestion(vocabulary, term, suggestion.score, place, found.method, suggestion.evidence)
    return ShownSuggestion(vocabulary, term, 0.0, 0, found.method)


def tagging_document(bank: Bank, number: int, only_public: bool) -> Document:
    """An entry as the tagger reads it; with `only_public` a published one. Raises NotFound."""
    with bank.database.reading() as session:
        rows = entries.load_entries(session, [number], only_public).get(number)
        if rows is None:
            raise NotFound()
        titles = {text.language: text.title for text in rows.texts}
        return Document(
            title=best_text(titles, rows.entry.language, bank.settings.language)[1],
            parts=tuple(document_parts(bank, session, rows)),
            date=rows.entry.date or (str(rows.entry.year) if rows.entry.year else None),
        )


def document_parts(bank: Bank, session: Session, rows: EntryRows) -> Iterator[DocumentPart]:
    """The summary in the entry's language, the texts of its public fields, then the pages of its files."""
    summaries = {text.language: text.summary for text in rows.texts}
    yield DocumentPart(best_text(summaries, rows.entry.language, bank.settings.language)[1])
    fields = public_fields(bank.vocabulary, rows.entry.kind, rows.entry.fields)
    yield from (DocumentPart(text) for text in texts_in(fields))
    yield from (DocumentPart(page.text, page.file, page.page) for page in search_pages(session, rows))


def suggestions_json(vocabulary: Vocabulary, found: Suggestions, language: str) -> dict[str, object]:
    """The suggestions as API and command give them; labels in `language`."""
    return {
        "principles": [
            {"value": int(one.term), **suggestion_json(vocabulary, "principle", one, language)}
            for one in found.principles
        ],
        "themes": [{"value": one.term, **suggestion_json(vocabulary, "theme", one, language)} for one in found.themes],
        "method": found.method,
    }


def suggestion_json(vocabulary: Vocabulary, name: str, one: Suggestion, language: str) -> Mapping[str, object]:
    return {
        "label": vocabulary.label(name, one.term, language),
        "score": one.score,
        "evidence": [{"file": each.file, "page": each.page, "text": without_bars(each.text)} for each in one.evidence],
        "why": list(one.matched),
        "mentioned": one.mentioned,
    }
