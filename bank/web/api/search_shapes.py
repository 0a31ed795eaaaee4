"""What a search of the API answers."""

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


class QueryShape(Shape):
    """How the question was understood."""

    q: str
    interpreted: str
    sort: str
    filters: dict[str, list[str]]
    year_from: int | None
    year_to: int | None


class SearchShape(Shape):
    """One page of a result; `total` and the facets' counts are exact over the whole result."""

    total: int
    page: int
    size: int
    pages: int
    took_ms: float
    did_you_mean: str | None
    query: QueryShape
    hits: list[HitShape]
    facets: dict[str, list[FacetShape]]


class SuggestionShape(Shape):
    """`kind` is word, title, city or term. A city or a term is the filter `facet` (city, theme…) = `value`."""

    text: str
    kind: str
    facet: str | None
    value: str | None


class SuggestionsShape(Shape):
    suggestions: list[SuggestionShape]
