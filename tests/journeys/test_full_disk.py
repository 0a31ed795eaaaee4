"""On a full disk the depositing pages say so, lose nothing, and go on once there is room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Place
from tests.journeys.depositing import saved, write
from tests.small_disks import fill_disk, make_room, mounted_disk

LONG = "Los huertos que enseñan a cuidar. " * 500
"""More than a catalogue finds room for among what it has."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted_disk(tmp_path / "disk", 64) as folder:
        yield folder


@pytest.fixture
def home(disk: Path) -> Path:
    """The bank's folder, on a disk of its own."""
    folder = disk / "bank"
    folder.mkdir()
    return folder


def test_what_a_full_disk_keeps_from_being_stored_stays_here_and_is_sent_again(
    still: Place, disk: Path, tmp_path: Path
) -> None:
    number, large = still.net.desk.written(), tmp_path / "grande.md"
    large.write_bytes(b"# Grande\n\n" + b"texto ficticio\n" * 200_000)
    context = still.context("editor")
    page = context.new_page()
    page.goto(f"/deposits/{number}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    fill_disk(disk)
    write(page, "context.es", LONG)
    expect(page.locator("#saved")).to_contain_text("El disco del banco está lleno: guardado en este equipo")
    assert page.evaluate("localStorage.length") == 1
    beginning = context.new_page()
    beginning.goto("/deposits/new")
    beginning.set_input_files("#files", large)
    beginning.click("#begin button[type=submit]")
    expect(beginning.locator(".sending")).to_contain_text("El disco está lleno")
    expect(beginning.locator(".sending")).to_contain_text("Tus archivos siguen aquí")
    expect(beginning.locator(".chosen li")).to_have_count(1)
    make_room(disk)
    page.wait_for_function("localStorage.length === 0")
    saved(page)
    assert still.net.desk.view(number).values["context"] == {"es": LONG.strip()}
