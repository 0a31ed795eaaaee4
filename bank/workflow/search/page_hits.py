"""The pages of one file that have the words of a question."""

from bank import ingest
from bank.catalogue import files
from bank.search.query import Query
from bank.search.snippets import has_match
from bank.workflow.bank import Bank
from bank.workflow.entries.public import expect_public_file

MOST_CHARACTERS_SEARCHED = 5_000_000
"""Characters of a file's pages that are looked through; what comes after them is not."""


def pages_with_words(bank: Bank, number: int, file: int, sought: Query, language: str) -> tuple[int, ...]:
    """Numbers of the pages of a published entry's file that have any of the words, running heads aside.

    Raises NotFound, Gone where the entry was withdrawn.
    """
    found: list[int] = []
    size = 0
    with bank.database.reading() as session:
        for page in files.page_texts(session, expect_public_file(session, number, file).id):
            size += len(page.text)
            if size > MOST_CHARACTERS_SEARCHED:
                break
            text = ingest.without_furniture(page.text, page.furniture)[0] if page.furniture else page.text
            if has_match(text, sought, language):
                found.append(page.number)
    return tuple(found)
