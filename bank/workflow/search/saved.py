"""Searches that can be kept: the saved form of one that was asked, and the way back."""

from bank.search import saved
from bank.search.query import Query, parse_query
from bank.search.request import Filters, Sort
from bank.workflow.bank import Bank
from bank.workflow.search.named_ids import query_with_ids


def saved_search_tree(bank: Bank, q: str, filters: Filters, sort: Sort) -> dict[str, object]:
    """The saved form of a search, ready to be written as JSON; names of cities and terms as their ids."""
    with bank.database.reading() as session:
        query = query_with_ids(session, bank.vocabulary, parse_query(q))
    return saved.search_tree(saved.SavedSearch(query, filters, sort))


def read_saved_search(text: str) -> tuple[Query, Filters, Sort]:
    """What a search that was kept as JSON asks for. Raises Invalid where it can't be read."""
    found = saved.search_from_json(text)
    return found.query, found.filters, found.sort
