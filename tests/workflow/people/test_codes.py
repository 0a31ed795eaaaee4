"""Signing in by a code, and asking for codes and links by mail."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from argon2 import low_level
from pydantic import SecretStr
from sqlalchemy import select

from bank.catalogue.tables import Ticket
from bank.errors import TooManyTries
from bank.workflow.bank import Bank
from bank.workflow.people import accounts, codes, sessions
from bank.workflow.people.accounts import user_id_of_address
from bank.workflow.people.codes import WrongCode, ask_for_ticket, sign_in_with_code
from bank.workflow.people.sending_links import hand_ticket_over
from tests.mail_sink import Sink, mail_sink
from tests.people import ADMIN, COORDINATOR, EDITOR, OPERATOR
from tests.workflow.people.counting import counted
from tests.workflow.test_pauses import Clock

HERE = "192.0.2.1"
LINK = re.compile(r"http://127\.0\.0\.1:8000/reset/([A-Za-z0-9_-]{43})\n")
CODE = re.compile(r"\b(\d{4} \d{4})\b")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_sink() as running:
        yield running


@pytest.fixture
def mailing(manned: Bank, sink: Sink) -> Bank:
    return replace(manned, settings=manned.settings.model_copy(update={"mail_url": SecretStr(sink.url)}))


def code_for(bank: Bank, email: str = EDITOR) -> str:
    return hand_ticket_over(bank, OPERATOR, user_id_of_address(bank, email), "code", "es").secret


def refused(bank: Bank, email: str, code: str, source: str = HERE) -> str:
    with pytest.raises(WrongCode) as told:
        sign_in_with_code(bank, email, code, source)
    return told.value.told()


def other(code: str) -> str:
    """Another code."""
    return f"{(int(code.replace(' ', '')) + 1) % 10**8:08}"


def test_a_code_signs_in_once_however_it_is_written(manned: Bank) -> None:
    code = code_for(manned)
    assert re.fullmatch(r"\d{4} \d{4}", code)
    found = sessions.viewer_of_session(
        manned, sign_in_with_code(manned, f" {EDITOR.upper()}", f" {code.replace(' ', '-')} ", HERE)
    )
    assert found is not None
    assert found.name == "Editora Ficticia"
    refused(manned, EDITOR, code)


def test_a_code_is_for_one_person_and_the_newest_only(manned: Bank) -> None:
    first, second = code_for(manned), code_for(manned)
    refused(manned, ADMIN, second)
    if first != second:
        refused(manned, EDITOR, first)
    assert sign_in_with_code(manned, EDITOR, second, HERE)


def test_a_code_ends_after_fifteen_minutes(manned: Bank) -> None:
    code = code_for(manned)
    with manned.database.writing() as session:
        session.scalars(select(Ticket)).one().ends -= timedelta(minutes=15)
    refused(manned, EDITOR, code)


def test_after_five_wrong_tries_a_code_is_worth_nothing(manned: Bank, clock: Clock) -> None:
    code = code_for(manned)
    for number in range(5):
        refused(manned, EDITOR, other(code), f"10.0.0.{number}")
    refused(manned, EDITOR, code)
    assert sign_in_with_code(manned, EDITOR, code_for(manned), "10.0.1.1")


def test_many_tries_at_once_are_no_more_than_five(manned: Bank) -> None:
    code = code_for(manned)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: refused(manned, EDITOR, other(code), f"10.0.0.{number}"), range(8)))
    with manned.database.reading() as session:
        assert session.scalars(select(Ticket)).one().tries == 5


def test_one_code_signs_in_once_at_the_same_time(manned: Bank) -> None:
    code = code_for(manned)

    def tried(number: int) -> bool:
        try:
            return bool(sign_in_with_code(manned, EDITOR, code, f"10.0.0.{number}"))
        except WrongCode:
            return False

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(tried, range(4))) == [False] * 3 + [True]


def test_guessing_is_paused_for_the_source_and_never_for_good(manned: Bank, clock: Clock) -> None:
    """S38."""
    code = code_for(manned)
    for _ in range(5):
        refused(manned, EDITOR, other(code))
    with pytest.raises(TooManyTries):
        sign_in_with_code(manned, EDITOR, code, HERE)
    assert sign_in_with_code(manned, EDITOR, code_for(manned), "198.51.100.7")
    clock.moment += 3600
    assert sign_in_with_code(manned, EDITOR, code_for(manned), HERE)


def work(bank: Bank, act: Callable[[], object]) -> Counter[str]:
    """How often `act` stretches a secret, and what it asks the catalogue, in its own thread."""
    return counted(bank, act, {low_level.hash_secret_raw.__code__: "argon2"})


def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(manned: Bank) -> None:
    """S39, counted: nobody, no code, a used one, a wrong one, no access, no address."""
    used = code_for(manned, COORDINATOR)
    sign_in_with_code(manned, COORDINATOR, used, "10.0.9.9")
    shut = code_for(manned, ADMIN)
    accounts.set_account_active(manned, ADMIN, False, actor=OPERATOR)
    code = code_for(manned)
    tries = [("nadie@red.example", "12345678"), (COORDINATOR, used), (ADMIN, shut), (EDITOR, other(code)), ("x", "")]
    answers: set[str] = set()
    works = []
    for number, (email, given) in enumerate(tries):

        def told(email: str = email, given: str = given, number: int = number) -> None:
            answers.add(refused(manned, email, given, f"10.0.0.{number}"))

        works.append(work(manned, told))
    assert len(answers) == 1
    assert works[0]["argon2"] == 1
    assert all(one == works[0] for one in works)


KINDS: tuple[codes.AskableTicket, ...] = ("code", "reset")


@pytest.mark.parametrize("kind", KINDS)
def test_who_asks_gets_a_mail_and_who_is_nobody_gets_none(mailing: Bank, sink: Sink, kind: codes.AskableTicket) -> None:
    accounts.set_account_active(mailing, ADMIN, False, actor=OPERATOR)
    for number, email in enumerate((EDITOR.upper(), "nadie@red.example", ADMIN, "no-address")):
        ask_for_ticket(mailing, kind, email, f"10.0.0.{number}", "es")
    mailing.errands.finish(30)
    [mail] = sink.mails
    assert mail.recipients == [f"<{EDITOR}>"]
    found = (CODE if kind == "code" else LINK).search(mail.text)
    assert found
    if kind == "code":
        assert sign_in_with_code(mailing, EDITOR, found[1], HERE)


def test_asking_is_the_same_work_whether_or_not_there_is_such_an_account(mailing: Bank, sink: Sink) -> None:
    """S39: the account is looked up after the answer, in another thread."""
    works = [
        work(mailing, partial(ask_for_ticket, mailing, "code", email, f"10.0.0.{number}", "es"))
        for number, email in enumerate((EDITOR, "nadie@red.example", "no-address"))
    ]
    mailing.errands.finish(30)
    assert works == [Counter()] * 3
    assert len(sink.mails) == 1


def test_nobody_is_buried_in_mails(mailing: Bank, sink: Sink) -> None:
    for email in (EDITOR, "nadie@red.example"):
        for _ in range(3):
            ask_for_ticket(mailing, "reset", email, HERE, "es")
        with pytest.raises(TooManyTries):
            ask_for_ticket(mailing, "code", email, HERE, "es")
    mailing.errands.finish(30)
    assert len(sink.mails) == 3


def test_without_a_mail_server_asking_makes_nothing(manned: Bank) -> None:
    ask_for_ticket(manned, "code", EDITOR, HERE, "es")
    manned.errands.finish(30)
    with manned.database.reading() as session:
        assert session.scalars(select(Ticket)).all() == []
