"""Signing in and out through the pages."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from httpx2 import Response
from starlette.testclient import TestClient

from bank.web.app import ROUTERS, create_app
from bank.web.local_paths import SAFE_METHODS
from bank.web.viewer import viewer_of
from bank.workflow.bank import Bank
from bank.workflow.pauses import Pauses
from bank.workflow.people import accounts, sessions, tokens
from bank.workflow.rights import Viewer, require_right
from tests.people import CITY, COORDINATOR, EDITOR, OPERATOR, PASSWORD

HOST = "http://127.0.0.1"
OURS = {"sec-fetch-site": "same-origin"}
probing = APIRouter()


@probing.get("/probe")
def probe(viewer: Viewer | None = Depends(viewer_of)) -> dict[str, object]:
    """A page that only a coordinator may see."""
    return {"name": require_right(viewer, "see_quality").name}


@probing.post("/probe/{city}")
def change(city: str, viewer: Viewer | None = Depends(viewer_of)) -> dict[str, object]:
    """An act that a city's editor may do."""
    return {"name": require_right(viewer, "edit_tags", [city]).name}


@probing.get("/api/v1/probe")
def api_probe(viewer: Viewer | None = Depends(viewer_of)) -> dict[str, object]:
    return {"name": require_right(viewer, "see_quality").name}


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """With three addresses that ask for rights."""
    app.include_router(probing)
    return app


def browser(app: FastAPI, host: str = "192.0.2.1", base_url: str = HOST) -> TestClient:
    """A browser that speaks Spanish."""
    return TestClient(
        app,
        base_url=base_url,
        client=(host, 5000),
        headers={"accept-language": "es", **OURS},
        follow_redirects=False,
    )


@pytest.fixture
def reader(app: FastAPI) -> TestClient:
    return browser(app)


def enter(reader: TestClient, email: str = COORDINATOR, password: str = PASSWORD, way: str = "/login") -> Response:
    return reader.post(way, data={"email": email, "password": password})


def without_tokens(page: str) -> str:
    """A page without the tokens of its forms, of which each rendering has others."""
    return re.sub(r'name="once" autocomplete="off" value="[\w-]+"', "", page)


def cookie(answer: Response) -> tuple[str, str, set[str]]:
    """(name, value, attributes in lower case) of the one cookie that is set."""
    (header,) = answer.headers.get_list("set-cookie")
    pair, *attributes = [part.strip() for part in header.split(";")]
    name, _, value = pair.partition("=")
    return name, value.strip('"'), {attribute.lower() for attribute in attributes}


def test_a_coordinator_signs_in_is_greeted_by_name_and_signs_out(reader: TestClient) -> None:
    assert "Coordinadora Ficticia" not in reader.get("/").text
    answer = enter(reader)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = reader.get("/").text
    assert "Coordinadora Ficticia" in page
    assert 'action="/logout" method="post"' in page
    left = reader.post("/logout")
    assert (left.status_code, left.headers["location"]) == (303, "/")
    assert "Coordinadora Ficticia" not in reader.get("/").text


def test_the_cookie_is_for_this_host_and_no_script(reader: TestClient, bank: Bank) -> None:
    """S34: plain on loopback."""
    name, value, attributes = cookie(enter(reader))
    assert name == "session"
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", value)
    assert attributes == {"httponly", "path=/", "samesite=lax"}


def test_with_https_the_cookie_is_secure_and_bound_to_its_host(bank: Bank) -> None:
    """S34."""
    place = "https://banco.example.org"
    moved = replace(bank, settings=bank.settings.model_copy(update={"base_url": place}))
    reader = browser(create_app(moved), base_url=place)
    name, value, attributes = cookie(enter(reader))
    assert name == "__Host-session"
    assert attributes == {"httponly", "path=/", "samesite=lax", "secure"}
    assert "Coordinadora Ficticia" in reader.get("/").text
    reader.cookies.clear()
    assert "Coordinadora Ficticia" not in reader.get("/", headers={"cookie": f"session={value}"}).text
    reader.cookies.clear()
    gone, _, attributes = cookie(reader.post("/logout"))
    assert (gone, "secure" in attributes, "max-age=0" in attributes) == ("__Host-session", True, True)


def test_whatever_is_wrong_the_page_is_the_same_and_keeps_the_address_but_not_the_password(
    reader: TestClient, bank: Bank
) -> None:
    """S39: status, headers and body."""
    accounts.set_account_active(bank, EDITOR, False, actor=OPERATOR)
    answers = []
    for email in ("nadie@red.example", EDITOR, COORDINATOR, "no-address"):
        answer = enter(reader, email, PASSWORD if email == EDITOR else "equivocada pero larga")
        assert f'value="{email}"' in answer.text
        assert "equivocada pero larga" not in answer.text
        assert "set-cookie" not in answer.headers
        kept = {name: value for name, value in answer.headers.items() if name not in ("x-request-id", "content-length")}
        answers.append((answer.status_code, without_tokens(answer.text.replace(email, "-")), kept))
    assert answers[0][0] == 422
    assert all(answer == answers[0] for answer in answers)


