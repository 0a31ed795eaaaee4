from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue.tables import City, User
from bank.clock import new_uid, now
from bank.settings import Settings
from bank.workflow.rights import Viewer
from tests.sealing import expect_sealed
from tests.workflow.deposits.making import HERE, THERE, Desk


@pytest.fixture
def desk(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A bank with four people; what they sign in with plays no part here."""
    bank = open_bank(settings.model_copy(update={"semantic": "off"}))
    with bank.database.writing() as session:
        assert {HERE, THERE} <= set(session.scalars(select(City.id)))
        for role in ("editor", "editor", "coordinator", "coordinator"):
            uid = new_uid()
            address = f"{uid.lower()}@ciudad.example"
            session.add(User(uid=uid, email=address, folded=address, name=role, role=role, created=now()))
    yield Desk(
        bank=bank,
        editor=Viewer(1, "Editora", "editor", frozenset({HERE})),
        stranger=Viewer(2, "Editor", "editor", frozenset({THERE})),
        coordinator=Viewer(3, "Coordinadora", "coordinator"),
        other=Viewer(4, "Coordinador", "coordinator"),
    )
    expect_sealed(bank, request)
    bank.database.close()
    ingest.close_extractors()
