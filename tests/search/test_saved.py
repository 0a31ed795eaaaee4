"""A search that is kept can be read again: what was written, whatever it was, and what version 1 once wrote."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank.errors import Invalid
from bank.search.query import (
    MOST_TERMS,
    TAG_FIELDS,
    AnyOf,
    HasTag,
    InTitle,
    Not,
    Phrase,
    Prefix,
    Query,
    Word,
    Years,
    parse_query,
)
from bank.search.request import SORTS, Filters
from bank.search.saved import SavedSearch, search_from_json, search_from_tree, search_to_json, search_tree
from tests.search import corpus

FROZEN = """{
  "version": 1,
  "clauses": [
    {"kind": "word", "word": "educación"},
    {"kind": "phrase", "words": ["cambio", "climático"]},
    {"kind": "prefix", "start": "biblio"},
    {"kind": "title", "of": {"kind": "phrase", "words": ["la", "plaza"]}},
    {"kind": "tag", "field": "city", "value": "mx-leon"},
    {"kind": "years", "first": 2018, "last": 2020},
    {"kind": "any", "of": [{"kind": "word", "word": "agua"}, {"kind": "tag", "field": "theme", "value": "El agua"}]},
    {"kind": "not", "of": {"kind": "title", "of": {"kind": "word", "word": "boletín"}}}
  ],
  "description": [],
  "filters": {"kind": ["experience"], "principle": ["8", "20"], "language": ["es"], "year_from": 2015},
  "sort": "newest"
}"""
"""What version 1 wrote. Never to be changed: later versions of the bank must read it still."""
MEANT = SavedSearch(
    Query(
        (
            Word("educación"),
            Phrase(("cambio", "climático")),
            Prefix("biblio"),
            InTitle(Phrase(("la", "plaza"))),
            HasTag("city", "mx-leon"),
            Years(2018, 2020),
            AnyOf((Word("agua"), HasTag("theme", "El agua"))),
            Not(InTitle(Word("boletín"))),
        )
    ),
    Filters(kind=("experience",), principle=("8", "20"), language=("es",), year_from=2015),
    "newest",
)

some_words = st.sampled_from(("agua", "educación", "niño", "2019", "l·l", "ß", "日本", "x"))
simple = st.one_of(
    some_words.map(Word),
    st.lists(some_words, min_size=1, max_size=2).map(lambda found: Phrase(tuple(found))),
    st.sampled_from(("edu", "biblio", "2019")).map(Prefix),
)
plain = st.one_of(
    simple,
    simple.map(InTitle),
    st.builds(HasTag, st.sampled_from(TAG_FIELDS), st.sampled_from(("8", "mx-leon", "San Luis Potosí", "«x»:y"))),
    st.tuples(st.integers(0, 9999), st.integers(0, 9999)).map(lambda ends: Years(min(ends), max(ends))),
)
clauses = st.one_of(
    plain, plain.map(Not), st.lists(plain, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
)
searches = st.builds(
    SavedSearch,
    query=st.one_of(
        st.lists(clauses, max_size=2).map(lambda found: Query(tuple(found))),
        st.lists(some_words, unique=True).map(lambda found: Query(description=tuple(found))),
    ),
    filters=corpus.filters,
    sort=st.sampled_from(SORTS),
)


@given(searches)
def test_a_saved_search_is_read_as_it_was(search: SavedSearch) -> None:
    assert search_from_json(search_to_json(search)) == search


@given(st.text(max_size=400) | st.text(alphabet='agu ñ"-*:ORcity', max_size=120))
def test_whatever_was_typed_can_be_saved(text: str) -> None:
    search = SavedSearch(parse_query(text))
    assert search_from_json(search_to_json(search)) == search


def test_version_1_is_read_for_ever() -> None:
    assert search_from_json(FROZEN) == MEANT
    assert search_tree(MEANT) == json.loads(FROZEN)


CHANGES = {
    "another version": {"version": 2},
    "no version": {"version": None},
    "a version that is true": {"version": True},
    "no list of clauses": {"clauses": {}},
    "an unknown kind": {"clauses": [{"kind": "near", "word": "agua"}]},
    "a clause that is a word": {"clauses": ["agua"]},
    "a word too many": {"clauses": [{"kind": "word", "word": "agua limpia"}]},
    "capital letters": {"clauses": [{"kind": "word", "word": "Agua"}]},
    "a word that is a number": {"clauses": [{"kind": "word", "word": 3}]},
    "half a surrogate pair": {"clauses": [{"kind": "tag", "field": "city", "value": "a\ud800"}]},
    "a member too many": {"clauses": [{"kind": "word", "word": "agua", "weight": 2}]},
    "a member too few": {"clauses": [{"kind": "years", "first": 2018}]},
    "an empty phrase": {"clauses": [{"kind": "phrase", "words": []}]},
    "a short beginning": {"clauses": [{"kind": "prefix", "start": "ed"}]},
    "a tag in the title": {"clauses": [{"kind": "title", "of": {"kind": "tag", "field": "city", "value": "x"}}]},
    "an unknown field": {"clauses": [{"kind": "tag", "field": "mayor", "value": "x"}]},
    "a field that is a list": {"clauses": [{"kind": "tag", "field": [], "value": "x"}]},
    "a tag without words": {"clauses": [{"kind": "tag", "field": "city", "value": "·"}]},
    "years turned round": {"clauses": [{"kind": "years", "first": 2020, "last": 2018}]},
    "years with a fraction": {"clauses": [{"kind": "years", "first": 2018.0, "last": 2020}]},
    "one alternative": {"clauses": [{"kind": "any", "of": [{"kind": "word", "word": "agua"}]}]},
    "not not": {"clauses": [{"kind": "not", "of": {"kind": "not", "of": {"kind": "word", "word": "agua"}}}]},
    "too many terms": {"clauses": [{"kind": "phrase", "words": ["agua"] * 9}] * 2},
    "too many clauses": {"clauses": [{"kind": "word", "word": "agua"}] * (MOST_TERMS + 1)},
    "a word as long as a page": {"clauses": [{"kind": "word", "word": "a" * 65}]},
    "clauses and a description": {"description": ["agua"]},
    "a description that says it twice": {"clauses": [], "description": ["agua", "agua"]},
    "a description without end": {"clauses": [], "description": [f"w{number}" for number in range(2000)]},
    "an unknown order": {"sort": "random"},
    "an order that is a list": {"sort": []},
    "an unknown filter": {"filters": {"mayor": ["x"]}},
    "a filter that is no list": {"filters": {"theme": "cultura"}},
    "too many values": {"filters": {"theme": [f"t{number}" for number in range(51)]}},
    "a long value": {"filters": {"theme": ["x" * 101]}},
    "a year that is a word": {"filters": {"year_from": "2018"}},
    "the year 0": {"filters": {"year_to": 0}},
    "something else": {"owner": "me"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_anything_else_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refusal:
        search_from_json(json.dumps({**json.loads(FROZEN), **change}))
    assert refusal.value.told()


@pytest.mark.parametrize("text", ["", "nothing", "[]", "null", "3", "[" * 50_000, "9" * 5000, f'"{"a" * 100_000}"'])
def test_what_is_no_saved_search_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        search_from_json(text)


def test_a_version_from_the_future_is_named() -> None:
    with pytest.raises(Invalid, match="version 7"):
        search_from_tree({"version": 7, "anything": []})


def test_filters_that_are_not_chosen_take_no_room() -> None:
    assert search_tree(replace(MEANT, filters=Filters(year_to=2020)))["filters"] == {"year_to": 2020}
