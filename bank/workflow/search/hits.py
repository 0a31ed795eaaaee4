"""Turns the engine's hits into views: drops those not published, adds snippets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from bank.catalogue import entries, files
from bank.catalogue.files import PageText
from bank.ingest.text.cleaning import index_text
from bank.ingest.text.rows import readable_rows
from bank.languages import UNKNOWN_LANGUAGE
from bank.search.analysis import is_stop_word
from bank.search.document import SearchPage
from bank.search.meaning.meaning import NearestPassage
from bank.search.meaning.passages import FINE_SENTENCES, Passage, group_sentences
from bank.search.meaning.words import AlikeWords
from bank.search.query import Clause, Query, Word
from bank.search.results import Hit, PageHit
from bank.search.snippets import SNIPPET_LENGTH, cut_snippet, mark_matches
from bank.workflow.bank import Bank
from bank.workflow.entries.cards import ListedEntry, listed_entries
from bank.workflow.entries.fields import public_fields
from bank.workflow.entries.views import HitView, Snippet
from bank.workflow.index.documents import texts_in
from bank.workflow.search.question import AnsweredQuestion
from bank.workflow.search.thesaurus import SaidOtherwise

MOST_SNIPPETS = 2
WORDS_THAT_TELL_A_PAGE = 5
TextsByPage = Mapping[tuple[int, int], PageText]
"""(file id, page number) -> the page's text."""


@dataclass(frozen=True, slots=True)
class HitContext:
    """What all hits of one answer share.

    `found` maps entry ids to published entries, `nearest` to the passages nearest in meaning.
    """

    found: Mapping[int, ListedEntry]
    pages: TextsByPage
    nearest: Mapping[int, NearestPassage]
    fields: Mapping[int, Sequence[str]]
    """Entry id -> the texts of the public fields, for those whose passage or words stand outside the files."""
    query: Query
    widened: Query
    """The query's words and words of much the same meaning, to be marked in what was found by meaning."""


def hit_views(bank: Bank, session: Session, answered: AnsweredQuestion) -> tuple[HitView, ...]:
    """Views of the hits that are published, each with its snippets."""
    hits = answered.results.hits
    found = listed_entries(bank.memory, session, [hit.id for hit in hits])
    meant = [hit.id for hit in hits if hit.by_meaning and hit.id in found]
    nearest = bank.meaning.nearest(answered.vector, meant) if bank.meaning and answered.vector is not None else {}
    wanted = [
        place for hit in hits if hit.id in found for place in snippet_places(hit, found[hit.id], nearest.get(hit.id))
    ]
    query = with_synonyms_to_mark(answered.question.query, answered.otherwise)
    pages = files.texts_of_pages(session, wanted)
    outside = [id for id, passage in nearest.items() if passage.file == 0]
    outside += [hit.id for hit in hits if not hit.by_meaning and not hit.pages and hit.id in found]
    fields = texts_of_public_fields(bank, session, outside)
    widened = widened_query(query, answered.alike.values())
    all_of_it = HitContext(found, pages, nearest, fields, query, widened)
    return tuple(hit_view(hit, found[hit.id], all_of_it) for hit in hits if hit.id in found)


def with_synonyms_to_mark(query: Query, otherwise: SaidOtherwise) -> Query:
    """The query, and what was searched for beside its words."""
    return Query((*query.clauses, *otherwise.clauses), query.description)


def widened_query(query: Query, alike: Iterable[AlikeWords]) -> Query:
    """The query's clauses, and words of much the same meaning; words that say nothing by themselves are left out."""
    others = (Word(other) for words in alike for other, _ in words)
    return Query(tuple(clause for clause in (*query.clauses, *others) if not is_small_word(clause)))


def is_small_word(clause: Clause) -> bool:
    """True for a word that says nothing by itself in some language."""
    return isinstance(clause, Word) and is_stop_word(clause.word, UNKNOWN_LANGUAGE)


