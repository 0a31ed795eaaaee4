"""What comes out of the printer: the page's words, marks and states in ink on white, and no controls."""

from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser

from bank.settings import Settings
from tests.journeys.conftest import Place, served
from tests.web.network import network

MARK, BRAND, WHITE = (255, 224, 138), (27, 58, 99), (255, 255, 255)
CONTROLS = ("Buscar", "Menú", "Entrar", "Salir", "Português", "Siguiente", "Saltar al contenido")


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Place]:
    with network(Settings(home=tmp_path_factory.mktemp("print") / "bank")) as net, served(net.bank) as address:
        yield Place(net, address, browser)


def printed(place: Place, address: str, who: str = "", paper: str = "A4") -> tuple[str, list[tuple[int, int, int]]]:
    """(text, colours by how much of the paper they cover) of the page as a dark browser prints it."""
    context = place.browser.new_context(base_url=place.address, locale="es", color_scheme="dark")
    if who:
        context.add_cookies([{"name": "session", "value": place.net.stays[who], "url": place.address}])
    page = context.new_page()
    page.goto(address)
    document = pypdfium2.PdfDocument(page.pdf(format=paper, print_background=False))
    context.close()
    text = "\n".join(leaf.get_textpage().get_text_bounded() for leaf in document)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    covered = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    document.close()
    return text, [colour for _, colour in covered]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_an_entry_a_page_and_a_search_are_printed_without_controls(printer: Place, paper: str) -> None:
    entry = f"/entries/{printer.net.entries['published']}"
    title = "Huertos ficticios"
    for address, told in ((entry, title), (f"{entry}/pages/1?q=huertos", title), ("/search?q=huertos", "huertos")):
        text, colours = printed(printer, address, paper=paper)
        assert told.lower() in text.lower(), address
        assert "Banco de buenas prácticas" in text
        assert [word for word in (*CONTROLS, printer.address) if word in text] == [], (address, text)
        assert colours[0] == WHITE, address
        assert BRAND not in colours[:8], address


def test_what_was_marked_is_marked_on_paper(printer: Place) -> None:
    for address in (f"/entries/{printer.net.entries['published']}/pages/1?q=huertos", "/search?q=huertos"):
        assert MARK in printed(printer, address)[1], address


def test_a_review_sheet_is_printed_with_its_state_and_without_its_buttons(printer: Place) -> None:
    text, colours = printed(printer, f"/review/{printer.net.entries['submitted']}", "coordinator")
    assert colours[0] == WHITE
    for word in ("Decidir", "Devolver", "Mis envíos", *CONTROLS):
        assert word not in text, word
    assert "Huertos ficticios" in text
