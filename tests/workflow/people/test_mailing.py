"""Mails: one message to one address, nothing smuggled into its head, nothing told to the log."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bank.errors import Invalid, SettingsError
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.errands import Errands
from bank.workflow.people.accounts import user_id_of_address
from bank.workflow.people.mailing import mail_server_of, send_mail, send_mail_later
from bank.workflow.people.sending_links import hand_ticket_over
from tests.mail_sink import Sink, mail_sink
from tests.people import EDITOR, OPERATOR, copied


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_sink() as running:
        yield running


@pytest.fixture
def mailing(people_home: Path, settings: Settings, sink: Sink) -> Iterator[Bank]:
    """A bank with people that mails."""
    with copied(people_home, settings.model_copy(update={"mail_url": SecretStr(sink.url)})) as bank:
        yield bank


def test_a_mail_goes_to_one_address_as_plain_text(mailing: Bank, sink: Sink) -> None:
    assert send_mail(mailing, EDITOR, "Tu invitación al banco", "Hola, Ñandú:\n\nhttps://banco.example/x\n.\n")
    [mail] = sink.mails
    assert (mail.sender, mail.recipients) == ("<banco@red.example>", [f"<{EDITOR}>"])
    assert mail.message.get_all("to") == [EDITOR]
    assert mail.message["subject"] == "Tu invitación al banco"
    assert mail.message["auto-submitted"] == "auto-generated"
    assert str(mail.message["from"]) == f"{mailing.settings.network_name} <banco@red.example>"
    assert mail.message["date"]
    assert mail.message.get_content_type() == "text/plain"
    assert mail.text == "Hola, Ñandú:\n\nhttps://banco.example/x\n.\n"


SMUGGLED = ["\r\nBcc: otra@red.example", "\nBcc: otra@red.example", "\rBcc: otra@red.example", "\r\n\r\ncuerpo", "\x00"]


@pytest.mark.parametrize("more", SMUGGLED, ids=repr)
def test_nothing_is_smuggled_into_the_head_of_a_mail(mailing: Bank, sink: Sink, more: str) -> None:
    """S52."""
    for to, subject in ((f"{EDITOR}{more}", "Hola"), (EDITOR, f"Hola{more}"), (f"{EDITOR}, otra@red.example", "Hola")):
        with pytest.raises(Invalid):
            send_mail(mailing, to, subject, "x")
    assert sink.mails == []


def test_a_body_and_a_network_are_only_themselves(mailing: Bank, sink: Sink) -> None:
    """S52: what looks like a head, a template or the end of the mail is text."""
    moved = replace(mailing, settings=mailing.settings.model_copy(update={"network_name": "Red\r\nBcc: x@red.example"}))
    body = "Bcc: otra@red.example\n{name} {{7*7}}\n.\r\nRCPT TO:<otra@red.example>\n"
    assert send_mail(moved, EDITOR, "{{7*7}} {name}", body)
    [mail] = sink.mails
    assert mail.recipients == [f"<{EDITOR}>"]
    assert mail.message["bcc"] is None
    assert mail.message["subject"] == "{{7*7}} {name}"
    assert mail.text.split() == body.split()


def test_what_cannot_be_mailed_is_logged_without_a_word_of_it(
    mailing: Bank, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    """S53."""
    sink.refusing = True
    with caplog.at_level(logging.DEBUG):
        made = hand_ticket_over(mailing, OPERATOR, user_id_of_address(mailing, EDITOR), "reset", "es")
        gone = replace(
            mailing,
            settings=mailing.settings.model_copy(
                update={"mail_url": SecretStr("smtp://u:geheim@127.0.0.1:1?from=a@b.example")}
            ),
        )
        assert not send_mail(gone, EDITOR, "Hola", "x")
    assert made.mailed is False
    assert caplog.text.count("could not be sent") == 2
    assert made.secret.rpartition("/")[2] not in caplog.text
    assert "geheim" not in caplog.text


def test_without_a_mail_server_nothing_happens_and_nothing_fails(people_home: Path, settings: Settings) -> None:
    with copied(people_home, settings) as bank:
        send_mail_later(bank, EDITOR, "Hola", "x")
        assert not send_mail(bank, EDITOR, "Hola", "x")
        assert hand_ticket_over(bank, OPERATOR, user_id_of_address(bank, EDITOR), "code", "es").mailed is None


def test_what_is_posted_is_mailed_after_the_answer(mailing: Bank, sink: Sink) -> None:
    for number in range(3):
        send_mail_later(mailing, EDITOR, f"Aviso {number}", "Hola")
    mailing.errands.finish(30)
    assert [mail.message["subject"] for mail in sink.mails] == ["Aviso 0", "Aviso 1", "Aviso 2"]


def test_an_errand_that_fails_keeps_none_from_being_run(caplog: pytest.LogCaptureFixture) -> None:
    errands, done = Errands(), []
    errands.later(lambda: 1 / 0)
    errands.later(lambda: done.append(1))
    errands.finish(30)
    assert done == [1]
    assert "an errand failed" in caplog.text


@pytest.mark.parametrize(
    "url",
    ["x", "http://h?from=a@b.example", "smtp://h", "smtp://:1?from=a@b.example", "smtp://h:port?from=a@b.example"],
)
def test_a_mail_server_that_cannot_be_one_is_told_at_once(home: Path, url: str) -> None:
    with pytest.raises(SettingsError) as told:
        mail_server_of(Settings(home=home, mail_url=SecretStr(url)))
    assert re.search("BANK_MAIL_URL", told.value.told())


def test_the_parts_of_a_mail_servers_address_are_read(home: Path) -> None:
    server = mail_server_of(Settings(home=home, mail_url=SecretStr("smtps://ana%40red.example:p%2Fw@correo.example")))
    assert server is not None
    assert (server.host, server.port, server.guarded) == ("correo.example", 465, True)
    assert (server.user, server.password, server.sender) == ("ana@red.example", "p/w", "ana@red.example")
    assert "p/w" not in repr(server)
