"""Adding people and changing their access."""

import sqlite3

import pytest
from sqlalchemy import select

from bank.catalogue.tables import Audit, Membership, User
from bank.errors import Conflict, Invalid, NotFound
from bank.workflow.bank import Bank
from bank.workflow.people import accounts
from tests.people import CITY, EDITOR, OPERATOR, PASSWORD, add_people

ADDRESSES = ["", "ana", "@red.example", "ana@", "ana@red..example", "a b@red.example", "ana@red.example\nBcc: x@y.z"]
ADDRESSES += ["añ@red.example", "ana@-red.example", "x" * 65 + "@red.example", "ana@" + "r" * 64 + ".example"]
ADDRESSES += ["a@" + ".".join(["b" * 60] * 5)]


def add(bank: Bank, email: str, role: str = "coordinator", **more: str) -> None:
    accounts.add_user(bank, email, role, PASSWORD, actor=OPERATOR, **more)


@pytest.mark.parametrize("email", ADDRESSES)
def test_what_is_no_address_makes_no_user(bank: Bank, email: str) -> None:
    with pytest.raises(Invalid):
        add(bank, email)
    assert accounts.list_accounts(bank) == []


def test_an_address_is_kept_as_given_and_taken_once_however_it_is_written(bank: Bank) -> None:
    add(bank, "  Ana.Ficticia@Red.example ")
    assert [one.email for one in accounts.list_accounts(bank)] == ["Ana.Ficticia@Red.example"]
    with pytest.raises(Conflict):
        add(bank, "ana.ficticia@RED.EXAMPLE")


def test_an_editor_needs_a_city_that_is_there(bank: Bank) -> None:
    with pytest.raises(Invalid, match="city"):
        add(bank, EDITOR, "editor")
    with pytest.raises(NotFound):
        accounts.add_user(bank, EDITOR, "editor", PASSWORD, cities=[CITY, "nowhere"], actor=OPERATOR)
    assert accounts.list_accounts(bank) == []
    accounts.add_user(bank, EDITOR, "editor", PASSWORD, cities=[CITY, CITY], actor=OPERATOR)
    assert accounts.list_accounts(bank)[0].cities == (CITY,)
    with bank.database.reading() as session:
        assert [row.role for row in session.scalars(select(Membership))] == ["liaison"]


def test_there_are_three_roles(bank: Bank) -> None:
    for role in ("visitor", "Admin", ""):
        with pytest.raises(Invalid):
            add(bank, EDITOR, role)


def test_a_name_is_one_printable_line(bank: Bank) -> None:
    add(bank, "uno@red.example", name=" Ana \n Ficticia ")
    assert accounts.list_accounts(bank)[0].name == "Ana Ficticia"
    for name in ("\x1b[31mAna", "n" * 121):
        with pytest.raises(Invalid):
            add(bank, "dos@red.example", name=name)


def test_a_weak_password_makes_no_user_and_changes_none(bank: Bank) -> None:
    add_people(bank)
    with pytest.raises(Invalid):
        accounts.add_user(bank, "uno@red.example", "admin", "password1234", actor=OPERATOR)
    with pytest.raises(Invalid):
        accounts.reset_password(bank, EDITOR, "Editora2026!", actor=OPERATOR)
    assert len(accounts.list_accounts(bank)) == 3


def test_every_act_is_in_the_audit_and_no_password_is_anywhere_in_the_catalogue(bank: Bank) -> None:
    """S34, S53: neither the password nor anything that it could be read from."""
    add_people(bank)
    accounts.reset_password(bank, EDITOR, PASSWORD + " dos", actor=OPERATOR)
    accounts.set_account_active(bank, EDITOR, False, actor=OPERATOR)
    accounts.set_account_active(bank, EDITOR, True, actor=OPERATOR)
    with bank.database.reading() as session:
        acts = session.execute(select(Audit.actor, Audit.act).where(Audit.act != "seal")).all()
        assert session.scalars(select(User.password).where(User.password.startswith("$argon2id$"))).all()
    assert [act for _, act in acts] == ["add_user"] * 3 + ["change_password", "disable_user", "enable_user"]
    assert {actor for actor, _ in acts} == {OPERATOR}
    dump = "\n".join(sqlite3.connect(bank.settings.home / "bank.db").iterdump())
    assert "argon2id" in dump
    assert PASSWORD not in dump


def test_who_is_not_there_can_not_be_changed(bank: Bank) -> None:
    for email in ("nadie@red.example", "", "'; drop table user; --"):
        with pytest.raises(NotFound):
            accounts.reset_password(bank, email, PASSWORD, actor=OPERATOR)
        with pytest.raises(NotFound):
            accounts.set_account_active(bank, email, False, actor=OPERATOR)
