"""Searches that can be stored: the stored form of one, and the way back."""

from bank.search import saved
from bank.search.query import Query, parse_query
from bank.search.request import Filters, Sort
from bank.workflow.bank import Bank
from bank.workflow.search.named_ids import query_with_ids


def saved_search_tree(bank: Bank, q: str, filters: Filters, sort: Sort) -> dict[str, object]:
    """The form in which a search is stored, ready to be written as JSON; names of cities and terms as their ids."""
    with bank.database.reading() as session:
        query = query_with_ids(session, bank.vocabulary, parse_query(q))
    return saved.search_tree(saved.SavedSearch(query, filters, sort))


def read_saved_search(text: str) -> tuple[Query, Filters, Sort]:
    """The search stored as JSON. Raises Invalid where it can't be read."""
    found = saved.search_from_json(text)
    return found.query, found.filters, found.sort
