"""Response bodies of the API's search."""

from typing import Any

from bank.web.api.shapes import Shape


class SnippetShape(Shape):
    """A piece of text that matches. `file` and `page` are null where it comes from title, summary or a field."""

    file: int | None
    page: int | None
    text: str
    html: str


class EntryShape(Shape):
    """An entry in a list. `principles` are numbers of the Charter of 2020; cities, themes and kind are ids."""

    id: int
    uid: str
    title: str
    kind: str
    city: str | None
    cities: list[str]
    country: str | None
    year: int | None
    language: str
    principles: list[int]
    themes: list[str]
    summary: str | None
    url: str


class FoundPageShape(Shape):
    """A page of one of the entry's files; both count from 1."""

    file: int
    page: int


class HitShape(EntryShape):
    """An entry found. `reason` is why: all (has all words, or what means the same), some (but not `lacks`) or meaning.

    `more_pages` are other pages with the words; there may be more.
    """

    score: float
    by_meaning: bool
    reason: str
    lacks: list[str]
    snippets: list[SnippetShape]
    more_pages: list[FoundPageShape]


class FacetShape(Shape):
    """A value of a facet, and how many entries of the result have it; `by_meaning` of them are found so alone."""

    value: str
    label: str
    count: int
    by_meaning: int
    selected: bool


class OfferShape(Shape):
    """A filter that the words name; `url` is the search page with that filter alone, which finds `count` entries."""

    facet: str
    value: str
    label: str
    count: int
    url: str


class UnknownFilterShape(Shape):
    """A chosen value that the bank does not know: no such term, city, country or language. It matches no entry."""

    facet: str
    value: str


class QueryShape(Shape):
    """How the query was read as typed; `corrected` and `dropped` of the response tell what was searched for instead.

    `tree` is the versioned JSON form in which a search can be saved.
    """

    q: str
    interpreted: str
    sort: str
    filters: dict[str, list[str]]
    year_from: int | None
    year_to: int | None
    tree: dict[str, Any]


class SearchShape(Shape):
    """One page of a result; `total` and the facets' counts are exact over the whole result.

    `by_meaning_total` of the total (`meant` is the same) are found by meaning alone. `corrected` is what was searched
    for in place of words that no entry has; `dropped` are words that were left out because no entry has them together
    with the others. `also_searched` are words and phrases that mean the same as some of the words, by the network's
    list, and count as having them. The parameter `verbatim=1` switches all three off.
    """

    total: int
    page: int
    size: int
    pages: int
    took_ms: float
    by_meaning_total: int
    meant: int
    did_you_mean: str | None
    corrected: str | None
    dropped: list[str]
    also_searched: list[str]
    query: QueryShape
    hits: list[HitShape]
    facets: dict[str, list[FacetShape]]
    offers: list[OfferShape]
    unknown_filters: list[UnknownFilterShape]


class SimilarShape(Shape):
    """The entries most similar to another, the most similar first; the snippet is the passage that is nearest."""

    hits: list[HitShape]


class SuggestionShape(Shape):
    """A completion. `kind`: word, title, city or term; the last two are the filter `facet` (city, theme…) = `value`."""

    text: str
    kind: str
    facet: str | None
    value: str | None


class SuggestionsShape(Shape):
    """The completions of what was typed."""

    suggestions: list[SuggestionShape]
