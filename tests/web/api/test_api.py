"""The API's contract: exact shapes, exact counts, problems as problem+json."""

import json
from typing import Any

from starlette.testclient import TestClient

from bank.workflow.search import saved
from tests.web.filling import PLENTY, SENTENCE, Filled

HIT = {
    "id", "uid", "title", "kind", "city", "cities", "country", "year", "language", "principles", "themes", "summary",
    "url", "score", "by_meaning", "reason", "snippets", "more_pages", "lacks",
}  # fmt: skip
WHOLE = (HIT - {"score", "by_meaning", "reason", "snippets", "more_pages", "lacks"}) | {
    "status", "version", "identifier", "titles", "summaries", "fields", "files", "events", "tags", "created",
    "published", "confirmed", "images",
}  # fmt: skip
WORK = {"since", "updated", "values", "proposed", "faults", "meter", "steps", "may", "agreed", "job"}
"""What is null for who does not work on the entry."""


def get(client: TestClient, address: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200, (address, answer.text)
    found: dict[str, Any] = answer.json()
    return found


def test_a_search_answers_in_the_shape_that_others_rely_on(client: TestClient, made: Filled) -> None:
    found = get(client, "/search?q=compartir+agua&city=mx-leon&size=5")
    assert set(found) >= {"total", "page", "size", "took_ms", "did_you_mean", "query", "hits", "facets"}
    assert (found["total"], found["page"], found["size"], found["did_you_mean"]) == (1, 1, 5, None)
    hit = found["hits"][0]
    assert set(hit) == HIT | {"lacks"}
    assert (hit["id"], hit["city"], hit["cities"], hit["country"]) == (made.bulletin, "mx-leon", ["mx-leon"], "MX")
    assert hit["by_meaning"] is False
    assert hit["url"] == f"http://127.0.0.1:8000/entries/{made.bulletin}"
    snippet = hit["snippets"][0]
    assert set(snippet) == {"file", "page", "text", "html"}
    assert (snippet["file"], snippet["page"]) == (1, 2)
    assert "<mark>compartir</mark>" in snippet["html"]
    assert "<mark>" not in snippet["text"]


def test_a_search_tells_the_form_in_which_it_can_be_saved_and_read_again(client: TestClient) -> None:
    asked = "/search?q=agua+-fuego+ciudad:león+tema:%22Medio+ambiente%22&kind=bulletin&kind=guide&year_to=2020&page=2"
    tree = get(client, asked)["query"]["tree"]
    assert tree == {
        "version": 1,
        "clauses": [
            {"kind": "word", "word": "agua"},
            {"kind": "not", "of": {"kind": "word", "word": "fuego"}},
            {"kind": "tag", "field": "city", "value": "mx-leon"},
            {"kind": "tag", "field": "theme", "value": "medio-ambiente"},
        ],
        "description": [],
        "filters": {"kind": ["bulletin", "guide"], "year_to": 2020},
        "sort": "relevance",
    }
    query, filters, sort = saved.read_saved_search(json.dumps(tree))
    assert query.text() == "agua -fuego city:mx-leon theme:medio-ambiente"
    assert (filters.kind, filters.year_to, sort) == (("bulletin", "guide"), 2020, "relevance")


def test_facets_have_value_label_and_count(client: TestClient) -> None:
    facets = get(client, "/search?principle=4")["facets"]
    assert set(facets) == {"kind", "principle", "theme", "sdg", "group", "city", "country", "language", "year"}
    chosen = next(one for one in facets["principle"] if one["value"] == "4")
    assert chosen == {"value": "4", "label": "Acceso a la cultura", "count": 3, "by_meaning": 0, "selected": True}
    assert {one["value"]: one["count"] for one in facets["kind"]} == {"experience": 2, "guide": 1}
    assert facets["city"][0]["label"] == "Villa Ejemplo"


def test_without_words_a_search_lists_everything(client: TestClient) -> None:
    found = get(client, "/search?size=100")
    assert found["total"] == PLENTY + 4 == len(found["hits"])
    assert get(client, "/search?theme=no-such-theme")["total"] == 0


def test_an_entry_has_every_key_and_null_where_nothing_is_known(client: TestClient, made: Filled) -> None:
    entry = get(client, f"/entries/{made.held_back}")
    assert set(entry) == WHOLE | WORK
    assert {entry[name] for name in WORK} == {None}
    assert entry["status"] == "published"
    assert entry["confirmed"] is None
    assert entry["principles"] == [4]
    file = entry["files"][0]
    assert set(file) >= {"n", "name", "type", "size", "pages", "digest", "licence", "flags"}
    assert (file["n"], file["name"], file["pages"], file["licence"], file["url"]) == (1, "guia.md", 2, None, None)
    assert entry["tags"][0]["charter"] == "2020"
    guide_fields = set(entry["fields"])
    assert guide_fields
    assert all(entry["fields"][name] is None for name in guide_fields)


def test_an_entry_says_its_version_as_an_etag(client: TestClient, made: Filled) -> None:
    answer = client.get(f"/api/v1/entries/{made.bulletin}")
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'


def test_a_page_answers_its_text(client: TestClient, made: Filled) -> None:
    page = get(client, f"/entries/{made.bulletin}/files/1/pages/2")
    assert set(page) >= {"file", "page", "label", "text", "pages"}
    assert (page["file"], page["page"], page["pages"]) == (1, 2, 3)
    assert SENTENCE in page["text"]


def test_an_entry_comes_in_the_formats_of_export(client: TestClient, made: Filled) -> None:
    for ending in ("ris", "dc.xml", "jsonl", "csv", "docx", "json"):
        api = client.get(f"/api/v1/entries/{made.bulletin}.{ending}")
        page = client.get(f"/entries/{made.bulletin}.{ending}")
        assert api.status_code == page.status_code == 200, ending
        assert "attachment" in page.headers["content-disposition"]
        assert len(page.content) == int(page.headers["content-length"])


def test_vocabularies_cities_and_counts(client: TestClient) -> None:
    sizes = {"principles": 20, "themes": 29, "sdgs": 17, "groups": 19, "kinds": 9}
    for name, size in sizes.items():
        terms = get(client, f"/vocabularies/{name}")["terms"]
        assert len(terms) == size, name
        assert {"id", "labels"} <= set(terms[0])
        assert {"es", "en", "pt"} == set(terms[0]["labels"])
    cities = get(client, "/cities")["cities"]
    leon = next(city for city in cities if city["id"] == "mx-leon")
    assert (leon["name"], leon["country"], leon["entries"]) == ("León", "MX", 1)
    stats = get(client, "/stats")
    assert (stats["entries"], stats["files"]) == (PLENTY + 4, PLENTY + 4)
    assert set(stats["pending"]) == {"index", "meaning"}
    assert client.get("/api/v1/vocabularies/secrets").status_code == 404


def test_completion_proposes_words_titles_cities_and_terms(client: TestClient) -> None:
    found = get(client, "/complete?q=parti")["suggestions"]
    assert ("Participación ciudadana", "term") in [(one["text"], one["kind"]) for one in found]
    city = {"text": "León", "kind": "city", "facet": "city", "value": "mx-leon"}
    assert city in get(client, "/complete?q=leo")["suggestions"]
    theme = {"text": "Medio ambiente", "kind": "term", "facet": "theme", "value": "medio-ambiente"}
    assert theme in get(client, "/complete?q=ambient")["suggestions"]
    assert get(client, "/complete?q=l")["suggestions"] == []
    assert len(get(client, "/complete?q=pa")["suggestions"]) <= 8


def test_a_failure_is_a_problem_with_the_requests_number(client: TestClient) -> None:
    answer = client.get("/api/v1/entries/999999", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["title"], problem["type"]) == (404, "Not Found", "about:blank")
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert client.get("/api/v1/nowhere").headers["content-type"] == "application/problem+json"


def test_the_description_tells_of_real_shapes(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    search = schema["paths"]["/api/v1/search"]["get"]
    assert {one["name"] for one in search["parameters"]} >= {
        "q", "kind", "principle", "theme", "sdg", "group", "city", "country", "language", "year_from", "year_to",
        "sort", "page", "size",
    }  # fmt: skip
    answer = search["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    assert answer == "#/components/schemas/SearchShape"
    assert all(path.startswith("/api/v1/") for path in schema["paths"])
    assert client.get("/docs").text.count("/api/v1/search") >= 2
