"""The sentences that spoke for the tags of a published entry when they were accepted, where anybody may read them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

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


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """A kept sentence as a decision names it: on a page of a file, or of the description where those are None."""

    text: str
    file: int | None = None
    page: int | None = None


def kept_evidence(bank: Bank, view: EntryView) -> Mapping[TermKey, tuple[KeptEvidence, ...]]:
    """(vocabulary, term) -> its sentences, for the tags of a published entry that somebody accepted.

    A sentence that no longer stands where it stood, or stands where not everybody may read it, is left out.
    """
    carried = {(tag.vocabulary, tag.term) for tag in view.tags if tag.charter != OLD_CHARTER_VERSION}
    with bank.database.reading() as session:
        named = {
            key: tuple(named_sentences(row.evidence))
            for key, row in decisions.decisions_of_entry(session, view.card.id).items()
            if row.outcome == "accepted" and key in carried
        }
        readable = ReadableTexts(session, view, [one for some in named.values() for one in some])
    found = {key: tuple(islice(readable.evidence(some), MOST_EVIDENCE_SHOWN)) for key, some in named.items()}
    return {key: some for key, some in found.items() if some}


def named_sentences(rows: object) -> Iterator[NamedSentence]:
    """The sentences of a decision; what has no letters is none."""
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping) and isinstance(text := row.get("text"), str) and bare(text):
            file, page = row.get("file"), row.get("page")
            there = isinstance(file, int) and isinstance(page, int)
            yield NamedSentence(text, file, page) if there else NamedSentence(text)


class ReadableTexts:
    """What anybody may read of an entry: its description, and the pages that sentences name, read at once."""

    def __init__(self, session: Session, view: EntryView, named: Sequence[NamedSentence]) -> None:
        self.view = view
        places = {(one.file, one.page) for one in named if one.file is not None and one.page is not None}
        ids = files.public_file_ids(session, view.card.id) if places else {}
        self.ids = {number: ids[number] for number, _ in places if number in ids}
        wanted = {(self.ids[file], page + after) for file, page in places if file in self.ids for after in (0, 1)}
        self.pages = files.texts_of_pages(session, sorted(wanted))
        self.known: dict[tuple[int, int] | None, str] = {}

    def evidence(self, named: Sequence[NamedSentence]) -> Iterator[KeptEvidence]:
        """Those of the sentences that still stand where they stood."""
        for one in named:
            place = (self.ids[one.file], one.page) if one.file in self.ids and one.page is not None else None
            if one.file is not None and (place is None or place not in self.pages):
                continue
            if bare(one.text) in self.bare_text(place):
                label = self.pages[place].label if place else None
                yield KeptEvidence(without_bars(one.text), one.file, one.page, label)

    def bare_text(self, place: tuple[int, int] | None) -> str:
        """The letters and digits of a page, or of the description."""
        if place not in self.known:
            self.known[place] = bare(self.text_of_page(*place) if place else self.description())
        return self.known[place]

    def text_of_page(self, file: int, page: int) -> str:
        """The text of a page as the index has it: a sentence may end on the next one."""
        here, after = self.pages[file, page], self.pages.get((file, page + 1))
        return index_text(here.text, here.furniture, after.text if after else "")

    def description(self) -> str:
        """The titles, summaries and fields."""
        card = self.view.card
        return " ".join([*card.titles.values(), *card.summaries.values(), *texts_in(dict(self.view.fields))])


def bare(text: str) -> str:
    """The letters and digits alone: how lines and cells are broken makes no difference."""
    return "".join(letter for letter in text if letter.isalnum())
