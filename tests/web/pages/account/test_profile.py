"""One's own account through its page: name, password, sessions, tokens."""

import re

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select, update
from starlette.testclient import TestClient

from bank.catalogue.tables import User, UserSession
from bank.workflow.bank import Bank
from bank.workflow.people import sessions, tokens
from tests.people import COORDINATOR, EDITOR, OPERATOR, PASSWORD

HOST = "http://127.0.0.1"
FRESH = "ocho bugambilias en el patio"
POSTS = ("name", "password", "sessions", "sessions/others", "tokens", "tokens/1/end")


def browser(app: FastAPI, host: str = "192.0.2.1", email: str = EDITOR, password: str = PASSWORD) -> TestClient:
    """A browser in which somebody is signed in."""
    reader = TestClient(
        app,
        base_url=HOST,
        client=(host, 5000),
        headers={"accept-language": "en", "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    assert reader.post("/login", data={"email": email, "password": password}).status_code == 303
    return reader


@pytest.fixture
def reader(app: FastAPI) -> TestClient:
    return browser(app)


def signed_in(reader: TestClient) -> bool:
    return reader.get("/account").status_code == 200


def change(reader: TestClient, present: str = PASSWORD, password: str = FRESH) -> Response:
    return reader.post("/account/password", data={"present": present, "password": password})


def make(reader: TestClient, name: str = "Importer", scope: str = "deposit") -> Response:
    return reader.post("/account/tokens", data={"token": name, "scope": scope})


def test_a_visitor_is_sent_to_sign_in_and_no_token_opens_it(app: FastAPI, bank: Bank) -> None:
    token = tokens.add_token_for_address(bank, EDITOR, "one", "deposit", actor=OPERATOR)
    visitor = TestClient(app, base_url=HOST, follow_redirects=False)
    for headers in ({}, {"authorization": f"Bearer {token}"}):
        assert visitor.get("/account", headers=headers).headers["location"] == "/login?next=%2Faccount"
        for place in POSTS:
            assert visitor.post(f"/account/{place}", headers=headers).status_code == 303
    assert tokens.every_token(bank)[0].ended is None


def test_the_page_is_linked_from_the_name_and_kept_by_no_cache(reader: TestClient) -> None:
    assert re.search(r'<a class="who" href="/account">.*Editora Ficticia</a>', reader.get("/").text)
    page = reader.get("/account")
    assert page.headers["cache-control"] == "private, no-store"
    assert EDITOR in page.text


def test_a_name_is_changed_or_what_was_written_is_kept_with_the_reason(reader: TestClient) -> None:
    answer = reader.post("/account/name", data={"name": "  Ana   Ejemplo "})
    assert answer.headers["location"] == "/account?done=name#done"
    page = reader.get("/account?done=name").text
    assert 'value="Ana Ejemplo"' in page
    assert 'id="done" role="status"' in page
    wrong = reader.post("/account/name", data={"name": "x" * 121})
    assert wrong.status_code == 422
    assert 'href="#name"' in wrong.text
    assert "x" * 121 in wrong.text
    assert 'id="done"' not in reader.get("/account?done=<b>").text


def test_another_password_ends_the_other_sessions_and_keeps_this_one_with_a_new_token(
    app: FastAPI, reader: TestClient
) -> None:
    """S35, S36."""
    other = browser(app, host="198.51.100.7")
    old = reader.cookies["session"]
    assert change(reader).headers["location"] == "/account?done=password#done"
    assert reader.cookies["session"] != old
    assert signed_in(reader)
    assert not signed_in(other)
    replayed = TestClient(app, base_url=HOST, follow_redirects=False, cookies={"session": old})
    assert not signed_in(replayed)
    assert signed_in(browser(app, password=FRESH))


def test_who_changes_the_password_in_alarm_may_end_the_tokens_too(reader: TestClient, bank: Bank) -> None:
    assert 'name="tokens_too"' not in reader.get("/account").text
    make(reader)
    assert re.search(r'name="tokens_too" value="yes"(?! checked)', reader.get("/account").text)
    assert change(reader).headers["location"] == "/account?done=password#done"
    assert tokens.every_token(bank)[0].ended is None
    answer = reader.post("/account/password", data={"present": FRESH, "password": PASSWORD, "tokens_too": "yes"})
    assert answer.headers["location"] == "/account?done=password_tokens#done"
    page = reader.get("/account?done=password_tokens").text
    assert "every token for programs has ended" in page
    assert "Importer" not in page
    assert tokens.every_token(bank)[0].ended is not None


@pytest.mark.parametrize(
    ("present", "password", "field"),
    [
        ("equivocada", FRESH, "present"),
        ("", FRESH, "present"),
        (PASSWORD, "corta", "password"),
        (PASSWORD, "", "password"),
    ],
)
def test_a_password_that_is_not_changed_leaves_everything(
    app: FastAPI, reader: TestClient, present: str, password: str, field: str
) -> None:
    other = browser(app, host="198.51.100.7")
    answer = change(reader, present, password)
    assert answer.status_code == 422
    assert f'<li><a href="#{field}">' in answer.text
    assert "set-cookie" not in answer.headers
    for word in (PASSWORD, FRESH, "equivocada"):
        assert word not in answer.text
    assert signed_in(reader)
    assert signed_in(other)
    assert signed_in(browser(app))


def test_a_stolen_session_is_no_way_to_guess_the_password(reader: TestClient) -> None:
    """S38."""
    statuses = [change(reader, f"intento {number}").status_code for number in range(8)]
    assert statuses[:5] == [422] * 5
    assert statuses[-1] == 429
    answer = change(reader)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


def test_who_has_no_password_yet_is_asked_for_none(app: FastAPI, reader: TestClient, bank: Bank) -> None:
    assert 'id="present"' in reader.get("/account").text
    with bank.database.writing() as session:
        session.execute(update(User).where(User.folded == EDITOR).values(password=None))
    assert 'id="present"' not in reader.get("/account").text
    assert change(reader, present="").status_code == 303
    assert signed_in(browser(app, password=FRESH))


def test_one_sees_where_one_is_signed_in_and_ends_it(app: FastAPI, reader: TestClient, bank: Bank) -> None:
    """S36, S34: what the page tells of a session opens none."""
    second, third = browser(app, host="198.51.100.7"), browser(app, host="203.0.113.9")
    stranger = browser(app, host="192.0.2.77", email=COORDINATOR)
    page = reader.get("/account").text
    assert "198.51.100.7" in page
    assert "203.0.113.9" in page
    assert "192.0.2.77" not in page
    handles = re.findall(r'name="session" value="(\w+)"', page)
    assert len(handles) == 2
    with bank.database.reading() as session:
        digests = session.scalars(select(UserSession.digest)).all()
    assert not any(digest in page for digest in digests)
    assert not any(one.cookies["session"] in page for one in (reader, second, third))
    of_second = sessions.token_digest(second.cookies["session"])[:16]
    assert of_second in handles
    assert reader.post("/account/sessions", data={"session": of_second}).status_code == 303
    assert [signed_in(one) for one in (reader, second, third, stranger)] == [True, False, True, True]
    for foreign in (sessions.token_digest(stranger.cookies["session"])[:16], of_second, "", "%"):
        assert reader.post("/account/sessions", data={"session": foreign}).status_code == 404
    assert reader.post("/account/sessions/others").headers["location"] == "/account?done=sessions#done"
    assert [signed_in(one) for one in (reader, second, third, stranger)] == [True, False, False, True]


def test_a_token_is_shown_once_and_works(app: FastAPI, reader: TestClient, bank: Bank) -> None:
    answer = make(reader)
    (token,) = re.findall(r'<code class="token">(bank_[\w-]{43})</code>', answer.text)
    assert answer.headers["cache-control"] == "private, no-store"
    assert tokens.viewer_of_token(bank, token).scope == "deposit"
    page = reader.get("/account").text
    assert "Importer" in page
    assert token not in page
    assert reader.post("/account/tokens/1/end").headers["location"] == "/account?done=token#done"
    with pytest.raises(tokens.WrongToken):
        tokens.viewer_of_token(bank, token)
    assert "Importer" not in reader.get("/account").text


def test_a_token_allows_no_more_than_the_role(app: FastAPI, reader: TestClient, bank: Bank) -> None:
    """S28."""
    assert 'value="review"' not in reader.get("/account").text
    assert 'value="review"' in browser(app, email=COORDINATOR).get("/account").text
    assert make(reader, scope="review").status_code == 422
    assert make(reader, scope="everything").status_code == 422
    assert tokens.every_token(bank) == []


def test_what_is_wrong_with_a_token_is_said_and_what_was_written_kept(reader: TestClient) -> None:
    make(reader, "One")
    for name in ("", " ", "One", "x" * 81, "a\x07b"):
        answer = make(reader, name)
        assert answer.status_code == 422, name
        assert '<li><a href="#token">' in answer.text
    for number in range(1, tokens.MOST_TOKENS):
        assert make(reader, f"No. {number}").status_code == 200
    assert make(reader, "One more").status_code == 422


def test_nobody_ends_another_ones_token(app: FastAPI, reader: TestClient, bank: Bank) -> None:
    """S27."""
    make(browser(app, email=COORDINATOR))
    for number in (1, 2, 10**10):
        assert reader.post(f"/account/tokens/{number}/end").status_code == 404
    assert tokens.every_token(bank)[0].ended is None
