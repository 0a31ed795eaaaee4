"""The search page: hits, facets, chips, orders, pages, and help where nothing is found."""

import re
from urllib.parse import quote_plus

import pytest
from starlette.testclient import TestClient

from bank.workflow.rights import Viewer
from bank.workflow.search.synonyms import add_synonyms, remove_synonyms
from tests.web.filling import PLENTY, Filled


def count(page: str) -> int:
    """The number that the page says it found."""
    found = re.search(r'id="total" role="status" tabindex="-1">([0-9.,]+)', page)
    assert found is not None
    return int(found[1])


def test_a_hit_shows_the_sentence_and_leads_to_its_page_and_into_the_original(client: TestClient, made: Filled) -> None:
    page = client.get("/search", params={"q": "compartir agua"}).text
    assert "<mark>compartir</mark>" in page
    assert f'href="/entries/{made.bulletin}/files/1/pages/2?q=compartir+agua"' in page.replace("%20", "+")
    assert f'href="/entries/{made.bulletin}/files/1#page=2"' in page


def test_facets_are_checkboxes_with_counts_and_the_chosen_one_is_a_chip(client: TestClient) -> None:
    page = client.get("/search?theme=medio-ambiente").text
    assert count(page) == PLENTY
    assert re.search(r'<input type="checkbox"[^>]*name="theme" value="medio-ambiente" checked>', page)
    assert re.search(r'<a class="tag chip" href="/search" rel="nofollow" data-stay>', page)


def test_a_facet_says_how_many_of_its_values_are_chosen_and_lets_go_of_them(client: TestClient) -> None:
    page = client.get("/search?q=villa&theme=medio-ambiente&theme=cultura&kind=guide").text
    facet = page[page.index('id="facet-theme"') :]
    facet = facet[: facet.index("</fieldset>")]
    assert "<strong>2 elegidos</strong>" in facet
    assert 'id="clear-theme" href="/search?q=villa&amp;kind=guide"' in facet
    other = page[page.index('id="facet-kind"') :]
    assert "<strong>1 elegido</strong>" in other[: other.index("</fieldset>")]
    assert "elegido" not in client.get("/search?q=villa").text


def test_a_long_facet_has_a_box_to_find_a_value_and_a_short_one_has_none(client: TestClient) -> None:
    page = client.get("/search").text
    assert re.search(r'<label for="sift-principle">Buscar en esta lista', page)
    assert 'id="sift-kind"' not in page


def test_the_chart_of_years_has_numbers_and_each_bar_is_a_link_with_its_count(client: TestClient) -> None:
    page = client.get("/search?year_from=2012&year_to=2013").text
    chart = page[page.index('<svg class="bars') :].partition("</svg>")[0]
    assert chart.startswith('<svg class="bars spanned"')
    assert ">2010</text>" in chart
    assert ">2024</text>" in chart
    assert '<path class="span"' in chart
    bar = '<a id="bar-2011" href="/search?year_from=2011&amp;year_to=2011" rel="nofollow" aria-label="2011: 2 fichas"'
    assert bar in chart
    assert len(re.findall(r'class="bar chosen"', chart)) == 2
    assert "style=" not in chart
    assert "Elegido: 2012–2013" in page
    assert 'id="clear-year" href="/search"' in page


def test_a_question_too_long_for_links_has_a_chart_without_them(client: TestClient) -> None:
    page = client.get("/search", params={"q": "huertos de la escuela y de las familias " * 60}).text
    chart = page[page.index('<svg class="bars') :].partition("</svg>")[0]
    assert "<a " not in chart
    assert '<g class="bar"' in chart


def test_a_hit_says_why_it_was_found(client: TestClient) -> None:
    assert 'class="why' not in client.get("/search?q=huertos").text, "what has all the words says nothing"
    some = client.get("/search?q=murales+comunitarios+vecinas+barrio").text
    assert '<p class="why some">Tiene la mayoría de tus palabras, no todas. Sin: barrio.</p>' in some
    assert 'class="why' not in client.get("/search").text


def test_two_values_of_one_facet_widen_and_two_facets_narrow(client: TestClient) -> None:
    one = count(client.get("/search?principle=4").text)
    two = count(client.get("/search?principle=4&principle=5").text)
    narrow = count(client.get("/search?principle=4&kind=guide").text)
    assert one == narrow + 2
    assert two == one + 1


def test_taking_out_one_chip_keeps_the_other(client: TestClient) -> None:
    page = client.get("/search?q=museos&principle=4&kind=guide").text
    assert 'href="/search?q=museos&amp;kind=guide"' in page
    assert 'href="/search?q=museos&amp;principle=4"' in page
    assert 'href="/search?q=museos" rel="nofollow"' in page


def test_years_narrow_with_both_ends_included(client: TestClient) -> None:
    assert count(client.get("/search?year_from=2019&year_to=2019&kind=guide").text) == 1
    assert count(client.get("/search?year_from=&year_to=&kind=guide&sort=&page=").text) == 1
    assert count(client.get("/search?year_from=2020&kind=guide").text) == 0


