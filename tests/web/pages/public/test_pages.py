"""What a reader sees: every page, in every language, without script and without signing in."""

import re
from itertools import pairwise

import html5lib
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.filling import CANARY, PERSON, PLENTY, SECRET, SENTENCE, Filled

LANGUAGES = ("es", "en", "pt")
XHTML = "{http://www.w3.org/1999/xhtml}"


def addresses(made: Filled) -> list[str]:
    """One address of every kind of page."""
    return [
        "/",
        "/search",
        "/search?q=huertos&principle=4&theme=cultura&year_from=2000",
        "/search?q=zqxwv",
        "/search?q=huertso",
        "/search?q=huertso&verbatim=1&kind=guide&theme=cultura",
        "/search?q=murales+refugis+zqxwv",
        "/search?q=" + "los+huertos+de+la+escuela+y+las+familias+del+barrio+" * 6,
        "/search?q=medi+ambient,+principio+12",
        f"/entries/{made.bulletin}",
        f"/entries/{made.held_back}",
        f"/entries/{made.told}",
        f"/entries/{made.told}/pages/1",
        f"/entries/{made.bulletin}/pages/2",
        f"/entries/{made.bulletin}/files/1/pages/2?q=huertos",
        f"/entries/{made.bulletin}/files/1/pages/2?q=huertos&zoom=200",
        f"/entries/{made.catalan}/pages/1?q=parcs",
        "/principles",
        "/principles/8",
        "/themes",
        "/themes/cultura",
        "/cities",
        "/cities/mx-leon",
        "/about",
        "/docs",
        "/login",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_every_language_and_says_so(client: TestClient, made: Filled, language: str) -> None:
    for address in addresses(made):
        mark = "&" if "?" in address else "?"
        answer = client.get(f"{address}{mark}lang={language}")
        assert answer.status_code == 200, address
        assert f'<html lang="{language}">' in answer.text
        for code in LANGUAGES:
            assert f'hreflang="{code}"' in answer.text, address
        assert '<link rel="canonical" href="http://127.0.0.1:8000/' in answer.text


def test_every_page_is_sound_html_with_one_heading_and_its_landmarks(client: TestClient, made: Filled) -> None:
    for address in [*addresses(made), "/nowhere"]:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=True)
        tree = parser.parse(client.get(address).text)
        assert len(tree.findall(f".//{XHTML}h1")) == 1, address
        for landmark in ("header", "main", "footer", "nav"):
            assert tree.find(f".//{XHTML}{landmark}") is not None, (address, landmark)
        ids = [node.get("id") for node in tree.iter() if node.get("id")]
        assert len(ids) == len(set(ids)), address


def test_headings_never_skip_a_level(client: TestClient, made: Filled) -> None:
    for address in [*addresses(made), "/nowhere"]:
        tree = html5lib.parse(client.get(address).text)
        levels = [int(node.tag[-1]) for node in tree.iter() if str(node.tag)[len(XHTML) :] in {"h1", "h2", "h3", "h4"}]
        assert levels, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), (address, levels)


def test_every_link_of_the_pages_leads_somewhere(client: TestClient, made: Filled) -> None:
    links: set[str] = set()
    for address in addresses(made):
        tree = html5lib.parse(client.get(address).text)
        links |= {node.get("href") or "" for node in tree.iter() if node.tag in (f"{XHTML}a", f"{XHTML}link")}
        links |= {node.get("src") or "" for node in tree.iter() if node.tag in (f"{XHTML}img", f"{XHTML}script")}
    inner = sorted(link.partition("#")[0] for link in links if link.startswith("/") and not link.startswith("/search?"))
    assert len(inner) > 60
    for link in dict.fromkeys(inner):
        assert client.get(link).status_code == 200, link


def test_a_chosen_language_is_kept_in_a_cookie(client: TestClient) -> None:
    assert '<html lang="es">' in client.get("/").text
    answer = client.get("/about?lang=pt")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    assert '<html lang="pt">' in client.get("/").text


def test_without_a_choice_the_browser_decides_and_then_the_bank(client: TestClient) -> None:
    assert '<html lang="pt">' in client.get("/", headers={"accept-language": "fr, pt-BR;q=0.8, en;q=0.5"}).text
    assert '<html lang="es">' in client.get("/", headers={"accept-language": "de, en;q=0"}).text
    assert '<html lang="es">' in client.get("/?lang=xx", headers={"accept-language": ";q=x,,"}).text


