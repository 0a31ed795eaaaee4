from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bank.assembly import open_bank
from bank.settings import Settings
from bank.web.app import create_app


@pytest.fixture
def fresh(settings: Settings) -> Iterator[TestClient]:
    """The pages of a bank whose worker has not made an index yet."""
    bank = open_bank(settings)
    yield TestClient(create_app(bank), base_url=settings.base_url, raise_server_exceptions=False)
    bank.database.close()


@pytest.mark.parametrize("address", ["/search?q=huertos", "/api/v1/search?q=huertos", "/api/v1/complete?q=huertos"])
def test_a_search_before_there_is_an_index_says_when_to_come_back(fresh: TestClient, address: str) -> None:
    answer = fresh.get(address)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "Traceback" not in answer.text


def test_the_home_page_and_readiness_answer_before_there_is_an_index(fresh: TestClient) -> None:
    assert fresh.get("/").status_code == 200
    assert fresh.get("/readyz").status_code == 503


def test_a_damaged_index_is_no_failure_of_the_page(fresh: TestClient, settings: Settings) -> None:
    folder = settings.index_folder / "0001"
    folder.mkdir(parents=True)
    (folder / "_MAIN_1.toc").write_bytes(b"nothing that can be read")
    (settings.index_folder / "current").write_text("0001\n")
    assert fresh.get("/search?q=huertos").status_code == 503