def test_a_long_result_has_pages_and_keeps_the_question(client: TestClient) -> None:
    page = client.get("/search?q=villa&sort=title").text
    assert 'href="/search?q=villa&amp;sort=title&amp;page=2"' in page
    second = client.get("/search?q=villa&sort=title&page=2").text
    assert 'aria-current="page"' in second
    assert f'<ol class="hits" start="{21}">' in second
    assert client.get("/search?q=villa&page=999").status_code == 200


def test_the_order_is_by_match_with_words_and_by_age_without(client: TestClient) -> None:
    def order(address: str) -> str:
        page = client.get(address).text
        assert '<label for="sort">Ordenar por</label>' in page
        chosen = re.search(r'<option value="[a-z]*" selected>([^<]+)</option>', page)
        assert chosen is not None
        return chosen[1]

    assert order("/search?q=villa") == "Relevancia"
    assert order("/search") == "Recientes"
    assert order("/search?q=villa&sort=title") == "Título"
    assert "Relevancia" not in client.get("/search").text


def test_a_slip_of_the_finger_is_put_right_and_can_be_taken_back(client: TestClient) -> None:
    right = client.get("/search?q=huertos&kind=experience&lang=en").text
    page = client.get("/search?q=huertso&kind=experience&lang=en").text
    assert count(page) == count(right) > 0
    assert "No entry has “huertso”. These are the ones for “huertos”." in page
    assert "Did you mean" not in page
    assert re.search(r'/entries/\d+/files/1/pages/\d+\?q=huertos&amp;kind=experience"', page)
    assert 'href="/search?q=huertso&amp;kind=experience&amp;verbatim=1"' in page


def test_words_taken_as_they_stand_stay_so_in_every_link_but_one_with_other_words(client: TestClient) -> None:
    page = client.get("/search?q=huertso&kind=experience&verbatim=1&lang=en").text
    assert count(page) == 0
    assert "These are the ones for" not in page
    assert "Did you mean" in page
    assert 'href="/search?q=huertos&amp;kind=experience"' in page
    assert 'href="/search?q=huertso&amp;verbatim=1" rel="nofollow"' in page
    assert re.search(r'<button[^>]* form="search-form" name="verbatim" value="1">', page)
    kept = client.get("/search?q=villa&verbatim=1&sort=title").text
    assert 'href="/search?q=villa&amp;verbatim=1&amp;sort=title&amp;page=2"' in kept
    assert 'href="/feed.atom?q=villa&amp;verbatim=1"' in kept
    assert 'href="/search.csv?q=villa&amp;verbatim=1&amp;sort=title"' in kept
    for way in ("/search.csv", "/search.jsonl"):
        corrected, taken = (client.get(f"{way}?q=huertso{more}").text for more in ("", "&verbatim=1"))
        assert len(corrected) > len(taken), way


def test_a_long_question_is_a_description_that_can_be_read_and_changed(client: TestClient) -> None:
    words = "Las familias del barrio quieren regar juntas los huertos de la escuela y no saben cómo empezar. " * 4
    page = client.get("/search", params={"q": words, "lang": "en"}).text
    assert "You described a problem: these entries are nearest to it." in page
    assert re.search(rf'<textarea id="q" name="q"[^>]*>{words.strip()}</textarea>', page)
    assert "Has most of your words" not in page
    assert count(page) > 0
    assert '<details class="describe">' not in page
    for place in ("/", "/search?q=huertos"):
        assert re.search(r'<details class="describe">.*?<textarea[^>]* name="q"', client.get(place).text, re.DOTALL)


def test_an_empty_result_helps_on(client: TestClient) -> None:
    page = client.get("/search?q=zqxwv&kind=guide").text
    assert count(page) == 0
    assert 'href="/search?q=zqxwv"' in page
    for way in ("/principles", "/themes", "/cities", "/themes/medio-ambiente"):
        assert f'href="{way}"' in page


def test_the_result_can_be_taken_along_and_followed(client: TestClient) -> None:
    page = client.get("/search?q=museos&kind=guide").text
    for ending in ("csv", "jsonl", "ris", "dc.xml"):
        assert f'href="/search.{ending}?q=museos&amp;kind=guide"' in page
    assert 'type="application/atom+xml"' in page
    assert 'href="/feed.atom?q=museos&amp;kind=guide"' in page


def test_crawlers_are_kept_out_of_the_combinations_but_not_of_the_page(client: TestClient) -> None:
    assert 'content="noindex, nofollow"' in client.get("/search?kind=guide").text
    assert "noindex" not in client.get("/search").text
    rules = client.get("/robots.txt").text
    assert "Disallow: /search?" in rules
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in rules


@pytest.mark.parametrize("words", ["Boletín 1: Seguridad", "a/b (c", "título:museos", "museos & más", '"sin cerrar'])
def test_colons_slashes_and_brackets_are_only_text(client: TestClient, words: str) -> None:
    answer = client.get(f"/search?q={quote_plus(words)}")
    assert answer.status_code == 200


