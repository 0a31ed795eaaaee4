"""Many at once through the API: one key makes one deposit, of two editors one wins, and nothing is lost.

BANK_ROUNDS says how often two editors meet (50 times without); `make soak` has them meet twenty times as often.
"""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from bank.catalogue.tables import Entry, Revision
from bank.settings import Settings
from tests.web.writing import Programs, begin, begun, part, patched, programs, version

ROUNDS = 20 * int(os.environ["BANK_ROUNDS"]) if "BANK_ROUNDS" in os.environ else 50


@pytest.fixture
def there(people_home: Path, settings: Settings) -> Iterator[Programs]:
    with programs(people_home, settings) as ready:
        yield ready


def entries(there: Programs) -> int:
    with there.bank.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Entry)) or 0


def test_fifty_posts_under_one_key_make_one_deposit(there: Programs) -> None:
    gate = threading.Barrier(10)

    def post(_: int) -> tuple[int, str, str]:
        gate.wait(120)
        answer = begin(there.editor, files=[part()], key="carpeta-1")
        return answer.status_code, answer.text, answer.headers["location"]

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(post, range(50)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 202
    assert entries(there) == 1
    assert begin(there.editor, key="carpeta-1").status_code == 422
    assert begin(there.stranger, files=[part()], key="carpeta-1").status_code == 202
    for odd in ("a" * 121, "a\tb"):
        assert begin(there.editor, key=odd).status_code == 422
    assert entries(there) == 2


def test_of_two_editors_who_meet_exactly_one_wins_and_nothing_is_lost(there: Programs) -> None:
    """F08: each writes its own field, so that a write that goes over another's is seen."""
    number = begun(there.editor)["id"]
    path, gate = f"/entries/{number}", threading.Barrier(2)
    fields = ("organisation", "participants_total")
    won: dict[str, object] = {}
    accepted = 0

    def write(program: TestClient, field: str, value: object) -> httpx2.Response:
        tag = version(program, number)
        gate.wait(120)
        return patched(program, path, {field: value}, tag)

    with ThreadPoolExecutor(2) as pool:
        for turn in range(ROUNDS):
            values = {fields[0]: f"Oficina {turn}", fields[1]: turn}
            sent = {field: pool.submit(write, there.editor, field, value) for field, value in values.items()}
            answers = {field: one.result() for field, one in sent.items()}
            assert sorted(one.status_code for one in answers.values()) == [200, 412], turn
            winner = next(field for field, one in answers.items() if one.status_code == 200)
            loser = next(one for one in answers.values() if one.status_code == 412).json()
            won[winner] = values[winner]
            accepted += 1
            assert loser["fields"] == {winner: values[winner]}, turn
            found = there.editor.get(f"/api/v1{path}").json()
            assert {field: found["values"][field] for field in won} == won, turn
            assert found["version"] == accepted + 1
    with there.bank.database.reading() as session:
        kept = session.scalars(select(Revision.version).where(Revision.entry_id == number)).all()
    assert sorted(kept)[-accepted:] == list(range(2, accepted + 2))
