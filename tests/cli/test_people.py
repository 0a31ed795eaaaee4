"""`bank user`."""

import os
import pty
import re
import select
import signal
import subprocess
import threading
from contextlib import closing, suppress
from io import FileIO
from urllib.request import urlopen

from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.people import codes, sessions
from bank.workflow.people.signing_in import sign_in_with_password
from bank.workflow.people.using_links import come_in
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
        viewer = sessions.viewer_of_session(bank, token)
        return viewer.name if viewer else None


def token_for(settings: Settings, password: str) -> str:
    bank = open_bank(settings)
    with closing(bank.database):
        return sign_in_with_password(bank, EDITOR, password, "192.0.2.1")


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


def test_somebody_invited_comes_in_by_the_link_that_is_printed_alone(
    environment: dict[str, str], settings: Settings
) -> None:
    bank = open_bank(settings)
    bank.database.close()
    arguments = ("invite", EDITOR, "--role", "editor", "--city", CITY, "--name", "Editora Ficticia")
    link = user(environment, *arguments).stdout.strip()
    assert link.startswith("http://127.0.0.1:8000/invitation/")
    assert EDITOR in user(environment, *arguments, fine=1).stderr
    assert len(user(environment, "invite", "x", "--role", "editor", fine=1).stderr.splitlines()) == 1
    bank = open_bank(settings)
    with closing(bank.database):
        token = come_in(bank, "invitation", link.rpartition("/")[2], None, "192.0.2.1", "")
        assert (viewer := sessions.viewer_of_session(bank, token)) is not None
        assert viewer.name == "Editora Ficticia"


def test_links_and_codes_are_printed_alone(environment: dict[str, str], settings: Settings) -> None:
    add(environment)
    link, code = (user(environment, kind, EDITOR).stdout.strip() for kind in ("link", "code"))
    for kind in ("link", "code"):
        user(environment, kind, "nadie@red.example", fine=1)
    bank = open_bank(settings)
    with closing(bank.database):
        assert codes.sign_in_with_code(bank, EDITOR, code, "192.0.2.1")
        assert come_in(bank, "reset", link.rpartition("/")[2], f"{PASSWORD} dos", "192.0.2.1", "")
    assert token_for(settings, f"{PASSWORD} dos")


def test_a_bank_without_people_says_how_its_first_administrator_comes_in(environment: dict[str, str]) -> None:
    """And says so no more when there is somebody."""
    told = starting(environment)
    [link] = re.findall(r"http://127\.0\.0\.1:\d+/first/[A-Za-z0-9_-]{43}", told)
    [other] = re.findall(r"http://127\.0\.0\.1:\d+/first/[A-Za-z0-9_-]{43}", starting(environment))
    assert link.rpartition("/")[2] != other.rpartition("/")[2]
    add(environment)
    assert "/first/" not in starting(environment)


def test_a_wrong_mail_server_is_told_at_the_start(environment: dict[str, str]) -> None:
    wrong = {**environment, "BANK_MAIL_URL": "correo.example", "BANK_SEMANTIC": "off"}
    ended = subprocess.run(
        [*COMMAND, "serve", "--port", "0"], env=wrong, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ended.returncode == 1
    assert "BANK_MAIL_URL" in ended.stderr


def starting(environment: dict[str, str]) -> str:
    """What `bank serve` says until its pages answer; then it is told to stop."""
    command = [*COMMAND, "serve", "--port", "0"]
    quiet = {**environment, "BANK_SEMANTIC": "off"}
    with subprocess.Popen(command, env=quiet, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        address = running.stderr.readline().split()[-1]
        told = [address]
        reading = threading.Thread(target=lambda: told.extend(running.stderr or ()))
        reading.start()
        while running.poll() is None:
            with suppress(OSError), urlopen(f"{address}healthz", timeout=PATIENCE):
                break
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE) == 0
        reading.join()
    return "".join(told)