def hit_view(hit: Hit, entry: ListedEntry, shown: HitContext) -> HitView:
    """The view of one hit."""
    snippets = tuple(hit_snippets(hit, entry, shown))
    return HitView(entry.card, hit.score, hit.reason, snippets, hit.lacks, more_pages(hit, entry, snippets))


def texts_of_public_fields(bank: Bank, session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """Entry id -> every text of its public fields."""
    return {
        id: tuple(texts_in(public_fields(bank.vocabulary, kind, fields)))
        for id, (kind, fields) in entries.field_documents(session, ids).items()
    }


def snippet_places(hit: Hit, entry: ListedEntry, nearest: NearestPassage | None) -> Iterator[tuple[int, int]]:
    """(file id, page) of the pages that a hit's snippets are cut from, and of the next ones, where they may go on."""
    if nearest is not None:
        yield from passage_places(entry, nearest)
        return
    for page in hit.pages[:MOST_SNIPPETS]:
        if page.file in entry.files:
            yield entry.files[page.file], page.page
            yield entry.files[page.file], page.page + 1


def passage_places(entry: ListedEntry, nearest: NearestPassage) -> Iterator[tuple[int, int]]:
    """(file id, page) of the page that a passage is cut from, and of the next one, where it may go on."""
    if nearest.file in entry.files:
        yield entry.files[nearest.file], nearest.page
        yield entry.files[nearest.file], nearest.page + 1


def hit_snippets(hit: Hit, entry: ListedEntry, shown: HitContext) -> Iterator[Snippet]:
    """A hit's snippets: the passage nearest in meaning, else pieces of pages, summary or fields with the query's words.

    What was found by its meaning and has a summary always has a snippet: the summary's beginning where no word matches.
    """
    nearest = shown.nearest.get(hit.id)
    if nearest:
        fields = shown.fields.get(hit.id, ())
        yield from meaning_snippets(entry, nearest, shown.pages, fields, shown.query, shown.widened)
    else:
        found = list(word_snippets(hit, entry, shown)) or list(summary_snippets(entry, shown.query, hit.by_meaning))
        yield from found or field_snippets(shown.fields.get(hit.id, ()), shown.query, entry.card.language)


def more_pages(hit: Hit, entry: ListedEntry, snippets: Sequence[Snippet]) -> tuple[PageHit, ...]:
    """The other pages on which a hit by words has the query's words, in the order of the files; at most five."""
    shown = {(snippet.file, snippet.page) for snippet in snippets}
    others = [page for page in hit.pages if (page.file, page.page) not in shown and page.file in entry.files]
    return () if hit.by_meaning else tuple(sorted(others, key=lambda page: (page.file, page.page)))


def word_snippets(hit: Hit, entry: ListedEntry, shown: HitContext) -> Iterator[Snippet]:
    """Pieces of the best matching pages with the query's words, as the page shows them, else as the index has them.

    The index joins what the end of a page and the next one hold together, such as a phrase.
    """
    for place in hit.pages[:MOST_SNIPPETS]:
        file = entry.files.get(place.file, 0)
        page, after = shown.pages.get((file, place.page)), shown.pages.get((file, place.page + 1))
        if page is None:
            continue
        texts = (page.text, index_text(page.text, page.furniture, after.text if after else ""))
        cut = (cut_snippet(readable_rows(one, page.method), shown.query, entry.card.language) for one in texts)
        piece = next(filter(None, cut), None)
        if piece:
            yield Snippet(*piece, place.file, place.page, page.label)


def field_snippets(fields: Sequence[str], query: Query, language: str) -> Iterator[Snippet]:
    """A piece of the first public field that has the query's words."""
    for text in fields:
        piece = cut_snippet(text, query, language)
        if piece:
            yield Snippet(*piece)
            return


def meaning_snippets(
    entry: ListedEntry, nearest: NearestPassage, pages: TextsByPage, fields: Sequence[str], query: Query, widened: Query
) -> Iterator[Snippet]:
    """The passage nearest in meaning, with `widened` marked in it; where it has changed since, one of the summary."""
    file = entry.files.get(nearest.file, 0)
    page, after = pages.get((file, nearest.page)), pages.get((file, nearest.page + 1))
    found = page_passages(entry, nearest, page, after) if page else outside_passages(entry, fields)
    for passage in found:
        if passage.digest == nearest.digest:
            whole = readable_rows(passage.text, page.method) if page else passage.text
            text, marks = shorten_passage(whole, widened, entry.card.language)
            yield Snippet(text, marks, *(place_of_passage(passage, nearest, page, after) if page else ()))
            return
    yield from summary_snippets(entry, query, anyhow=True)


def place_of_passage(
    passage: Passage, nearest: NearestPassage, page: PageText, after: PageText | None
) -> tuple[int, int, str | None]:
    """File, page and its label: the page after, where the passage begins in what goes on there."""
    start = passage.text.split()[:WORDS_THAT_TELL_A_PAGE]
    on_page, on_next = (" ".join(start) in " ".join(one.text.split()) for one in (page, after or page))
    if after and on_next and not on_page:
        return nearest.file, nearest.page + 1, after.label
    return nearest.file, nearest.page, page.label


def page_passages(
    entry: ListedEntry, nearest: NearestPassage, page: PageText, after: PageText | None
) -> Iterator[Passage]:
    """The fine passages of a page; the last may go on in the page `after`."""
    text = index_text(page.text, page.furniture, after.text if after else "")
    yield from cut_fine_passages(SearchPage(nearest.file, nearest.page, text), embedded_title(entry))


def outside_passages(entry: ListedEntry, fields: Sequence[str]) -> Iterator[Passage]:
    """The fine passages of what stands outside the files: summaries, then public fields."""
    title = embedded_title(entry)
    for language, summary in entry.card.summaries.items():
        yield from cut_fine_passages(SearchPage(0, 0, summary), entry.card.titles.get(language, title))
    for text in fields:
        yield from cut_fine_passages(SearchPage(0, 0, text), title)


def embedded_title(entry: ListedEntry) -> str:
    """The title that is embedded with the text: in the entry's own language, else the first one."""
    return entry.card.titles.get(entry.card.language) or next(iter(entry.card.titles.values()), "")


@lru_cache(maxsize=2000)
def cut_fine_passages(page: SearchPage, title: str) -> tuple[Passage, ...]:
    """The fine passages of a page. Cutting takes about a millisecond, and the same pages are shown again and again."""
    return tuple(group_sentences([page], title, FINE_SENTENCES))


def shorten_passage(text: str, query: Query, language: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Some 480 characters of a passage at most, and the (start, end) offsets of what is marked in them."""
    if len(text) <= 2 * SNIPPET_LENGTH:
        return text, mark_matches(text, query, language)
    return cut_snippet(text, query, language, 2 * SNIPPET_LENGTH) or (beginning_of_passage(text), ())


def beginning_of_passage(text: str) -> str:
    """The text, or of a longer one the first 480 characters, cut at a blank, and an ellipsis."""
    return text if len(text) <= 2 * SNIPPET_LENGTH else text[: 2 * SNIPPET_LENGTH].rpartition(" ")[0] + " …"


def summary_snippets(entry: ListedEntry, query: Query, anyhow: bool) -> Iterator[Snippet]:
    """A piece of a summary with the query's words; where there is none and `anyhow`, a summary's beginning."""
    for language, summary in entry.card.summaries.items():
        piece = cut_snippet(summary, query, language)
        if piece:
            yield Snippet(*piece)
            return
    if anyhow and entry.card.summaries:
        own = entry.card.summaries.get(entry.card.language) or next(iter(entry.card.summaries.values()))
        yield Snippet(beginning_of_passage(own), ())
