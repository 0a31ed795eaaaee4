"""The sentences that spoke for the tags of a published entry when they were accepted, where anybody may read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bank.catalogue import decisions, files
from bank.ingest.text.cleaning import index_text
from bank.ingest.text.rows import without_bars
from bank.vocabulary.principles import OLD_CHARTER_VERSION
from bank.workflow.bank import Bank
from bank.workflow.entries.views import EntryView
from bank.workflow.index.documents import texts_in
from bank.workflow.tags.published import TermKey

MOST_EVIDENCE_SHOWN = 2
"""Sentences for one tag."""


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """A sentence; `file` and `page` are None, and `label` too, for one of the entry's own description."""

    text: str
    file: int | None = None
    page: int | None = None
    label: str | None = None


def kept_evidence(bank: Bank, view: EntryView) -> Mapping[TermKey, tuple[KeptEvidence, ...]]:
    """(vocabulary, term) -> its sentences, for the tags of a published entry that somebody accepted.

    A sentence that no longer stands where it stood, or stands where not everybody may read it, is left out.
    """
    carried = {(tag.vocabulary, tag.term) for tag in view.tags if tag.charter != OLD_CHARTER_VERSION}
    with bank.database.reading() as session:
        accepted = {
            key: row.evidence
            for key, row in decisions.decisions_of_entry(session, view.card.id).items()
            if row.outcome == "accepted" and key in carried
        }
        found = {key: tuple(readable_evidence(session, view, rows)) for key, rows in accepted.items()}
    return {key: some[:MOST_EVIDENCE_SHOWN] for key, some in found.items() if some}


def readable_evidence(session: Session, view: EntryView, rows: object) -> Iterator[KeptEvidence]:
    """Those of the kept sentences that stand in what anybody may read."""
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
            continue
        text, file, page = row["text"], row.get("file"), row.get("page")
        if isinstance(file, int) and isinstance(page, int):
            yield from evidence_on_page(session, view.card.id, file, page, text)
        elif bare(text) in bare(" ".join([*view.card.summaries.values(), *texts_in(dict(view.fields))])):
            yield KeptEvidence(without_bars(text))


def evidence_on_page(session: Session, entry: int, file: int, page: int, text: str) -> Iterator[KeptEvidence]:
    """The sentence, where it still stands on this page of a file that anybody may read."""
    row = files.find_public_file(session, entry, file)
    pages = files.texts_of_pages(session, [(row.id, page), (row.id, page + 1)]) if row else {}
    here = pages.get((row.id, page)) if row else None
    if row is None or here is None:
        return
    after = pages.get((row.id, page + 1))
    if bare(text) in bare(index_text(here.text, here.furniture, after.text if after else "")):
        yield KeptEvidence(without_bars(text), file, page, here.label)


def bare(text: str) -> str:
    """The letters and digits alone: how lines and cells are broken makes no difference."""
    return "".join(letter for letter in text if letter.isalnum())
