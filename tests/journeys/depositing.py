"""What the journeys of a deposit share: a bank that nobody has used yet, and the files that an officer brings."""

import io
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page, expect

from bank.export.word import template_docx
from bank.vocabulary import load_vocabulary
from tests.commands import PATIENCE, kill, start
from tests.export.filling_in import filled

ADMIN, LIAISON, COORDINATOR = "admin@red.example", "enlace@ciudad.example", "coordinacion@red.example"
PASSWORD = "siete jacarandas en la plaza"
SAVED = re.compile("Guardado|Saved|llenó|filled in")
NO_LINE = re.compile("Sin conexión|No line|Sem ligação")
FIRST = re.compile(r"https?://\S+/first/\S+")


@dataclass(frozen=True, slots=True)
class Opened:
    """A bank that answers: its address, and the link that makes the first administrator."""

    address: str
    first: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def opened(environment: Mapping[str, str], folder: Path) -> Iterator[Opened]:
    """`bank serve` on an empty bank; what it prints is read as a person would."""
    printed = folder / "printed.txt"
    port = free_port()
    with printed.open("wb") as stream:
        process = start(environment, "serve", "--port", str(port), stderr=stream, stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + PATIENCE
            while not (found := FIRST.search(printed.read_text(encoding="utf-8", errors="replace"))):
                assert process.poll() is None, printed.read_text()
                assert time.monotonic() < deadline, "no link for the first administrator"
                time.sleep(0.1)
            yield Opened(f"http://127.0.0.1:{port}", found[0])
        finally:
            kill(process)


def write_up(folder: Path) -> Path:
    """The bank's own template, filled in by somebody of a fictional office."""
    vocabulary = load_vocabulary()
    kind = vocabulary.kind("experience")
    assert kind is not None
    written = {
        "title": ["Huertos de la Ficción"],
        "summary": ["Cada escuela cuida un huertario con las familias del barrio."],
        "start_year": ["2023"],
        "objectives": ["Aprender a cultivar", "Conocer el barrio"],
        "methodology": ["Talleres en el patio, cada sábado."],
        "results": ["Participaron 240 familias."],
    }
    answers = {spec.label("es"): written[spec.id] for spec in kind.facts.fields if spec.id in written}
    path = folder / "experiencia.docx"
    path.write_bytes(filled(template_docx(vocabulary, kind, "es"), answers))
    return path


def photographed(folder: Path, lines: list[str]) -> Path:
    """A photo of a printed page."""
    page = Image.new("RGB", (1240, 1754), "white")
    drawing = ImageDraw.Draw(page)
    font = ImageFont.load_default(42)
    for number, line in enumerate(lines):
        drawing.text((100, 160 + 90 * number), line, fill="black", font=font)
    made = io.BytesIO()
    page.save(made, "JPEG", quality=85)
    path = folder / "pagina.jpg"
    path.write_bytes(made.getvalue())
    return path


def begin(page: Page, first: str) -> None:
    """The first administrator comes in by the link that was printed."""
    page.goto(first)
    page.locator("#email").fill(ADMIN)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#email")).to_have_count(0)


def invited(page: Page, email: str, name: str, role: str, city: str | None = None) -> str:
    """Invites somebody; the link that is shown once."""
    page.goto("/admin/people/new")
    page.locator("#email").fill(email)
    page.locator("#name").fill(name)
    page.locator("#role").select_option(role)
    if city:
        page.locator("[name=city]").first.select_option(city)
    page.locator("main form button[type=submit]").first.click()
    return page.locator("#secret").input_value()


def accept(page: Page, link: str) -> None:
    """Opens an invitation and chooses a password."""
    page.goto(link)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#password")).to_have_count(0)


def control(page: Page, name: str) -> str:
    """A selector for the control of that name."""
    return f'[name="{name}"]:not([type=hidden])'


def write(page: Page, name: str, text: str) -> None:
    """Writes in a control, in whichever group it is."""
    unfold(page, control(page, name))
    page.fill(control(page, name), text)


def unfold(page: Page, selector: str) -> None:
    """Opens the group and the folds that the element is in, as following a link to it does."""
    page.locator(selector).first.evaluate(
        "one => { for (let at = one.closest('details'); at; at = at.parentElement.closest('details')) at.open = true; }"
    )


def saved(page: Page) -> None:
    """Waits until what was written is on the server."""
    expect(page.locator("#saved")).to_contain_text(SAVED)
    page.wait_for_function("localStorage.length === 0")


def kept_here(page: Page) -> None:
    """Waits until a save found no line, so that none is sent while the page closes, and what was written is kept."""
    expect(page.locator("#saved")).to_contain_text(NO_LINE)
    page.wait_for_function("localStorage.length === 1")
