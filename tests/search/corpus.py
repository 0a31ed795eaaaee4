"""Small corpora for the engines: hand-made entries, and strategies that make any."""

import numpy as np
from hypothesis import strategies as st

from bank.search.document import SearchDocument, SearchPage
from bank.search.query import Phrase, Word, parse_query
from bank.search.request import SORTS, Filters, Nearness, SearchRequest

WORDS = (
    "ciudad ciudades educadora educadoras educación educacion niño niños nino ano año joven jóvenes la de el y "
    "the city cities of agua aguas parque parques urbano urbanos red redes mujer mujeres sin violencia León leon "
    "2019 3 taller talleres luz luces a cidade cidades educação ção ciutat escola x país países socio-educativo "
    "l·l col·lectiu ß"
).split()
THEMES = ("medio-ambiente", "cultura", "igualdad")
CITIES = ("mx-leon", "mx-merida", "co-medellin", "x-san-luis")
COUNTRIES = {"mx": "MX", "co": "CO", "x-": "ES"}
LANGUAGES = ("es", "pt", "en", "ca", "gl", "und")

texts = st.lists(st.sampled_from(WORDS), min_size=0, max_size=12).map(" ".join)
titles = st.dictionaries(st.sampled_from(LANGUAGES), texts, min_size=1, max_size=2)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


rows = st.tuples(st.integers(1, 2), st.integers(1, 3), texts)
pages = st.lists(rows, max_size=4, unique_by=lambda row: row[:2]).map(
    lambda found: tuple(SearchPage(*row) for row in sorted(found))
)
documents = st.builds(
    SearchDocument,
    id=st.integers(1, 14),
    version=st.integers(1, 3),
    language=st.sampled_from(LANGUAGES),
    kind=st.sampled_from(("experience", "bulletin")),
    titles=titles,
    summaries=st.dictionaries(st.sampled_from(("es", "en")), texts, max_size=1),
    fields=st.lists(texts, max_size=1).map(tuple),
    names=st.lists(texts, max_size=2).map(tuple),
    year=st.none() | st.integers(2015, 2019),
    last_year=st.none() | st.integers(2014, 2021),
    cities=some(CITIES),
    countries=some(("MX", "CO")),
    principles=some(("1", "8", "20")),
    themes=some(THEMES),
    sdgs=some(("4", "11")),
    groups=some(("infancia",)),
    pages=pages,
)

pieces = st.one_of(
    st.sampled_from(WORDS),
    texts.map(lambda text: f'"{text}"'),
    st.sampled_from(WORDS).map(lambda word: f"{word[:4]}*"),
    st.sampled_from(WORDS).map(lambda word: f"-{word}"),
    st.sampled_from(WORDS).map(lambda word: f"title:{word}"),
    st.just("OR"),
    st.sampled_from(("city:leon", "city:mx-merida", 'city:"san luis"', "theme:cultura", 'theme:"Medio ambiente"')),
    st.sampled_from(("principle:8", "year:2016-2018", "year:2017", "-year:2018", "-theme:cultura")),
    st.just('title:"la ciudad"'),
    st.sampled_from(("Boletín: 1", "educasion", "foo:agua", "*", "-", '"', "()")),
)
queries = st.lists(pieces, max_size=5).map(" ".join).map(parse_query)
filters = st.builds(
    Filters,
    kind=some(("experience", "none")),
    theme=some(THEMES),
    city=some(CITIES),
    country=some(("MX",)),
    language=some(("es", "gl")),
    year_from=st.none() | st.integers(2014, 2018),
    year_to=st.none() | st.integers(2016, 2020),
)


def nearness(found: dict[int, float]) -> Nearness:
    return Nearness(np.array(sorted(found), np.int64), np.array([found[id] for id in sorted(found)], np.float32))


meanings = st.dictionaries(st.integers(1, 14), st.sampled_from([-0.1, 0.0, 0.1, 0.17, 0.25, 0.5, 0.9])).map(nearness)
alikes = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([0.75, 0.9])), max_size=3).map(tuple)
meant_the_same = st.lists(
    st.sampled_from(("agua", "jóvenes", "sin", "león")).map(Word)
    | st.sampled_from((("la", "ciudad"), ("parque", "urbano"), ("el", "país"))).map(Phrase),
    min_size=1,
    max_size=2,
    unique=True,
).map(tuple)
requests = st.builds(
    SearchRequest,
    synonyms=st.just({}) | st.dictionaries(st.sampled_from(WORDS), meant_the_same, max_size=6),
    meaning=st.none() | meanings,
    alike=st.dictionaries(st.sampled_from(WORDS), alikes, max_size=3),
    query=queries,
    filters=st.just(Filters()) | filters,
    sort=st.sampled_from(SORTS),
    offset=st.integers(0, 3),
    size=st.integers(0, 20),
    withdrawn=st.frozensets(st.integers(1, 14), max_size=3),
)
