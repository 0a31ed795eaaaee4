"""A saved search: the tree of its query, its filters and its sort order, as versioned JSON.

Version 1 is an object of `version`, `clauses`, `description` (of a long text instead of clauses), `filters` and `sort`.
A clause is an object of `kind` and that kind's values: `word` (word), `phrase` (words), `prefix` (start), `title` (of),
`tag` (field, value), `years` (first, last), `any` (of: list), `not` (of). What was saved once must stay readable: a
changed form takes a new version, and its reader stands beside the ones before it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields

from bank.errors import Invalid
from bank.messages import N_
from bank.search.folding import split_words
from bank.search.plan import clause_parts
from bank.search.query import (
    EVERYTHING,
    LONGEST_DESCRIPTION,
    LONGEST_QUERY,
    MOST_TERMS,
    SHORTEST_PREFIX,
    TAG_FIELDS,
    AnyOf,
    Clause,
    HasTag,
    InTitle,
    Not,
    Phrase,
    Prefix,
    Query,
    SimpleClause,
    Word,
    Years,
    clause_size,
)  # fmt: skip
from bank.search.request import SORTS, Filters, Sort

SAVED_SEARCH_VERSION = 1
LONGEST_SAVED_JSON = 100_000
"""Characters of JSON."""
MOST_SAVED_VALUES, LONGEST_SAVED_VALUE = 50, 100
"""Values of one filter, and characters of one."""
LAST_SAVED_YEAR = 9999
YEAR_FILTERS = ("year_from", "year_to")

UNREADABLE_SAVED_SEARCH = N_("This saved search can't be read: {where}.")
NEWER_SAVED_SEARCH = N_("This saved search has the version {version}, which this bank does not know.")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """Everything that is needed to repeat a search."""

    query: Query = EVERYTHING
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"


def search_tree(search: SavedSearch) -> dict[str, object]:
    """The saved form, ready to be written as JSON."""
    return {
        "version": SAVED_SEARCH_VERSION,
        "clauses": [clause_tree(clause) for clause in search.query.clauses],
        "description": list(search.query.description),
        "filters": {name: value for name, value in member_values(search.filters).items() if value not in ([], None)},
        "sort": search.sort,
    }


def clause_tree(clause: Clause) -> dict[str, object]:
    """A clause as an object of `kind` and that kind's values."""
    kind = CLAUSE_KINDS[type(clause)]
    if isinstance(clause, AnyOf):
        return {"kind": kind, "of": [clause_tree(part) for part in clause.of]}
    if isinstance(clause, Not | InTitle):
        return {"kind": kind, "of": clause_tree(clause.of)}
    return {"kind": kind, **member_values(clause)}


def member_values(value: SimpleClause | Filters) -> dict[str, object]:
    """The attributes of a clause or of filters, tuples as lists."""
    return {name: list(given) if isinstance(given, tuple) else given for name, given in asdict(value).items()}


def search_to_json(search: SavedSearch) -> str:
    """The saved search as JSON text."""
    return json.dumps(search_tree(search), ensure_ascii=False)