def test_what_was_left_empty_is_listed_with_a_link_to_its_field(reader: TestClient) -> None:
    page = enter(reader, "", "").text
    assert re.findall(r'<li><a href="#(\w+)">', page) == ["email", "password"]
    assert page.count('aria-invalid="true"') == 2
    assert 'role="alert"' in page
    assert re.findall(r'<li><a href="#(\w+)">', enter(reader, EDITOR, "").text) == ["password"]


def test_the_form_can_be_filled_by_a_password_keeper(reader: TestClient) -> None:
    page = reader.get("/login").text
    assert '<label for="email">' in page
    assert '<label for="password">' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "<script" not in page.partition("<main")[2]


FOREIGN = ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "evil", "javascript:x"]
FOREIGN += ["/\t/evil.example", "/\n/evil.example", "\\/evil", " //evil", "/a\\b", "///evil", "", "/\u2028/evil"]
FOREIGN += ["//evil.example/", "/\\evil.example/", "/\\/evil.example", "\t//evil.example", "/" * 2001, "//evil/?next=/"]


@pytest.mark.parametrize("place", FOREIGN)
def test_after_signing_in_nobody_is_sent_to_another_host(reader: TestClient, place: str) -> None:
    """S50."""
    answer = reader.post("/login", params={"next": place}, data={"email": EDITOR, "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert reader.get("/login", params={"next": place}).headers["location"] == "/"


@pytest.mark.parametrize("place", ["/entries/7?q=ni%C3%B1os#a", "/%09/evil.example", "/search?q=//evil"])
def test_after_signing_in_one_goes_on_where_one_was(reader: TestClient, place: str) -> None:
    page = reader.get("/login", params={"next": place})
    (action,) = re.findall(r'<form action="(/login[^"]*)"', page.text)
    wrong = enter(reader, EDITOR, "equivocada", way=action.replace("&amp;", "&"))
    assert f'<form action="{action}"' in wrong.text
    answer = enter(reader, EDITOR, way=action)
    assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_the_link_for_signing_in_leads_back_to_its_page(reader: TestClient) -> None:
    assert 'href="/login?next=%2Fthemes%3Fq%3Dx"' in reader.get("/themes?q=x").text
    assert 'href="/login"' in reader.get("/").text


def test_every_sign_in_changes_the_token_and_the_old_one_is_dead(reader: TestClient) -> None:
    """S35."""
    _, first, _ = cookie(enter(reader))
    _, second, _ = cookie(enter(reader))
    assert first != second
    reader.cookies.clear()
    assert "Ficticia" not in reader.get("/", headers={"cookie": f"session={first}"}).text
    assert "Ficticia" in reader.get("/", headers={"cookie": f"session={second}"}).text


def test_a_token_planted_before_signing_in_is_worth_nothing_after(reader: TestClient) -> None:
    """S35: fixation."""
    planted = "p" * 43
    reader.cookies.set("session", planted)
    enter(reader)
    reader.cookies.clear()
    assert "Ficticia" not in reader.get("/", headers={"cookie": f"session={planted}"}).text


def test_a_copied_cookie_is_dead_after_signing_out(reader: TestClient) -> None:
    """S36."""
    _, token, _ = cookie(enter(reader))
    assert reader.get("/probe").status_code == 200
    reader.post("/logout")
    answer = reader.get("/probe", headers={"cookie": f"session={token}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fprobe")


def test_what_somebody_sees_who_is_signed_in_stays_in_no_cache(reader: TestClient) -> None:
    """S36: the back button shows nothing after signing out; visitors' pages may still be kept."""
    before = reader.get("/themes")
    assert before.headers["cache-control"] == "no-cache"
    enter(reader)
    for place in ("/themes", "/nowhere", "/search.csv", "/probe", "/feed.atom"):
        answer = reader.get(place, headers={"if-none-match": before.headers["etag"]})
        assert answer.status_code != 304
        assert answer.headers["cache-control"] == "private, no-store", place
        assert "etag" not in answer.headers
    assert "Cookie" in before.headers["vary"]
    reader.post("/logout")
    assert reader.get("/login").headers["cache-control"] == "no-store"
    assert enter(reader, EDITOR, "x").headers["cache-control"] == "no-store"
    assert enter(reader).headers["cache-control"] == "no-store"


def test_guessing_is_answered_429_with_the_seconds_to_wait(app: FastAPI, bank: Bank) -> None:
    """S38, S51: a header that anybody can write changes nothing; another source is not held up."""
    guesser, owner = browser(app), browser(app, host="198.51.100.7")
    answers = []
    for number in range(50):
        forwarded = {"x-forwarded-for": f"203.0.113.{number}", "forwarded": f"for=203.0.113.{number}"}
        sent = {"email": EDITOR, "password": f"w{number}"}
        answers.append(guesser.post("/login", data=sent, headers=forwarded))
    statuses, answer = [one.status_code for one in answers], answers[-1]
    assert statuses[:5] == [422] * 5
    assert statuses.count(429) > 40
    assert int(answer.headers["retry-after"]) >= 1
    assert 'role="alert"' in answer.text
    assert f'value="{EDITOR}"' in answer.text
    assert enter(guesser, EDITOR).status_code == 429
    assert enter(owner, EDITOR).status_code == 303


def test_behind_a_web_server_with_https_the_source_is_what_that_server_saw(bank: Bank) -> None:
    """S51: the last address of X-Forwarded-For, and only from this machine."""
    place = "https://banco.example.org"
    moved = replace(bank, settings=bank.settings.model_copy(update={"base_url": place}), pauses=Pauses())
    near, far = (browser(create_app(moved), host=host, base_url=place) for host in ("127.0.0.1", "192.0.2.9"))

    def tries(reader: TestClient, forwarded: str) -> int:
        sent = {"data": {"email": EDITOR, "password": "w"}, "headers": {"x-forwarded-for": forwarded}}
        return [reader.post("/login", **sent).status_code for _ in range(6)].count(422)  # type: ignore[arg-type]

    assert tries(near, "198.51.100.1") == 5
    assert tries(near, "198.51.100.2") == 5
    assert tries(near, "1.2.3.4, 198.51.100.1") < 5
    assert tries(far, "198.51.100.3") == 5
    assert tries(far, "198.51.100.4") < 5


def test_a_visitor_is_sent_to_sign_in_and_a_program_told_so(reader: TestClient) -> None:
    asked = reader.get("/probe?a=1")
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=%2Fprobe%3Fa%3D1")
    sent = reader.post(f"/probe/{CITY}", headers={"referer": f"{HOST}/entries/7?q=x"})
    assert sent.headers["location"] == "/login?next=%2Fentries%2F7%3Fq%3Dx"
    for page in ("https://evil.example/entries/7", "https://[", ""):
        sent = reader.post(f"/probe/{CITY}", headers={"referer": page})
        assert sent.headers["location"] == "/login?next=%2F"
    told = reader.get("/api/v1/probe")
    assert (told.status_code, told.headers["www-authenticate"]) == (401, "Bearer")
    assert told.json()["code"] == "sign_in_needed"


def test_what_one_may_not_see_is_not_there(reader: TestClient) -> None:
    """S24."""
    enter(reader, EDITOR)
    assert reader.get("/probe").status_code == 404
    assert reader.post(f"/probe/{CITY}").json() == {"name": "Editora Ficticia"}
    assert reader.post("/probe/mx-puebla").status_code == 404


def test_rights_that_were_taken_away_are_gone_at_the_next_request(reader: TestClient, bank: Bank) -> None:
    """S30."""
    enter(reader)
    assert reader.get("/probe").status_code == 200
    accounts.set_account_active(bank, COORDINATOR, False, actor=OPERATOR)
    assert reader.get("/probe").status_code == 303


def test_the_api_takes_no_cookie_as_authority(reader: TestClient) -> None:
    enter(reader)
    assert reader.get("/probe").status_code == 200
    assert reader.get("/api/v1/probe").status_code == 401


ELSEWHERE: list[dict[str, str]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": HOST},
    {"sec-fetch-site": ""},
    {"origin": "https://evil.example"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"origin": "ftp://127.0.0.1"},
    {"origin": "http://["},
    {"origin": "null"},
]


def unsafe_places() -> list[tuple[str, str]]:
    """(method, path) of every route that changes something."""
    routes = [route for router in (*ROUTERS, probing) for route in router.routes if isinstance(route, APIRoute)]
    found = sorted(
        {(method, filled(route.path)) for route in routes for method in (route.methods or set()) - SAFE_METHODS}
    )
    assert len(found) > 20
    return found


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_no_other_site_can_make_a_browser_change_anything(app: FastAPI, bank: Bank, headers: dict[str, str]) -> None:
    """S42: every address that changes something, for visitors, with a session and with a program's token."""
    reader = browser(app)
    enter(reader)
    session = {"cookie": f"session={reader.cookies['session']}"}
    token = {
        "authorization": f"Bearer {tokens.add_token_for_address(bank, COORDINATOR, 'one', 'review', actor=OPERATOR)}"
    }
    strange = TestClient(app, base_url=HOST, follow_redirects=False, headers={"accept-language": "es"})
    strange.get("/api/v1/probe", headers=token)
    before = "\n".join(dump(bank))
    assert {path for _, path in unsafe_places()} > {"/login", "/logout", "/account/password", "/admin/cities/1/merge"}
    for method, place in unsafe_places():
        for shown in ({}, session, token, {**session, **token}):
            answer = strange.request(method, place, headers={**headers, **shown})
            assert answer.status_code == 403, (method, place)
    assert "\n".join(dump(bank)) == before
    assert reader.get("/probe").status_code == 200
    assert enter(strange).status_code == 303


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/probe", "/\\evil.example/", "/probe/", "//probe/"])
def test_no_address_of_ours_leads_to_another_host(app: FastAPI, path: str) -> None:
    """S50: not where a slash at the end is one too many, and not by way of signing in."""
    visitor = TestClient(app, base_url=HOST, follow_redirects=False)
    for place in (f"{HOST}{path}", f"{HOST}/{path}"):
        answer = visitor.get(place)
        assert re.match(r"(?:/(?![/\\])|$)", answer.headers.get("location", "")), answer.headers
        assert answer.status_code in (308, 404)


def filled(path: str) -> str:
    """A path with something in each of its places."""
    return re.sub(r"\{[^}]*\}", "1", path)


@pytest.mark.parametrize("headers", [{"origin": HOST}, {"sec-fetch-site": "none"}, OURS], ids=str)
def test_our_own_pages_and_the_address_bar_may(app: FastAPI, headers: dict[str, str]) -> None:
    reader = TestClient(app, base_url=HOST, follow_redirects=False, headers=headers)
    enter(reader)
    assert reader.post(f"/probe/{CITY}").status_code == 200


def test_the_banks_public_origin_may_where_a_web_server_rewrites_the_host(bank: Bank) -> None:
    moved = replace(bank, settings=bank.settings.model_copy(update={"base_url": "https://banco.example.org"}))
    reader = TestClient(create_app(moved), base_url="https://127.0.0.1:8000", follow_redirects=False)
    reader.headers["origin"] = "https://banco.example.org"
    assert enter(reader).status_code == 303


def test_a_program_without_a_session_needs_no_origin_and_one_with_a_session_does(app: FastAPI) -> None:
    """S42."""
    program = TestClient(app, base_url=HOST, follow_redirects=False)
    assert enter(program).status_code == 303
    answer = program.post(f"/probe/{CITY}")
    assert answer.status_code == 403
    assert program.get("/probe").status_code == 200
    told = program.post("/api/v1/probe", headers={"sec-fetch-site": "cross-site"})
    assert (told.status_code, told.json()["code"]) == (403, "foreign_request")


def test_asking_for_a_page_changes_nothing(reader: TestClient, bank: Bank, app: FastAPI) -> None:
    """S42: not even a GET of the addresses that change things."""
    enter(reader)
    before = "\n".join(dump(bank))
    for router in (*ROUTERS, probing):
        for route in router.routes:
            if isinstance(route, APIRoute):
                for method in ("GET", "HEAD"):
                    reader.request(method, filled(route.path), headers={"sec-fetch-site": "cross-site"})
    assert reader.get("/logout").status_code == 405
    assert "\n".join(dump(bank)) == before
    assert reader.get("/probe").status_code == 200


def dump(bank: Bank) -> Iterator[str]:
    """Everything in the catalogue."""
    return sqlite3.connect(bank.settings.home / "bank.db").iterdump()


def test_neither_passwords_nor_tokens_reach_the_log(
    reader: TestClient, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    """S53."""
    with caplog.at_level(0):
        _, token, _ = cookie(enter(reader))
        enter(reader, "x\r\nfake line", "palabra-canaria-en-clave")
        reader.get("/probe")
        reader.post("/logout")
    assert "was refused" in caplog.text
    for word in (PASSWORD, "palabra-canaria-en-clave", token, sessions.token_digest(token), "fake line"):
        assert word not in caplog.text


def test_a_form_that_is_far_too_large_is_refused(reader: TestClient) -> None:
    assert enter(reader, EDITOR, "x" * (2 * 1024 * 1024)).status_code == 413


def test_a_session_cookie_that_is_none_is_a_visitor(reader: TestClient) -> None:
    for value in ("", "x", "é", "a" * 43, "a" * 5000, '"; drop table session'):
        answer = reader.get("/probe", headers={b"cookie": f"session={value}".encode()})
        assert answer.status_code == 303
