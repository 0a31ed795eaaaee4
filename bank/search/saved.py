"""A search as it is kept: the typed tree of its query, its filters and its order, as versioned JSON.

Version 1 is an object of `version`, `clauses`, `description` (of a long text instead of clauses), `filters` and `sort`.
A clause is an object of `kind` and that kind's values: `word` (word), `phrase` (words), `prefix` (start), `title` (of),
`tag` (field, value), `years` (first, last), `any` (of: list), `not` (of). What was kept once can be read for ever: a
changed form takes a new version, and its reader stands beside the ones before it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields

from bank.errors import Invalid
from bank.messages import N_
from bank.search.folding import words
from bank.search.plan import parts_of
from bank.search.query import (
    EVERYTHING,
    LONGEST_DESCRIPTION,
    LONGEST_QUERY,
    MOST_TERMS,
    SHORTEST_PREFIX,
    TAGS,
    AnyOf,
    Clause,
    InTitle,
    Not,
    Phrase,
    Plain,
    Prefix,
    Query,
    Tag,
    Word,
    Years,
    size,
)  # fmt: skip
from bank.search.request import SORTS, Filters, Sort

VERSION = 1
LONGEST_TEXT = 100_000
"""Characters of JSON."""
MOST_VALUES, LONGEST_VALUE = 50, 100
"""Values of one filter, and characters of one."""
LAST_YEAR = 9999
YEARS = ("year_from", "year_to")

UNREADABLE = N_("This saved search can't be read: {where}.")
NEWER = N_("This saved search has the version {version}, which this bank does not know.")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """All that is needed to search again."""

    query: Query = EVERYTHING
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"


def tree(search: SavedSearch) -> dict[str, object]:
    """The saved form, ready to be written as JSON."""
    return {
        "version": VERSION,
        "clauses": [clause_tree(clause) for clause in search.query.clauses],
        "description": list(search.query.description),
        "filters": {name: value for name, value in plain_values(search.filters).items() if value not in ([], None)},
        "sort": search.sort,
    }


def clause_tree(clause: Clause) -> dict[str, object]:
    kind = KINDS[type(clause)]
    if isinstance(clause, AnyOf):
        return {"kind": kind, "of": [clause_tree(part) for part in clause.of]}
    if isinstance(clause, Not | InTitle):
        return {"kind": kind, "of": clause_tree(clause.of)}
    return {"kind": kind, **plain_values(clause)}


def plain_values(value: Plain | Filters) -> dict[str, object]:
    """The members of a value as JSON knows them."""
    return {name: list(given) if isinstance(given, tuple) else given for name, given in asdict(value).items()}


def to_json(search: SavedSearch) -> str:
    return json.dumps(tree(search), ensure_ascii=False)


def from_json(text: str) -> SavedSearch:
    """Reads what `to_json` wrote, in any version so far. Raises Invalid, with the place, for anything else.

    Half a surrogate pair is no text, though JSON can say it.
    """
    check(len(text) <= LONGEST_TEXT, "too long")
    try:
        kept = json.loads(text)
        json.dumps(kept, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Invalid(UNREADABLE, where="JSON") from error
    return from_tree(kept)


def from_tree(kept: object) -> SavedSearch:
    """Reads what `tree` made. Raises Invalid."""
    version = kept.get("version") if isinstance(kept, dict) else None
    check(type(version) is int, "version")
    if version != VERSION:
        raise Invalid(NEWER, version=version)
    row = members(kept, "version", "clauses", "description", "filters", "sort")
    clauses = tuple(clause(item) for item in listed(row["clauses"], MOST_TERMS, "clauses"))
    check(sum(size(part) for each in clauses for part in parts_of(each)) <= MOST_TERMS, "clauses")
    description = tuple(word(item) for item in listed(row["description"], LONGEST_DESCRIPTION, "description"))
    check(len(set(description)) == len(description), "description")
    check(len(" ".join(description)) <= LONGEST_DESCRIPTION and not (clauses and description), "description")
    check(row["sort"] in SORTS if isinstance(row["sort"], str) else False, "sort")
    return SavedSearch(Query(clauses, description), filters(row["filters"]), row["sort"])  # type: ignore[arg-type]


def filters(kept: object) -> Filters:
    names = [each.name for each in fields(Filters)]
    row = members(kept, optional=names)
    values = {name: tuple(map(filter_value, listed(row[name], MOST_VALUES, name))) for name in row if name not in YEARS}
    return Filters(**values, **{name: year(row[name], least=1) for name in row if name in YEARS})  # type: ignore[arg-type]


def filter_value(kept: object) -> str:
    check(isinstance(kept, str) and 0 < len(kept) <= LONGEST_VALUE, "filters")
    return str(kept)


def clause(kept: object) -> Clause:
    kind = kept.get("kind") if isinstance(kept, dict) else None
    if kind == "any":
        parts = tuple(plain(part) for part in listed(members(kept, "kind", "of")["of"], MOST_TERMS, "any"))
        check(len(parts) > 1, "any")
        return AnyOf(parts)
    return Not(plain(members(kept, "kind", "of")["of"])) if kind == "not" else plain(kept)


def plain(kept: object) -> Plain:
    """A clause that holds no other, but for a word, phrase or prefix in the title."""
    kind = kept.get("kind") if isinstance(kept, dict) else None
    if kind == "title":
        of = plain(members(kept, "kind", "of")["of"])
        check(isinstance(of, Word | Phrase | Prefix), "title")
        return InTitle(of)  # type: ignore[arg-type]
    if kind == "word":
        return Word(word(members(kept, "kind", "word")["word"]))
    if kind == "phrase":
        found = tuple(word(item) for item in listed(members(kept, "kind", "words")["words"], MOST_TERMS, "phrase"))
        check(bool(found), "phrase")
        return Phrase(found)
    if kind == "prefix":
        start = word(members(kept, "kind", "start")["start"])
        check(len(start) >= SHORTEST_PREFIX, "prefix")
        return Prefix(start)
    check(kind in ("tag", "years"), "kind")
    return tag(kept) if kind == "tag" else years(kept)


def tag(kept: object) -> Tag:
    row = members(kept, "kind", "field", "value")
    value = row["value"]
    check(row["field"] in TAGS if isinstance(row["field"], str) else False, "tag")
    check(isinstance(value, str) and len(value) <= LONGEST_QUERY and '"' not in value and bool(words(value)), "tag")
    check(value == " ".join(str(value).split()), "tag")
    return Tag(str(row["field"]), str(value))


def years(kept: object) -> Years:
    row = members(kept, "kind", "first", "last")
    first, last = year(row["first"]), year(row["last"])
    check(first <= last, "years")
    return Years(first, last)


def year(kept: object, least: int = 0) -> int:
    if type(kept) is int and least <= kept <= LAST_YEAR:
        return kept
    raise Invalid(UNREADABLE, where="year")


def word(kept: object) -> str:
    """A single word as the language reads it."""
    check(isinstance(kept, str) and len(kept) <= LONGEST_QUERY and words(kept) == [kept], "word")
    return str(kept)


def listed(kept: object, most: int, where: str) -> list[object]:
    if isinstance(kept, list) and len(kept) <= most:
        return kept
    raise Invalid(UNREADABLE, where=where)


def members(kept: object, *wanted: str, optional: list[str] | None = None) -> Mapping[str, object]:
    """The members of an object: all that are wanted, and none but those and the optional ones."""
    if isinstance(kept, dict) and set(wanted) <= set(kept) <= {*wanted, *(optional or ())}:
        return kept
    raise Invalid(UNREADABLE, where=", ".join(wanted or ("filters",)))


def check(holds: bool, where: str) -> None:
    if not holds:
        raise Invalid(UNREADABLE, where=where)


KINDS: Mapping[type[Clause], str] = {
    Word: "word",
    Phrase: "phrase",
    Prefix: "prefix",
    InTitle: "title",
    Tag: "tag",
    Years: "years",
    AnyOf: "any",
    Not: "not",
}
