"""Queries meant to hurt: none fails, and none makes an engine do more than a counted amount of work."""

from collections.abc import Iterator

import pytest

from bank.search.document import SearchDocument, SearchPage
from bank.search.engines.whoosh_engine import WhooshEngine
from bank.search.engines.whoosh_engine.finding import Finder
from bank.search.engines.whoosh_engine.postings import Postings
from bank.search.engines.whoosh_engine.segment import Segment
from bank.search.plan import plan_query, words_per_prefix
from bank.search.query import MOST_TERMS, Prefix, parse_query
from bank.search.request import SearchRequest
from bank.search.snippets import cut_snippet, mark_matches

FROM_MEASUREMENTS = (
    "[a TO z]",
    "educacion~3",
    "a" * 20_000,
    "a" * 100_000,
    "(" * 3000,
    " OR ".join(["agua"] * 2000),
    "NOT " * 300 + "agua",
    "a*",
    "*cion",
)
OWN = (
    "\0" * 5000,
    "-" * 5000,
    "or " * 10_000,
    '"' * 5000,
    '"a ' * 2000,
    "agua:" * 1000,
    "title:" * 1000,
    "year:0000-9999 " * 16,
    "wor* " * 16,
    "w*" * 2000,
    "-wor* " * 16,
    " ".join(f"w{number}" for number in range(3000)),
    "word1 " * 3000,
    "\u0301" * 4000,
    "ñ" * 4000,
    "😀 " * 2000,
    "\u202e\ufeff\u200b" * 1000,
    "n" * 250,
    "' OR 1=1; DROP TABLE entries; --",
    "${jndi:ldap://x} {{7*7}} <script>alert(1)</script> ../../etc/passwd",
    '"' + "de " * 60 + '"',
    "\ud800 agua",
    "title:" + "ñ" * 64,
    "İıſßﬁ Ⅷ ½ ①",
)
ALL = FROM_MEASUREMENTS + OWN


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    """Entries with 900 words that begin alike, and the commonest ones everywhere."""
    made = WhooshEngine.create(tmp_path_factory.mktemp("index") / "0001")
    text = "agua de la ciudad"
    made.put(
        SearchDocument(
            id=number,
            version=1,
            language=("es", "pt", "en")[number % 3],
            kind="report",
            titles={"es": f"word{number} {text}"},
            pages=(SearchPage(1, 1, " ".join(f"word{number * 30 + turn}" for turn in range(30)) + " de" * 50),),
        )
        for number in range(1, 31)
    )
    yield made
    made.close()


@pytest.mark.parametrize("text", ALL, ids=range(len(ALL)))
def test_a_hostile_query_is_answered(engine: WhooshEngine, text: str) -> None:
    query = parse_query(text)
    results = engine.search(SearchRequest(query))
    assert 0 <= results.total <= 30
    assert isinstance(query.text(), str)
    engine.complete(text)
    cut_snippet("Agua de la ciudad, word12.", query, "es")
    mark_matches("Agua de la ciudad, word12.", query, "es")


@pytest.mark.parametrize("text", ALL, ids=range(len(ALL)))
def test_a_hostile_query_asks_for_sixteen_things_at_most(engine: WhooshEngine, text: str) -> None:
    finder = Finder(engine.reading.snapshot(), engine.memory)
    asked = plan_query(parse_query(text), finder.estimate, finder.number)
    assert len(asked.wanted) + len(asked.binding) + len(asked.excluded) <= MOST_TERMS


@pytest.mark.parametrize(
    ("text", "words"), [("wor*", 200), ("wor* agu*", 200), (" OR ".join(["wor*"] * 16), 25), ("title:wor* " * 8, 50)]
)
def test_prefixes_stand_for_the_commonest_words_and_share_a_bound(engine: WhooshEngine, text: str, words: int) -> None:
    finder = Finder(engine.reading.snapshot(), engine.memory, words_per_prefix(parse_query(text)))
    terms = [term for segment in finder.snapshot.segments for term in finder.expansion(segment, Prefix("wor"))]
    assert len({term.rpartition(b"\0")[2] for term in terms}) == words


def test_a_query_reads_no_more_postings_than_it_has_forms(engine: WhooshEngine) -> None:
    read: list[bytes] = []

    class Counting(Segment):
        def postings(self, term: bytes) -> Postings:
            read.append(term)
            return super().postings(term)

    snapshot = engine.reading.snapshot()
    for segment in snapshot.segments:
        segment.__class__ = Counting
    engine.memory.parts.clear()
    engine.search(SearchRequest(parse_query("agua ciudades de nada")))
    assert {term.rpartition(b"\0")[2] for term in read} == {b"agua", b"ciudad", b"de"}
    engine.search(SearchRequest(parse_query("agua ciudades de nada")))
    assert len(read) == len(set(read))
