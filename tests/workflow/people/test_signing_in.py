"""Signing in, and how long it holds."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from bank.assembly import open_bank
from bank.catalogue.tables import Audit, Membership, User, UserSession
from bank.clock import now
from bank.errors import TooManyTries
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, sessions
from bank.workflow.people.signing_in import (
    WrongSignIn,
    begin_session_with_password,
    look_up_account,
    sign_in_with_password,
)
from bank.workflow.upkeep.backup import make_backup, restore_backup
from tests.people import ADMIN, CITY, COORDINATOR, EDITOR, OPERATOR, PASSWORD, change_stays
from tests.workflow.people.counting import counted
from tests.workflow.test_pauses import Clock

HERE, THERE = "192.0.2.1", "198.51.100.7"
GONE = "inactiva@red.example"
WITHOUT = "sincontrasena@red.example"


def add_shut_out(bank: Bank) -> None:
    """Two people whom no password lets in."""
    for email in (GONE, WITHOUT):
        accounts.add_user(bank, email, "admin", PASSWORD, actor=OPERATOR)
    accounts.set_account_active(bank, GONE, False, actor=OPERATOR)
    with bank.database.writing() as session:
        session.execute(update(User).where(User.folded == WITHOUT).values(password=None))


def refused(bank: Bank, email: str, password: str, source: str = HERE) -> str:
    """The sentence of a refusal."""
    with pytest.raises(WrongSignIn) as told:
        sign_in_with_password(bank, email, password, source)
    return told.value.told()


def test_the_right_password_signs_in_however_the_address_is_written(manned: Bank) -> None:
    viewer = sessions.viewer_of_session(manned, sign_in_with_password(manned, f" {EDITOR.upper()} ", PASSWORD, HERE))
    assert viewer is not None
    assert (viewer.name, viewer.role, viewer.cities) == ("Editora Ficticia", "editor", frozenset({CITY}))
    nameless = sessions.viewer_of_session(manned, sign_in_with_password(manned, ADMIN, PASSWORD, HERE))
    assert nameless is not None
    assert nameless.name == ADMIN


WRONG = [
    ("nobody", "nadie@red.example", PASSWORD),
    ("no address", "'; drop table user; --", PASSWORD),
    ("inactive", GONE, PASSWORD),
    ("without a password", WITHOUT, PASSWORD),
    ("wrong", EDITOR, PASSWORD + "!"),
    ("empty", EDITOR, ""),
    ("endless", EDITOR, "x" * 100_000),
]


def told_by(act: Callable[[], str], answers: set[str]) -> None:
    """Keeps what `act` says."""
    answers.add(act())


def work(bank: Bank, act: Callable[[], object]) -> Counter[str]:
    """How often `act` works a password through Argon2 and asks the catalogue."""
    stretching = {PasswordHasher.verify.__code__: "argon2 verify", PasswordHasher.hash.__code__: "argon2 hash"}
    return counted(bank, act, stretching)


def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(manned: Bank) -> None:
    """S39, counted and not timed: one Argon2 verification and the same questions to the catalogue."""
    add_shut_out(manned)
    answers: set[str] = set()
    works = []
    for number, (_, email, password) in enumerate(WRONG):
        act = partial(refused, manned, email, password, f"10.0.0.{number}")
        works.append(work(manned, partial(told_by, act, answers)))
    assert len(answers) == 1
    assert works[0]["argon2 verify"] == 1
    assert works[0]["argon2 hash"] == 0
    assert all(one == works[0] for one in works)


@pytest.fixture
def token(manned: Bank) -> str:
    return sign_in_with_password(manned, EDITOR, PASSWORD, HERE)


def test_a_token_has_256_bits_and_the_catalogue_keeps_only_its_digest(manned: Bank, token: str) -> None:
    """S34."""
    assert len(token) == 43
    dump = "\n".join(sqlite3.connect(manned.settings.home / "bank.db").iterdump())
    assert sessions.token_digest(token) in dump
    assert token not in dump
    assert sessions.viewer_of_session(manned, sessions.token_digest(token)) is None


def test_every_sign_in_has_a_new_token_and_ends_the_one_the_browser_had(manned: Bank, token: str) -> None:
    """S35."""
    second = sign_in_with_password(manned, COORDINATOR, PASSWORD, HERE, replaced=token)
    assert second != token
    assert sessions.viewer_of_session(manned, token) is None
    assert sessions.viewer_of_session(manned, second) is not None


def test_a_token_that_somebody_chose_is_never_taken_over(manned: Bank) -> None:
    """S35: fixation."""
    planted = "A" * 43
    assert sign_in_with_password(manned, EDITOR, PASSWORD, HERE, replaced=planted) != planted
    assert sessions.viewer_of_session(manned, planted) is None


def test_signing_out_ends_the_session_for_whoever_has_its_token(manned: Bank, token: str) -> None:
    """S36."""
    other = sign_in_with_password(manned, EDITOR, PASSWORD, THERE)
    sessions.sign_out(manned, token)
    assert sessions.viewer_of_session(manned, token) is None
    assert sessions.viewer_of_session(manned, other) is not None
    sessions.sign_out(manned, "nothing at all")


def test_a_new_password_or_lost_access_ends_every_session_at_once(manned: Bank, token: str) -> None:
    """S36."""
    other = sign_in_with_password(manned, EDITOR, PASSWORD, THERE)
    accounts.reset_password(manned, EDITOR, PASSWORD + " dos", actor=OPERATOR)
    assert [sessions.viewer_of_session(manned, one) for one in (token, other)] == [None, None]
    refused(manned, EDITOR, PASSWORD)
    third = sign_in_with_password(manned, EDITOR, PASSWORD + " dos", HERE)
    accounts.set_account_active(manned, EDITOR, False, actor=OPERATOR)
    assert sessions.viewer_of_session(manned, third) is None
    refused(manned, EDITOR, PASSWORD + " dos")
    accounts.set_account_active(manned, EDITOR, True, actor=OPERATOR)
    assert sessions.viewer_of_session(manned, third) is None


def test_somebody_made_inactive_beside_the_program_is_out_as_well(manned: Bank, token: str) -> None:
    with manned.database.writing() as session:
        session.execute(update(User).values(active=False))
    assert sessions.viewer_of_session(manned, token) is None


def test_role_and_cities_are_those_of_the_moment(manned: Bank, token: str) -> None:
    """S30: what was taken away is gone at the next request."""
    today = now().date()
    with manned.database.writing() as session:
        session.execute(update(User).where(User.folded == EDITOR).values(role="coordinator"))
        session.execute(update(Membership).values(until=today))
    viewer = sessions.viewer_of_session(manned, token)
    assert viewer is not None
    assert (viewer.role, viewer.cities) == ("coordinator", frozenset({CITY}))
    for span in ({"until": today - timedelta(days=1)}, {"since": today + timedelta(days=1), "until": None}):
        with manned.database.writing() as session:
            session.execute(update(Membership).values(**span))
        viewer = sessions.viewer_of_session(manned, token)
        assert viewer is not None
        assert viewer.cities == frozenset()


def test_a_session_ends_after_twelve_idle_hours(manned: Bank, token: str) -> None:
    """S37."""
    change_stays(manned, seen=now() - timedelta(hours=11, minutes=59))
    assert sessions.viewer_of_session(manned, token) is not None
    change_stays(manned, seen=now() - timedelta(hours=12, seconds=1))
    assert sessions.viewer_of_session(manned, token) is None


def test_a_session_that_is_used_goes_on_but_never_longer_than_seven_days(manned: Bank, token: str) -> None:
    """S37."""
    with manned.database.reading() as session:
        stay = session.scalars(select(UserSession)).one()
    assert stay.ends - stay.created == timedelta(days=7)
    for _ in range(3):
        change_stays(manned, seen=now() - timedelta(hours=8))
        assert sessions.viewer_of_session(manned, token) is not None
        with manned.database.reading() as session:
            assert now() - session.scalars(select(UserSession.seen)).one() < timedelta(hours=1)
    change_stays(manned, ends=now())
    assert sessions.viewer_of_session(manned, token) is None


def test_reading_in_a_session_writes_nothing_for_a_quarter_of_an_hour(manned: Bank, token: str) -> None:
    done = work(manned, lambda: [sessions.viewer_of_session(manned, token) for _ in range(5)])
    assert done
    assert not [statement for statement in done if not statement.startswith(("SELECT", "BEGIN"))]


def test_a_catalogue_that_can_not_be_written_keeps_nobody_from_reading(manned: Bank, token: str) -> None:
    change_stays(manned, seen=now() - timedelta(hours=1))
    with manned.database.writing() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    assert sessions.viewer_of_session(manned, token) is not None
    with manned.database.writing() as session:
        session.connection().exec_driver_sql("DROP TRIGGER full")


def test_sessions_that_ended_long_ago_are_swept_away(manned: Bank, token: str) -> None:
    change_stays(manned, ends=now() - timedelta(days=31))
    sign_in_with_password(manned, EDITOR, PASSWORD, HERE)
    with manned.database.reading() as session:
        assert len(session.scalars(select(UserSession)).all()) == 1


def test_a_sign_in_is_in_the_audit_under_a_number_and_not_a_name(manned: Bank, token: str) -> None:
    with manned.database.reading() as session:
        last = session.scalars(select(Audit).order_by(Audit.id.desc()).limit(1)).one()
        user = session.scalars(select(User).where(User.folded == EDITOR)).one()
    assert (last.act, last.actor) == ("sign_in", f"user:{user.id}")


def test_a_backup_brings_people_back_but_no_session(manned: Bank, token: str, tmp_path: Path) -> None:
    make_backup(manned, tmp_path / "bank.tar")
    assert sessions.viewer_of_session(manned, token) is not None
    restore_backup(tmp_path / "bank.tar", Settings(home=tmp_path / "elsewhere"))
    back = open_bank(Settings(home=tmp_path / "elsewhere"))
    with closing(back.database):
        assert sessions.viewer_of_session(back, token) is None
        assert sign_in_with_password(back, EDITOR, PASSWORD, HERE)


def test_a_hash_of_weaker_parameters_is_renewed_at_sign_in(manned: Bank) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with manned.database.writing() as session:
        session.execute(update(User).where(User.folded == EDITOR).values(password=weak))
    sign_in_with_password(manned, EDITOR, PASSWORD, HERE)
    with manned.database.reading() as session:
        kept = session.scalars(select(User.password).where(User.folded == EDITOR)).one()
    assert kept != weak
    assert sign_in_with_password(manned, EDITOR, PASSWORD, HERE)


def guess(bank: Bank, email: str, source: str, tries: int) -> tuple[int, int]:
    """(refused, told to wait) of so many wrong passwords."""
    wrong = waiting = 0
    for number in range(tries):
        try:
            sign_in_with_password(bank, email, f"wrong {number}", source)
        except WrongSignIn:
            wrong += 1
        except TooManyTries:
            waiting += 1
    return wrong, waiting


def test_guessing_is_slowed_down_and_the_owner_still_comes_in_from_elsewhere(manned: Bank) -> None:
    """S38: fifty wrong, then a right one from another source."""
    assert guess(manned, EDITOR, HERE, 50) == (5, 45)
    with pytest.raises(TooManyTries) as told:
        sign_in_with_password(manned, EDITOR, PASSWORD, HERE)
    assert told.value.values["seconds"] == 1
    assert sign_in_with_password(manned, EDITOR, PASSWORD, THERE)


def test_a_pause_says_nothing_about_whether_there_is_such_a_user(manned: Bank) -> None:
    """S39."""
    assert guess(manned, "nadie@red.example", HERE, 50) == guess(manned, EDITOR, THERE, 50)


def test_no_pause_is_for_ever(manned: Bank, clock: Clock) -> None:
    """S38."""
    longest = 0
    for number in range(40):
        try:
            sign_in_with_password(manned, EDITOR, f"wrong {number}", HERE)
        except TooManyTries as error:
            longest = max(longest, int(str(error.values["seconds"])))
            clock.moment += int(str(error.values["seconds"]))
        except WrongSignIn:
            pass
    assert longest == 900
    clock.moment += 900
    assert sign_in_with_password(manned, EDITOR, PASSWORD, HERE)


def test_one_source_that_tries_many_addresses_has_to_wait(manned: Bank) -> None:
    """S38; an own account that signs in between does not wipe the slate clean."""
    for number in range(10):
        assert guess(manned, f"nadie{number}@red.example", HERE, 2) == (2, 0)
        if number < 9:
            sign_in_with_password(manned, ADMIN, PASSWORD, HERE)
    assert guess(manned, "nadie@red.example", HERE, 5) == (0, 5)
    assert guess(manned, "nadie@red.example", THERE, 5) == (5, 0)


def test_many_sources_that_try_one_address_have_to_wait_but_not_where_its_owner_is_known(
    manned: Bank, token: str
) -> None:
    """S38: a net of machines slows itself down, and can't keep the owner out."""
    sessions.sign_out(manned, token)
    for number in range(10):
        assert guess(manned, EDITOR, f"10.0.0.{number}", 5) == (5, 0)
    assert guess(manned, EDITOR, THERE, 5) == (0, 5)
    assert sign_in_with_password(manned, EDITOR, PASSWORD, HERE)


def test_an_account_changed_while_its_password_is_worked_on_is_not_entered(manned: Bank) -> None:
    known = look_up_account(manned, EDITOR, HERE)
    accounts.set_account_active(manned, EDITOR, False, actor=OPERATOR)
    with pytest.raises(WrongSignIn):
        begin_session_with_password(manned, known, PASSWORD, HERE, "")
    accounts.set_account_active(manned, EDITOR, True, actor=OPERATOR)
    accounts.reset_password(manned, EDITOR, PASSWORD + " dos", actor=OPERATOR)
    with pytest.raises(WrongSignIn):
        begin_session_with_password(manned, known, PASSWORD, HERE, "")