def test_the_home_page_counts_and_leads_on(client: TestClient, made: Filled) -> None:
    page = client.get("/").text
    assert f">{PLENTY + 4}</dd>" in page
    assert 'href="/principles/8"' in page
    assert 'href="/themes/cultura"' in page
    assert 'href="/cities/mx-leon"' in page


def test_the_chart_of_principles_has_an_axis_and_a_link_for_each_that_has_entries(client: TestClient) -> None:
    page = client.get("/").text
    chart = page[page.index('<figure class="skyline">') : page.index("</figure>")]
    counts = {value["value"]: value["count"] for value in client.get("/api/v1/search").json()["facets"]["principle"]}
    assert sorted(re.findall(r'<a href="/principles/(\d+)"', chart), key=int) == sorted(counts, key=int)
    assert "20" not in counts or 'href="/principles/20"' in chart
    assert f">{max(counts.values())}</text>" in chart
    assert chart.count('<rect class="fill-') == len(counts)
    for number, count in counts.items():
        told = "1 ficha" if count == 1 else f"{count} fichas"
        assert re.search(rf'href="/principles/{number}" aria-label="{number} · [^"]+: {told}"', chart)
    assert "aria-hidden" in chart
    assert "style=" not in chart


def test_an_empty_bank_says_so_and_draws_nothing(app: FastAPI) -> None:
    with TestClient(app, base_url="http://127.0.0.1", headers={"accept-language": "es"}) as visitor:
        page = visitor.get("/").text
    assert "El banco todavía está vacío." in page
    assert "skyline" not in page
    assert '<dl class="counts">' not in page
    assert "by-theme" not in page


def test_a_city_that_joined_some_time_in_a_span_of_years_says_so(client: TestClient) -> None:
    assert "<dd>entre 2018 y 2021</dd>" in client.get("/cities/mx-chihuahua").text


def test_an_entry_shows_its_file_its_licence_and_how_to_cite_it(client: TestClient, made: Filled) -> None:
    page = client.get(f"/entries/{made.bulletin}").text
    assert f'href="/entries/{made.bulletin}/files/1"' in page
    assert f'href="/entries/{made.bulletin}/files/1/pages/1"' in page
    assert f'src="/entries/{made.bulletin}/files/1/thumbnail"' in page
    assert "creativecommons.org/licenses/by/4.0" in page
    assert f'href="/entries/{made.bulletin}.ris"' in page
    assert "boletín «huertos».pdf" in page


def test_an_original_of_unknown_rights_is_held_back_and_its_text_is_not(client: TestClient, made: Filled) -> None:
    page = client.get(f"/entries/{made.held_back}").text
    assert f'href="/entries/{made.held_back}/files/1"' not in page
    assert client.get(f"/entries/{made.held_back}/files/1").status_code == 404
    assert client.get(f"/entries/{made.held_back}/pages/1").status_code == 200


def test_a_title_in_another_language_says_which(client: TestClient, made: Filled) -> None:
    assert '<span lang="ca">Parcs i refugis climàtics</span>' in client.get(f"/entries/{made.catalan}").text


def test_the_fields_are_shown_in_the_readers_language_and_what_is_the_networks_is_not(
    client: TestClient, made: Filled
) -> None:
    page = client.get(f"/entries/{made.told}").text
    assert "Primero se escucha." in page
    assert "<li>Regar por turnos</li>" in page
    assert "<li>Cuidar &lt;b&gt;la tierra&lt;/b&gt;</li>" in page
    english = client.get(f"/entries/{made.told}?lang=en").text
    assert "First one listens." in english
    assert '<ul lang="es"><li>Regar por turnos</li>' in english
    entry = f"/entries/{made.told}"
    for address in (entry, f"/api/v1{entry}", f"{entry}.jsonl", "/search.csv"):
        assert PERSON not in client.get(address).text, address


def test_a_principle_of_2004_leads_to_its_heir(client: TestClient, made: Filled) -> None:
    page = client.get(f"/entries/{made.told}?lang=en").text
    assert 'section-b" href="/principles/8"' in page
    assert "2004 numbering" in page
    tags = client.get(f"/api/v1/entries/{made.told}").json()["tags"]
    assert [tag["term"] for tag in tags if tag["charter"] == "2004"] == ["9"]


def test_a_page_read_from_a_picture_says_so_and_how_sure_it_is(client: TestClient, made: Filled) -> None:
    page = client.get(f"/entries/{made.told}/pages/1?lang=en").text
    assert "recognised from a picture" in page
    assert "83 of 100" in page
    assert "recognised" not in client.get(f"/entries/{made.told}/pages/2?lang=en").text


