"""The pages of one file that have the words of a question."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bank import ingest
from bank.catalogue import files
from bank.search.query import Query
from bank.search.snippets import has_match
from bank.workflow.bank import Bank
from bank.workflow.entries.public import expect_public_file

MOST_CHARACTERS_SEARCHED = 5_000_000
"""Characters of a file's pages that are looked through; what comes after them is not."""
MOST_HITS_KEPT = 300
"""Questions to files whose pages are remembered."""


@dataclass(frozen=True, slots=True)
class PagesWithWords:
    """Numbers of pages that have all the words; where there are none, not `whole`, of those that have some."""

    numbers: Sequence[int] = ()
    whole: bool = True


def pages_with_words(
    bank: Bank, number: int, file: int, sought: Query, needed: Sequence[Query], language: str
) -> PagesWithWords:
    """The pages of a published entry's file that have what was `sought`, running heads aside.

    All the words are there where each of `needed` is. Kept until the catalogue changes. Raises NotFound, Gone where
    the entry was withdrawn.
    """
    with bank.database.reading() as session:
        id = expect_public_file(session, number, file).id
        kept: dict[Hashable, PagesWithWords] = bank.memory.recall(session, "pages with words", dict)
        key = (id, sought, tuple(needed), language)
        found = kept.get(key)
        if found is None:
            found = look_through_pages(session, id, sought, needed, language)
            if len(kept) >= MOST_HITS_KEPT:
                kept.clear()
            kept[key] = found
        return found


def look_through_pages(
    session: Session, id: int, sought: Query, needed: Sequence[Query], language: str
) -> PagesWithWords:
    """As `pages_with_words`, of the file with this id, read from the catalogue."""
    some: list[int] = []
    whole: list[int] = []
    size = 0
    for page in files.page_texts(session, id):
        size += len(page.text)
        if size > MOST_CHARACTERS_SEARCHED:
            break
        text = ingest.without_furniture(page.text, page.furniture)[0] if page.furniture else page.text
        if not has_match(text, sought, language):
            continue
        some.append(page.number)
        if needed and all(has_match(text, one, language) for one in needed):
            whole.append(page.number)
    return PagesWithWords(tuple(whole or some), bool(whole))
