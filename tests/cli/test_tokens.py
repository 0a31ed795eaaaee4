"""`bank token`."""

import re
from contextlib import closing

from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.people import tokens
from bank.workflow.rights import Viewer
from tests.cli.test_people import add
from tests.commands import bank
from tests.people import EDITOR


def viewer(settings: Settings, token: str) -> Viewer | None:
    """Who the token stands for; None for one that is none."""
    opened = open_bank(settings)
    with closing(opened.database):
        try:
            return tokens.viewer_of_token(opened, token)
        except tokens.WrongToken:
            return None


def test_the_token_is_printed_alone_and_once_and_works_until_it_is_ended(
    environment: dict[str, str], settings: Settings
) -> None:
    add(environment)
    token = bank(environment, "token", "add", EDITOR.upper(), "--name", "Importer").stdout
    assert re.fullmatch(r"bank_[A-Za-z0-9_-]{43}\n", token)
    seen = viewer(settings, token.strip())
    assert seen is not None
    assert (seen.name, seen.scope) == ("Editora Ficticia", "deposit")
    listed = bank(environment, "token", "list").stdout
    assert listed.split()[:3] == ["1", EDITOR, "deposit"]
    assert token.strip() not in listed
    bank(environment, "token", "end", "1")
    assert viewer(settings, token.strip()) is None
    assert bank(environment, "token", "list").stdout.split()[-1] != "Importer"


def test_a_token_ends_with_the_access_of_its_person_and_the_command_says_so(
    environment: dict[str, str], settings: Settings
) -> None:
    add(environment)
    token = bank(environment, "token", "add", EDITOR, "--name", "Importer").stdout.strip()
    bank(environment, "user", "disable", EDITOR)
    bank(environment, "user", "enable", EDITOR)
    assert viewer(settings, token) is None
    assert "token" in bank(environment, "user", "disable", "--help").stdout


def test_what_is_refused_is_said_in_a_sentence_and_exit_1(environment: dict[str, str]) -> None:
    add(environment)
    bank(environment, "token", "add", EDITOR, "--name", "one", "--scope", "read")
    refused = (
        ("add", "nadie@red.example", "--name", "x"),
        ("add", EDITOR, "--name", "one"),
        ("add", EDITOR, "--name", " "),
        ("add", EDITOR, "--name", "two", "--scope", "review"),
        ("end", "7"),
    )
    for arguments in refused:
        told = bank(environment, "token", *arguments, fine=(1,))
        assert told.stdout == ""
        assert len(told.stderr.splitlines()) == 1
    bank(environment, "token", "add", EDITOR, "--name", "three", "--scope", "all", fine=(2,))
    assert len(bank(environment, "token", "list").stdout.splitlines()) == 1