def test_a_wrong_year_is_told_beside_its_field_and_reversed_years_can_be_swapped(client: TestClient) -> None:
    page = client.get("/search?q=museos&year_from=abc&year_to=2020").text
    assert re.search(r'name="year_from"[^>]*aria-describedby="year_from-fault"', page)
    assert "“abc” no es un año." in page
    assert "2020" in page
    turned = client.get("/search?q=museos&year_from=2021&year_to=2019").text
    assert "El primer año es posterior al último." in turned
    assert 'href="/search?q=museos&amp;year_from=2019&amp;year_to=2021"' in turned


def test_a_page_beyond_the_end_leads_back_to_the_first(client: TestClient) -> None:
    for number in (3, 9999):
        page = client.get(f"/search?q=villa&sort=title&page={number}").text
        assert "Ya no hay más fichas." in page
        assert 'href="/search?q=villa&amp;sort=title"' in page


@pytest.mark.parametrize("words", ["\U0001f600", '"', ":", "- -"])
def test_a_question_without_words_says_that_everything_is_shown(client: TestClient, words: str) -> None:
    page = client.get("/search", params={"q": words}).text
    assert "No hay palabras que buscar: estas son todas las fichas." in page
    assert count(page) == PLENTY + 4


def test_words_that_find_nothing_together_are_offered_one_by_one(client: TestClient) -> None:
    page = client.get("/search", params={"q": "murales refugis de zqxwv", "sort": "title", "theme": "deporte"}).text
    assert count(page) == 0
    assert "q=zqxwv&amp;" not in page
    page = client.get("/search?q=%22murales%22+%22refugis%22+%22zqxwv%22&sort=title").text
    assert count(page) == 0
    assert re.search(r'href="/search\?q=murales&amp;sort=title"[^>]*>solo “murales” \(\d+\)</a>', page)
    assert re.search(r'href="/search\?q=refugis&amp;sort=title"', page)
    assert "q=zqxwv&amp;" not in page


def test_a_word_that_nothing_has_beside_another_is_left_out_and_told(client: TestClient) -> None:
    page = client.get("/search", params={"q": "murales de zqxwv", "sort": "title", "lang": "en"}).text
    assert count(page) == count(client.get("/search?q=murales").text) > 0
    assert "Nothing has all your words together; “zqxwv” was left out." in page
    for silent in ("murales", "zqxwv", "de"):
        assert f'href="/search?q={silent}&amp;sort=title"' not in page


def test_the_way_back_from_a_page_is_the_whole_search(client: TestClient, made: Filled) -> None:
    asked = "q=compartir+agua&amp;city=mx-leon&amp;sort=title"
    results = client.get("/search?q=compartir+agua&city=mx-leon&sort=title").text
    assert f'href="/entries/{made.bulletin}/files/1/pages/2?{asked}"' in results
    page = client.get(f"/entries/{made.bulletin}/files/1/pages/2?q=compartir+agua&city=mx-leon&sort=title").text
    assert f'href="/search?{asked}"' in page
    assert f'href="/entries/{made.bulletin}/files/1/pages/3?{asked}"' in page


def test_a_value_that_nobody_knows_is_told_and_is_no_choice(client: TestClient) -> None:
    page = client.get("/search?city=nada&theme=nadie").text
    assert "No se conoce la ciudad “nada”." in page
    assert "No se conoce el filtro “Tema: nadie”." in page
    assert 'value="nada"' not in page
    assert "No se conoce" not in client.get("/search?city=mx-leon&theme=cultura").text


@pytest.mark.parametrize(
    ("query", "label"),
    [("year_from=2018", "Desde 2018"), ("year_to=2019", "Hasta 2019"), ("year_from=2018&year_to=2019", "2018–2019")],
)
def test_years_are_one_chip_in_words(client: TestClient, query: str, label: str) -> None:
    page = client.get(f"/search?q=museos&{query}").text
    assert re.search(
        rf'<a class="tag chip" href="/search\?q=museos" rel="nofollow" data-stay>.*</span> {label}</a>', page
    )


def test_the_feed_of_a_search_that_was_put_right_is_that_of_the_right_words(client: TestClient) -> None:
    assert 'href="/feed.atom?q=huertos"' in client.get("/search?q=huertso").text


def test_the_number_beside_a_word_is_what_its_link_finds(client: TestClient, made: Filled) -> None:
    coordinator = Viewer(1, "Coordinadora", "coordinator")
    id = add_synonyms(made.bank, coordinator, "zanfoña, huertos")
    try:
        total = client.get("/api/v1/search", params={"q": "zanfoña"}).json()["total"]
        page = client.get("/search", params={"q": '"zanfoña qwrtz"'}, headers={"accept-language": "en"}).text
    finally:
        remove_synonyms(made.bank, coordinator, id)
    assert total
    assert f"only “zanfoña” ({total})" in page
