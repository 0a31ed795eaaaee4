"""Nothing leaves the bank that should not, and nothing outside is asked: S10, S12, S26, S49."""

import io
import socket
import stat
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bank.jobs.deposits import do_read_job
from bank.settings import Settings
from bank.workflow.deposits import files
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.review import deciding
from tests.web.network import Network, network


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with network(Settings(home=tmp_path_factory.mktemp("outside") / "bank")) as ready:
        yield ready


def archive(names: list[str]) -> bytes:
    """A zip file with files of these names, one a symbolic link."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "canary")
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    return stream.getvalue()


@pytest.mark.parametrize("name", ["todo.zip", "todo.docx", "todo.pdf"])
def test_an_archive_is_refused_and_never_unpacked(made: Network, tmp_path: Path, name: str) -> None:
    before = {path for path in made.bank.settings.home.rglob("*") if "canary" in path.name}
    data = archive(["../../canary.txt", "/tmp/canary.txt", "canary.txt"])
    answer = made.program("editor").post("/api/v1/entries", files={"file": (name, data, "application/pdf")})
    assert answer.status_code == 415
    assert {path for path in made.bank.settings.home.rglob("*") if "canary" in path.name} == before == set()


def test_stored_files_run_nowhere_and_no_address_leads_to_them_by_path(made: Network) -> None:
    stored = [path for path in made.bank.settings.uploads_folder.rglob("*") if path.is_file()]
    assert stored
    assert [path for path in stored if stat.S_IMODE(path.stat().st_mode) & 0o111] == []
    original = next(path for path in stored if "sha256" in path.parts)
    place = original.relative_to(made.bank.settings.home)
    for address in (f"/{place}", f"/static/../{place}", f"/static/%2e%2e/{place}", "/bank.db", "/static/..%2fbank.db"):
        assert made.browser().get(address).status_code == 404, address


@pytest.mark.parametrize("asked", ["status:draft", "status:submitted", "owner:1", "made_by:1", "purpose:mayor_letter"])
def test_what_people_type_addresses_no_field_of_ours(made: Network, asked: str) -> None:
    def found(q: str) -> list[int]:
        return [hit["id"] for hit in made.browser().get("/api/v1/search", params={"q": q}).json()["hits"]]

    name, _, value = asked.partition(":")
    assert found(asked) == found(f"{name} {value}")
    hidden = {number for state, number in made.entries.items() if state != "published"}
    assert hidden.isdisjoint(found(asked))


def test_no_address_that_a_person_writes_is_ever_asked(made: Network) -> None:
    with socket.socket() as canary:
        canary.bind(("127.0.0.1", 0))
        canary.listen()
        canary.settimeout(0.2)
        port = canary.getsockname()[1]
        hosts = ("127.0.0.1", "127.1", "0x7f.1", "2130706433", "localhost", "[::1]")
        links = [{"title": "Video", "url": f"http://{host}:{port}/canary"} for host in hosts]
        heard = threading.Event()

        def listen() -> None:
            while not heard.is_set():
                try:
                    canary.accept()[0].close()
                    heard.set()
                except TimeoutError:
                    if done.is_set():
                        return

        done = threading.Event()
        listening = threading.Thread(target=listen)
        listening.start()
        desk = made.desk
        text = f"# Huertos\n\n![foto](http://127.0.0.1:{port}/foto.png)\n\nENLACES: http://127.0.0.1:{port}/video\n"
        number = start_new_deposit(
            desk.bank, desk.editor, DepositRequest(incoming=[IncomingFile("h.md", io.BytesIO(text.encode()))])
        ).entry
        assert do_read_job(desk.bank)
        desk.changed(number, {"links": links})
        desk.handed_in(number)
        deciding.publish(desk.bank, desk.coordinator, number, desk.view(number).version)
        for path in ("", ".json", ".docx", "/pages/1"):
            made.browser().get(f"/entries/{number}{path}")
        assert files.worked_on_file(desk.bank, desk.editor, number, 1).status == "read"
        done.set()
        listening.join()
        assert not heard.is_set()