def search_from_json(text: str) -> SavedSearch:
    """Reads what `search_to_json` wrote, in any version so far.

    Raises Invalid, with the faulty place, for anything else; also for lone surrogates, which JSON can write.
    """
    expect_saved(len(text) <= LONGEST_SAVED_JSON, "too long")
    try:
        kept = json.loads(text)
        json.dumps(kept, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Invalid(UNREADABLE_SAVED_SEARCH, where="JSON") from error
    return search_from_tree(kept)


def search_from_tree(kept: object) -> SavedSearch:
    """Reads what `search_tree` made. Raises Invalid."""
    version = kept.get("version") if isinstance(kept, dict) else None
    expect_saved(type(version) is int, "version")
    if version != SAVED_SEARCH_VERSION:
        raise Invalid(NEWER_SAVED_SEARCH, version=version)
    row = saved_members(kept, "version", "clauses", "description", "filters", "sort")
    clauses = tuple(saved_clause(item) for item in saved_list(row["clauses"], MOST_TERMS, "clauses"))
    expect_saved(sum(clause_size(part) for each in clauses for part in clause_parts(each)) <= MOST_TERMS, "clauses")
    description = tuple(saved_word(item) for item in saved_list(row["description"], LONGEST_DESCRIPTION, "description"))
    expect_saved(len(set(description)) == len(description), "description")
    expect_saved(len(" ".join(description)) <= LONGEST_DESCRIPTION and not (clauses and description), "description")
    expect_saved(row["sort"] in SORTS if isinstance(row["sort"], str) else False, "sort")
    return SavedSearch(Query(clauses, description), saved_filters(row["filters"]), row["sort"])  # type: ignore[arg-type]


def saved_filters(kept: object) -> Filters:
    """Reads the filters of a saved search. Raises Invalid."""
    names = [each.name for each in fields(Filters)]
    row = saved_members(kept, optional=names)
    values = {
        name: tuple(map(saved_filter_value, saved_list(row[name], MOST_SAVED_VALUES, name)))
        for name in row
        if name not in YEAR_FILTERS
    }
    return Filters(**values, **{name: saved_year(row[name], least=1) for name in row if name in YEAR_FILTERS})  # type: ignore[arg-type]


def saved_filter_value(kept: object) -> str:
    """Reads a value of a filter of a saved search. Raises Invalid."""
    expect_saved(isinstance(kept, str) and 0 < len(kept) <= LONGEST_SAVED_VALUE, "filters")
    return str(kept)


def saved_clause(kept: object) -> Clause:
    """Reads a clause of a saved search. Raises Invalid."""
    kind = kept.get("kind") if isinstance(kept, dict) else None
    if kind == "any":
        parts = tuple(
            saved_simple_clause(part) for part in saved_list(saved_members(kept, "kind", "of")["of"], MOST_TERMS, "any")
        )
        expect_saved(len(parts) > 1, "any")
        return AnyOf(parts)
    return (
        Not(saved_simple_clause(saved_members(kept, "kind", "of")["of"]))
        if kind == "not"
        else saved_simple_clause(kept)
    )


def saved_simple_clause(kept: object) -> SimpleClause:
    """Reads a clause that is neither alternatives nor an exclusion. Raises Invalid."""
    kind = kept.get("kind") if isinstance(kept, dict) else None
    if kind == "title":
        of = saved_simple_clause(saved_members(kept, "kind", "of")["of"])
        expect_saved(isinstance(of, Word | Phrase | Prefix), "title")
        return InTitle(of)  # type: ignore[arg-type]
    if kind == "word":
        return Word(saved_word(saved_members(kept, "kind", "word")["word"]))
    if kind == "phrase":
        found = tuple(
            saved_word(item) for item in saved_list(saved_members(kept, "kind", "words")["words"], MOST_TERMS, "phrase")
        )
        expect_saved(bool(found), "phrase")
        return Phrase(found)
    if kind == "prefix":
        start = saved_word(saved_members(kept, "kind", "start")["start"])
        expect_saved(len(start) >= SHORTEST_PREFIX, "prefix")
        return Prefix(start)
    expect_saved(kind in ("tag", "years"), "kind")
    return saved_tag(kept) if kind == "tag" else saved_years(kept)


def saved_tag(kept: object) -> HasTag:
    """Reads a tag of a saved search. Raises Invalid."""
    row = saved_members(kept, "kind", "field", "value")
    value = row["value"]
    expect_saved(row["field"] in TAG_FIELDS if isinstance(row["field"], str) else False, "tag")
    expect_saved(
        isinstance(value, str) and len(value) <= LONGEST_QUERY and '"' not in value and bool(split_words(value)), "tag"
    )
    expect_saved(value == " ".join(str(value).split()), "tag")
    return HasTag(str(row["field"]), str(value))


def saved_years(kept: object) -> Years:
    """Reads a span of years of a saved search. Raises Invalid."""
    row = saved_members(kept, "kind", "first", "last")
    first, last = saved_year(row["first"]), saved_year(row["last"])
    expect_saved(first <= last, "years")
    return Years(first, last)


def saved_year(kept: object, least: int = 0) -> int:
    """Reads a year of a saved search. Raises Invalid."""
    if type(kept) is int and least <= kept <= LAST_SAVED_YEAR:
        return kept
    raise Invalid(UNREADABLE_SAVED_SEARCH, where="year")


def saved_word(kept: object) -> str:
    """Reads a single word, as the query language splits words. Raises Invalid."""
    expect_saved(isinstance(kept, str) and len(kept) <= LONGEST_QUERY and split_words(kept) == [kept], "word")
    return str(kept)


def saved_list(kept: object, most: int, where: str) -> list[object]:
    """Reads a list of at most `most` items. Raises Invalid with the place `where`."""
    if isinstance(kept, list) and len(kept) <= most:
        return kept
    raise Invalid(UNREADABLE_SAVED_SEARCH, where=where)


def saved_members(kept: object, *wanted: str, optional: list[str] | None = None) -> Mapping[str, object]:
    """The object, which must have all the `wanted` members and no others but `optional` ones. Raises Invalid."""
    if isinstance(kept, dict) and set(wanted) <= set(kept) <= {*wanted, *(optional or ())}:
        return kept
    raise Invalid(UNREADABLE_SAVED_SEARCH, where=", ".join(wanted or ("filters",)))


def expect_saved(holds: bool, where: str) -> None:
    """Raises Invalid with the place `where` unless `holds`."""
    if not holds:
        raise Invalid(UNREADABLE_SAVED_SEARCH, where=where)


CLAUSE_KINDS: Mapping[type[Clause], str] = {
    Word: "word",
    Phrase: "phrase",
    Prefix: "prefix",
    InTitle: "title",
    HasTag: "tag",
    Years: "years",
    AnyOf: "any",
    Not: "not",
}
