"""What one request without signing in may make the bank answer: little where nothing is found, whatever it says."""

import random
import re
from collections.abc import Iterator
from urllib.parse import quote_plus, urlencode

import pytest
from starlette.testclient import TestClient

from bank.web.parameters import FILTER_FACETS
from tests.web.asking import ask
from tests.web.filling import Filled

MOST_BYTES = 300_000
NOTHING = [("year_from", "1"), ("year_to", "2")]
"""Years in which no entry is."""
LETTERS = (
    "a",
    " ",
    "ñ",
    "&",
    '"',
    "<",
    "'",
    "%",
    "\U0001f600",
    "語",
    "a b ",
    "-x ",
    '"a b" ',
    "c OR ",
    "title:a ",
    "city:b ",
)
PLACES = (
    "/search", "/search", "/search", "/feed.atom", "/api/v1/search", "/search.csv", "/search.dc.xml",
    "/api/v1/complete", "/", "/cities", "/login", "/nowhere", "/api/v1/nowhere", "/deposits", "/review",
    "/admin/people", "/entries/1/pages/1",
)  # fmt: skip
KNOWN = {
    "theme": ("cultura", "deporte", "medio-ambiente"),
    "principle": tuple(map(str, range(1, 21))),
    "country": ("MX", "ES", "BR"),
    "language": ("es", "pt", "ca", "fr"),
    "city": ("mx-leon",),
}


def made_up(facets: int, values: int, length: int) -> list[tuple[str, str]]:
    """Filters that nobody knows."""
    return [(facet, f"{number}-".ljust(length, "ñ")) for facet in FILTER_FACETS[:facets] for number in range(values)]


def random_question(chance: random.Random) -> list[tuple[str, str]]:
    """Parameters of a request, small and as large as they may be."""
    asked = list(NOTHING) if chance.random() < 0.8 else []
    if chance.random() < 0.7:
        letters = chance.choice(LETTERS) if chance.random() < 0.7 else "".join(chance.choices(LETTERS, k=9))
        most = chance.choice((1, 100, 900, 5000, 5000, 70_000))
        asked.append(("q", (letters * most)[:most]))
    for _ in range(chance.choice((0, 3, 30, 50, 400))):
        facet = chance.choice(FILTER_FACETS)
        known = KNOWN.get(facet, ())
        value = (
            chance.choice(known) if known and chance.random() < 0.5 else chance.choice(LETTERS) * chance.randint(1, 99)
        )
        asked.append((facet, value))
    for name in chance.sample(("sort", "page", "size", "verbatim", "lang", "next", "other"), k=chance.randint(0, 4)):
        asked.append((name, chance.choice(("title", "7", "100", "1", "pt", "/x?y=" + "z" * 3000, "<&>" * 800))))
    chance.shuffle(asked)
    return asked


def addresses(seed: int, number: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(number):
        path = chance.choice(PLACES) + (
            "/" + "%22" * chance.choice((700, 2600, 4000)) if chance.random() < 0.05 else ""
        )
        yield f"{path}?{urlencode(random_question(chance))}"


def test_two_hundred_requests_of_any_size_are_answered_in_little(client: TestClient) -> None:
    statuses = set()
    for address in addresses(seed=3, number=200):
        answer = ask(client.app, address)
        assert len(answer.content) < MOST_BYTES, (len(answer.content), address[:200])
        assert answer.status < 500
        statuses.add(answer.status)
    assert {200, 303, 404, 414, 422} <= statuses


@pytest.mark.parametrize("length", [2, 9, 99])
def test_fifty_made_up_values_of_each_of_eight_facets_make_no_large_page(client: TestClient, length: int) -> None:
    """Once 105 kB of these made a page of 43 MB."""
    answer = ask(client.app, f"/search?{urlencode(made_up(8, 50, length))}")
    assert answer.status == (200 if length == 2 else 414)
    assert len(answer.content) < 50_000


def test_unknown_values_are_told_once_stand_in_no_link_and_still_find_nothing(client: TestClient) -> None:
    page = client.get(f"/search?{urlencode([('theme', 'cultura'), *made_up(3, 20, 12), ('city', 'x' * 3000)])}").text
    assert page.count("No se conoce") == 3
    assert "Tampoco se conocen otros filtros de la dirección (58)." in page
    assert "%C3%B1" not in page
    assert "xxx" not in page
    assert 'href="/search?theme=cultura"' not in page, "the only filter that is left leads to the search without it"
    assert '<link rel="canonical" href="http://127.0.0.1:8000/search?theme=cultura">' in page
    assert re.search(r'id="total" role="status" tabindex="-1">0 ', page)


def test_more_than_thirty_values_are_cut_and_told_on_the_page_and_refused_for_programs(client: TestClient) -> None:
    chosen = [("principle", str(number)) for number in range(1, 21)] + [("sdg", str(number)) for number in range(1, 16)]
    page = client.get(f"/search?{urlencode(chosen)}").text
    assert page.count("Como máximo se pueden elegir 30 filtros") == 1
    assert len(re.findall(r'class="tag chip"', page)) == 30
    assert "Como máximo" not in client.get(f"/search?{urlencode(chosen[:30])}").text
    for place in ("/api/v1/search", "/feed.atom", "/search.csv"):
        assert client.get(f"{place}?{urlencode(chosen[:30])}").status_code == 200
        refused = client.get(f"{place}?{urlencode(chosen)}")
        assert refused.status_code == 422
        assert "Como máximo se pueden elegir 30 filtros" in refused.text


def test_programs_are_told_which_filters_nobody_knows(client: TestClient) -> None:
    asked = "/api/v1/search?theme=cultura&theme=nadie&city=nada&country=XQ&language=es&language=klingon"
    assert client.get(asked).json()["unknown_filters"] == [
        {"facet": "theme", "value": "nadie"},
        {"facet": "city", "value": "nada"},
        {"facet": "country", "value": "XQ"},
        {"facet": "language", "value": "klingon"},
    ]
    assert client.get("/api/v1/search?theme=cultura").json()["unknown_filters"] == []


def test_a_long_description_is_sent_on_by_its_form_and_not_by_links(client: TestClient) -> None:
    words = ("Las familias del barrio quieren regar juntas los huertos de la escuela y compartir el agua. " * 60)[:5000]
    page = client.get("/search", params={"q": words, "kind": "experience", "size": 5, "lang": "en"}).text
    assert page.count("Las familias del barrio quieren regar") < 60, "it stands in the box, and cut in the title"
    assert quote_plus(words[:200]) not in page
    assert len(page) < MOST_BYTES
    assert re.search(r'<select id="sort" name="sort" form="search-form">', page)
    for name, value in (("page", "2"), ("lang", "pt")):
        assert re.search(rf'<button[^>]* form="search-form"[^>]* name="{name}" value="{value}"', page), name
    assert 'formaction="/search.csv"' in page
    assert '<span class="tag">Experience</span>' in page


def test_a_page_of_a_file_does_not_repeat_a_long_question_for_every_page(client: TestClient, made: Filled) -> None:
    words = "riego " * 800
    page = client.get(f"/entries/{made.bulletin}/pages/2", params={"q": words}).text
    assert page.count(quote_plus(words.strip())) == 1
    assert f'href="/entries/{made.bulletin}/files/1/pages/3"' in page
