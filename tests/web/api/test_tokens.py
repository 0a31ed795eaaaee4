"""API tokens at the door: who they stand for, where they count, and that a wrong one is told so."""

import re

import pytest
from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy import update
from starlette.testclient import TestClient

from bank.catalogue.tables import Membership, Token, User
from bank.clock import now
from bank.web.viewer import viewer_of
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, tokens
from bank.workflow.rights import Viewer, require_right
from tests.people import ADMIN, CITY, COORDINATOR, EDITOR, OPERATOR, PASSWORD

HOST = "http://127.0.0.1"
probing = APIRouter()


@probing.get("/api/v1/probe")
def who(viewer: Viewer | None = Depends(viewer_of)) -> dict[str, object]:
    """Who the application takes the program for."""
    return {"who": viewer and viewer.id, "scope": viewer and viewer.scope}


@probing.post("/api/v1/probe/{city}")
def change(city: str, viewer: Viewer | None = Depends(viewer_of)) -> dict[str, object]:
    return {"who": require_right(viewer, "deposit", [city]).id}


@probing.get("/probe")
def page(viewer: Viewer | None = Depends(viewer_of)) -> dict[str, object]:
    return {"who": viewer and viewer.id}


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    app.include_router(probing)
    return app


@pytest.fixture
def program(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=HOST, follow_redirects=False)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def asks(program: TestClient, token: str) -> int:
    return program.get("/api/v1/probe", headers=bearer(token)).status_code


def deposits(program: TestClient, token: str, city: str = CITY) -> int:
    return program.post(f"/api/v1/probe/{city}", headers=bearer(token)).status_code


def test_a_token_stands_for_its_user_with_its_scope(program: TestClient, bank: Bank) -> None:
    token = tokens.add_token_for_address(bank, EDITOR, "importer", "deposit", actor=OPERATOR)
    assert re.fullmatch(r"bank_[A-Za-z0-9_-]{43}", token)
    answer = program.get("/api/v1/probe", headers=bearer(token))
    assert answer.json()["scope"] == "deposit"
    assert answer.json()["who"] is not None
    assert answer.headers["cache-control"] == "private, no-store"
    assert program.get("/api/v1/probe").json() == {"who": None, "scope": None}
    assert program.get("/api/v1/probe", headers={"authorization": f"bearer  {token} "}).json()["who"] is not None


@pytest.mark.parametrize(
    "given",
    ["Bearer", "Bearer ", "Bearer x", f"Bearer bank_{'a' * 43}", f"Basic {'a' * 48}", "", f"Bearer {'b' * 9000}"],
)
def test_a_wrong_token_is_told_so_and_never_taken_for_a_visitor(program: TestClient, given: str) -> None:
    for address in ("/api/v1/probe", "/api/v1/stats", "/api/v1/nowhere"):
        answer = program.get(address, headers={"authorization": given})
        assert answer.status_code == 401, given
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.json()["code"] == "wrong_token"


def test_two_tokens_at_once_are_none(program: TestClient, bank: Bank) -> None:
    token = tokens.add_token_for_address(bank, EDITOR, "one", "read", actor=OPERATOR)
    twice = [("authorization", f"Bearer {token}"), ("authorization", f"Bearer {token}")]
    assert program.get("/api/v1/probe", headers=twice).status_code == 401


def test_a_token_counts_for_nothing_on_pages_and_a_session_for_nothing_under_the_api(
    program: TestClient, bank: Bank
) -> None:
    token = tokens.add_token_for_address(bank, ADMIN, "one", "review", actor=OPERATOR)
    assert program.get("/probe", headers=bearer(token)).json() == {"who": None}
    assert program.get("/probe", headers=bearer("wrong")).json() == {"who": None}
    program.post("/login", data={"email": ADMIN, "password": PASSWORD})
    assert program.get("/probe").json()["who"] is not None
    assert program.get("/api/v1/probe").json()["who"] is None


def test_what_is_taken_away_is_gone_at_the_next_request(program: TestClient, bank: Bank) -> None:
    """S30."""
    first, second = (
        tokens.add_token_for_address(bank, EDITOR, name, "deposit", actor=OPERATOR) for name in ("one", "two")
    )
    assert (deposits(program, first), deposits(program, second)) == (200, 200)
    tokens.revoke_token(bank, 1, actor=OPERATOR)
    assert (asks(program, first), asks(program, second)) == (401, 200)
    with bank.database.writing() as session:
        session.execute(update(Membership).values(city_id="mx-morelia"))
    assert (deposits(program, second), deposits(program, second, "mx-morelia")) == (404, 200)
    accounts.set_account_active(bank, EDITOR, False, actor=OPERATOR)
    assert asks(program, second) == 401
    accounts.set_account_active(bank, EDITOR, True, actor=OPERATOR)
    assert asks(program, second) == 401


def test_a_reset_of_the_password_ends_what_programs_may_do(program: TestClient, bank: Bank) -> None:
    token = tokens.add_token_for_address(bank, EDITOR, "one", "deposit", actor=OPERATOR)
    assert deposits(program, token) == 200
    accounts.reset_password(bank, EDITOR, f"{PASSWORD} y una palma", actor=OPERATOR)
    assert (asks(program, token), deposits(program, token)) == (401, 401)


def test_a_role_that_was_taken_away_takes_the_tokens_rights_with_it(program: TestClient, bank: Bank) -> None:
    token = tokens.add_token_for_address(bank, COORDINATOR, "one", "review", actor=OPERATOR)
    assert deposits(program, token) == 200
    with bank.database.writing() as session:
        session.execute(update(User).where(User.folded == COORDINATOR).values(role="editor"))
    assert deposits(program, token) == 404


def test_a_token_that_reads_may_not_write(program: TestClient, bank: Bank) -> None:
    token = tokens.add_token_for_address(bank, ADMIN, "one", "read", actor=OPERATOR)
    assert (asks(program, token), deposits(program, token)) == (200, 404)


def test_its_use_is_noted_without_a_write_for_each_request(program: TestClient, bank: Bank) -> None:
    token = tokens.add_token_for_address(bank, EDITOR, "one", "read", actor=OPERATOR)
    assert tokens.every_token(bank)[0].seen is None
    asks(program, token)
    first = tokens.every_token(bank)[0].seen
    assert first is not None
    asks(program, token)
    assert tokens.every_token(bank)[0].seen == first
    with bank.database.writing() as session:
        session.execute(update(Token).values(seen=now() - 2 * tokens.TOKEN_SEEN_EVERY))
    asks(program, token)
    last = tokens.every_token(bank)[0].seen
    assert last is not None
    assert last >= first


def test_the_catalogue_keeps_no_token(bank: Bank) -> None:
    """S34."""
    token = tokens.add_token_for_address(bank, EDITOR, "one", "read", actor=OPERATOR)
    for name in ("bank.db", "bank.db-wal"):
        file = bank.settings.home / name
        assert not file.exists() or token.encode() not in file.read_bytes()
    with bank.database.reading() as session:
        assert len(session.get(Token, 1).digest) == 64  # type: ignore[union-attr]
