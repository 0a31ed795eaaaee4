"""`bank user`."""

import os
import pty
import select
import subprocess
from contextlib import closing
from io import FileIO

from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow import sessions
from bank.workflow.signing_in import sign_in
from tests.commands import COMMAND, PATIENCE
from tests.people import CITY, EDITOR, PASSWORD


def user(
    environment: dict[str, str], *arguments: str, given: bytes = b"", fine: int = 0
) -> subprocess.CompletedProcess[str]:
    """Runs `bank user` with something on its standard input."""
    ended = subprocess.run(
        [*COMMAND, "user", *arguments], env=environment, input=given, capture_output=True, timeout=PATIENCE, check=False
    )
    told = subprocess.CompletedProcess(ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode())
    assert told.returncode == fine, (told.stdout, told.stderr)
    assert "Traceback" not in told.stderr
    return told


def add(environment: dict[str, str], password: str = PASSWORD, fine: int = 0) -> subprocess.CompletedProcess[str]:
    given = (password + "\nanother line\n").encode()
    arguments = ("add", EDITOR, "--role", "editor", "--city", CITY, "--name", "Editora Ficticia", "--password-stdin")
    return user(environment, *arguments, given=given, fine=fine)


def viewer_after(settings: Settings, token: str) -> str | None:
    bank = open_bank(settings)
    with closing(bank.database):
        viewer = sessions.viewer_of(bank, token)
        return viewer.name if viewer else None


def token_for(settings: Settings, password: str) -> str:
    bank = open_bank(settings)
    with closing(bank.database):
        return sign_in(bank, EDITOR, password, "192.0.2.1")


def test_somebody_who_was_added_can_sign_in_until_the_operator_says_otherwise(
    environment: dict[str, str], settings: Settings
) -> None:
    assert PASSWORD not in add(environment).stdout
    token = token_for(settings, PASSWORD)
    assert viewer_after(settings, token) == "Editora Ficticia"
    user(environment, "password", EDITOR.upper(), "--password-stdin", given=f"{PASSWORD} dos".encode())
    assert viewer_after(settings, token) is None
    second = token_for(settings, f"{PASSWORD} dos")
    user(environment, "disable", EDITOR)
    assert viewer_after(settings, second) is None
    assert user(environment, "list").stdout.split()[:3] == [EDITOR, "editor", CITY]
    assert "sin acceso" in user(environment, "list").stdout
    user(environment, "enable", EDITOR)
    assert "sin acceso" not in user(environment, "list").stdout
    assert token_for(settings, f"{PASSWORD} dos")


def test_what_is_refused_is_said_in_a_sentence_and_exit_1(environment: dict[str, str]) -> None:
    add(environment)
    assert EDITOR in add(environment, fine=1).stderr
    add(environment, "password1234", fine=1)
    for arguments in (("nadie", "--role", "admin"), ("dos@red.example", "--role", "editor")):
        told = user(environment, "add", *arguments, "--password-stdin", given=PASSWORD.encode(), fine=1)
        assert len(told.stderr.splitlines()) == 1
    nowhere = ("add", "dos@red.example", "--role", "editor", "--city", "nowhere", "--password-stdin")
    assert "nowhere" in user(environment, *nowhere, given=PASSWORD.encode(), fine=1).stderr
    user(environment, "add", "dos@red.example", "--role", "king", given=PASSWORD.encode(), fine=2)
    user(environment, "password", "nadie@red.example", "--password-stdin", given=PASSWORD.encode(), fine=1)
    assert len(user(environment, "list").stdout.splitlines()) == 1


def test_a_password_that_can_not_be_read_or_asked_for_is_refused(environment: dict[str, str]) -> None:
    unreadable = ("add", EDITOR, "--role", "admin", "--password-stdin")
    assert "UTF-8" in user(environment, *unreadable, given=b"\xff\xfe contrasena larga", fine=1).stderr
    assert "--password-stdin" in user(environment, "add", EDITOR, "--role", "admin", given=b"x", fine=1).stderr


def test_a_terminal_is_asked_twice_and_shows_nothing(environment: dict[str, str], settings: Settings) -> None:
    bank = open_bank(settings)
    bank.database.close()
    shown, exit_code = at_terminal(environment, "add", EDITOR, "--role", "admin", answers=[PASSWORD, PASSWORD])
    assert exit_code == 0, shown
    assert PASSWORD not in shown
    assert token_for(settings, PASSWORD)


def at_terminal(environment: dict[str, str], *arguments: str, answers: list[str]) -> tuple[str, int]:
    """Runs `bank user` at a terminal of its own; a question is answered when its colon and blank are there."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(COMMAND[0], [*COMMAND, "user", *arguments], environment)
    shown, waiting = b"", list(answers)
    with FileIO(terminal, "r+") as stream:
        while piece := told(stream):
            shown += piece
            if shown.endswith(b": ") and waiting:
                stream.write(waiting.pop(0).encode() + b"\n")
    _, status = os.waitpid(process, 0)
    return shown.decode(errors="replace"), os.waitstatus_to_exitcode(status)


def told(stream: FileIO) -> bytes:
    """What the terminal shows next; nothing when the program has ended. One that hangs fails the test."""
    ready, _, _ = select.select([stream], [], [], PATIENCE)
    assert ready, "the command neither ends nor says anything"
    try:
        return stream.read(1024) or b""
    except OSError:
        return b""
