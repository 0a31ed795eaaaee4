"""What a search of the API answers."""

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


class HitShape(EntryShape):
    """An entry found. `reason` is all (the words), some (of them) or meaning."""

    score: float
    by_meaning: bool
    reason: str
    snippets: list[SnippetShape]


class FacetShape(Shape):
    value: str
    label: str
    count: int
    selected: bool


class OfferShape(Shape):
    """A filter that the words name; `url` is the search page with that filter alone, which finds `count` entries."""

    facet: str
    value: str
    label: str
    count: int
    url: str


class QueryShape(Shape):
    """How the question was read as it was typed; the answer's `corrected` and `dropped` tell what was asked instead.

    `tree` is the versioned form in which a search can be saved.
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

    `meant` of the total are found by their meaning alone. `corrected` is what was searched for in place of words that
    nothing has; `dropped` are words that were left out because nothing has them together with the others. The
    parameter `verbatim=1` keeps the words as they stand.
    """

    total: int
    page: int
    size: int
    pages: int
    took_ms: float
    meant: int
    did_you_mean: str | None
    corrected: str | None
    dropped: list[str]
    query: QueryShape
    hits: list[HitShape]
    facets: dict[str, list[FacetShape]]
    offers: list[OfferShape]


class SimilarShape(Shape):
    """The entries most like another, the likest first; `score` tells how near, and the snippet why."""

    hits: list[HitShape]


class SuggestionShape(Shape):
    """`kind` is word, title, city or term. A city or a term is the filter `facet` (city, theme…) = `value`."""

    text: str
    kind: str
    facet: str | None
    value: str | None


class SuggestionsShape(Shape):
    suggestions: list[SuggestionShape]