def test_the_text_of_a_page_marks_what_was_searched_for(client: TestClient, made: Filled) -> None:
    page = client.get(f"/entries/{made.bulletin}/files/1/pages/2?q=huerto+famílias").text
    assert "<mark>huertos</mark>" in page
    assert "<mark>familias</mark>" in page
    assert f'href="/entries/{made.bulletin}/files/1#page=2"' in page
    assert f'href="/entries/{made.bulletin}/files/1/pages/3?q=huerto+fam%C3%ADlias"' in page
    assert SENTENCE in client.get(f"/entries/{made.bulletin}/pages/2").text


def test_a_citation_names_the_original_title_and_on_a_page_its_page(client: TestClient, made: Filled) -> None:
    page = client.get(f"/entries/{made.bulletin}/pages/2").text
    cited = page[page.index('<p class="cite">') :]
    assert cited.index("León. (") < cited.index("p. 2.") < cited.index(f"/entries/{made.bulletin}/files/1/pages/2</p>")
    undated = client.get(f"/entries/{made.catalan}").text
    undated = undated[undated.index('<p class="cite">') :]
    assert undated.index("Parcs i refugis climàtics</span>") < undated.index("(s. f.).")


def test_a_file_without_pages_has_parts(client: TestClient, made: Filled) -> None:
    page = client.get(f"/entries/{made.catalan}/pages/1").text
    assert "Parte 1 de " in page
    assert "Página" not in page
    assert "Leer la parte 1" in client.get("/search?q=parcs+refresquen").text.replace("parte 2", "parte 1")
    assert "Página 2 de 3" in client.get(f"/entries/{made.bulletin}/pages/2").text


def test_the_roles_of_a_city_are_dated_in_words(client: TestClient) -> None:
    assert "(enero de 2018 – septiembre de 2023)" in client.get("/cities/mx-leon").text
    assert "(January 2018 – September 2023)" in client.get("/cities/mx-leon?lang=en").text


def test_what_is_not_there_or_not_public_is_not_found(client: TestClient, made: Filled) -> None:
    for address in (
        "/entries/999999",
        "/entries/0",
        "/entries/99999999999999999999",
        "/entries/" + "9" * 5000,
        "/entries/" + "9" * 5000 + ".ris",
        "/entries/x",
        f"/entries/{made.draft}",
        f"/entries/{made.draft}.ris",
        f"/entries/{made.draft}/files/1",
        f"/entries/{made.draft}/files/1/thumbnail",
        f"/entries/{made.draft}/pages/1",
        f"/entries/{made.bulletin}/pages/4",
        f"/entries/{made.bulletin}/files/2",
        f"/entries/{made.bulletin}.exe",
        "/principles/21",
        "/themes/nada",
        "/cities/xx-nada",
        "/static/../app.py",
        "/static/nada.css",
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address[:60]
        assert '<html lang="es">' in answer.text


def test_a_draft_is_told_nowhere(client: TestClient, made: Filled) -> None:
    for address in [
        *addresses(made),
        f"/search?q={SECRET}",
        f"/feed.atom?q={SECRET}",
        "/feed.atom",
        "/search.jsonl",
        f"/api/v1/search?q={SECRET}",
        f"/api/v1/complete?q={SECRET[:8]}",
        "/sitemap.xml",
    ]:
        text = client.get(address).text
        assert CANARY not in text, address
        assert f"/entries/{made.draft}<" not in text, address


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient, made: Filled) -> None:
    first = client.get(f"/entries/{made.bulletin}")
    again = client.get(f"/entries/{made.bulletin}", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = {"if-none-match": first.headers["etag"], "accept-language": "pt"}
    assert client.get(f"/entries/{made.bulletin}", headers=other).status_code == 200


def test_a_slash_at_the_end_leads_to_the_page(client: TestClient, made: Filled) -> None:
    for address in ("/search", "/principles", f"/entries/{made.bulletin}", "/api/v1/search"):
        moved = client.get(f"{address}/?q=a&q=b", follow_redirects=False)
        assert (moved.status_code, moved.headers["location"]) == (308, f"{address}?q=a&q=b")
    for address in ("/nowhere/", "//example.org/", "//principles/", "/%5Cexample.org/", "/entries/x/"):
        assert client.get(f"http://testserver{address}", follow_redirects=False).status_code in (400, 404), address
