"""People for tests: fictional, and with a password that nobody has."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.sql.dml import Update

from bank.assembly import open_bank
from bank.catalogue.tables import UserSession
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people import accounts
from tests.sealing import expect_sealed

PASSWORD = "siete jacarandas en la plaza"
EDITOR, COORDINATOR, ADMIN = "editora@ciudad.example", "coordinadora@red.example", "admin@red.example"
CITY = "mx-leon"
OPERATOR = "test"


def add_people(bank: Bank) -> None:
    """One of each role."""
    accounts.add_user(bank, EDITOR, "editor", PASSWORD, name="Editora Ficticia", cities=[CITY], actor=OPERATOR)
    accounts.add_user(bank, COORDINATOR, "coordinator", PASSWORD, name="Coordinadora Ficticia", actor=OPERATOR)
    accounts.add_user(bank, ADMIN, "admin", PASSWORD, actor=OPERATOR)


@contextmanager
def copied(template: Path, settings: Settings) -> Iterator[Bank]:
    """A bank of its own with the people of `template`: hashing their passwords for every test would take long."""
    shutil.copytree(template, settings.home, dirs_exist_ok=True)
    bank = open_bank(settings)
    yield bank
    expect_sealed(bank)
    bank.database.close()


def change_stays(bank: Bank, **values: object) -> None:
    """Sets columns of every session, to make time pass."""
    statement: Update = update(UserSession).values(**values)
    with bank.database.writing() as session:
        session.execute(statement)
