"""From an invitation to a published entry, without mail server and without shell, on a desk and on a telephone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.depositing import (
    COORDINATOR,
    LIAISON,
    Opened,
    accept,
    begin,
    invited,
    opened,
    photographed,
    write_up,
)
from tests.journeys.test_looks import overflow

DRAFT = re.compile(r"/deposits/\d+$")
MOST_TOUCHED = 8
"""Fields that an officer with a filled template touches at most."""


@pytest.fixture
def office(environment: dict[str, str], tmp_path: Path) -> Iterator[Opened]:
    with opened({**environment, "BANK_SEMANTIC": "off"}, tmp_path) as place:
        yield place


def context(browser: Browser, office: Opened, width: int) -> BrowserContext:
    return browser.new_context(base_url=office.address, locale="es-MX", viewport={"width": width, "height": 850})


def clean(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the window."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert overflow(page) == 0


class Touches:
    """Fills fields and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def fill(self, selector: str, text: str) -> None:
        self.page.locator(selector).fill(text)
        self.count += 1

    def choose(self, selector: str, value: str) -> None:
        self.page.locator(selector).select_option(value)
        self.count += 1

    def tick(self, selector: str) -> None:
        self.page.locator(selector).check()
        self.count += 1


def bring(page: Page, path: Path, as_document: bool = False) -> str:
    """Begins a deposit with a file; the draft's address once the file was read."""
    page.goto("/deposits/new")
    page.locator("#files").set_input_files(str(path))
    if as_document:
        page.locator("input[name=photos][value=document]").check()
    page.locator("#begin button[type=submit]").click()
    page.wait_for_url(DRAFT)
    return page.url


def complete(page: Page) -> int:
    """Fills what a file never says, and hands it in; how many fields that took."""
    touched = Touches(page)
    touched.choose("[id='themes.first']", "medio-ambiente")
    touched.choose("[id='principles.first']", "8")
    touched.fill("[id='contact.post']", "Dirección de Educación")
    touched.fill("[id='contact.mailbox']", "educacion@ciudad.example")
    page.locator("#f-licence summary").last.click()
    touched.tick("input[name=licence][value='CC-BY-4.0']")
    page.locator("#standing a[href='#g-files']").click()
    touched.choose("[name='files.1.people']", "nobody")
    touched.tick("input[name=accept]")
    page.locator("button[formaction$='/submit']").click()
    expect(page.locator("#done")).to_be_visible()
    return touched.count


def published(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("#publish button[type=submit]").click()
    expect(page.locator("#publish")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_from_an_invitation_to_a_published_entry_that_is_found(
    browser: Browser, office: Opened, tmp_path: Path, width: int
) -> None:
    admin, liaison, coordinator = (context(browser, office, width) for _ in range(3))
    desk, city, review = admin.new_page(), liaison.new_page(), coordinator.new_page()
    begin(desk, office.first)
    accept(city, invited(desk, LIAISON, "Enlace Ficticio", "editor", "mx-leon"))
    accept(review, invited(desk, COORDINATOR, "Coordinación Ficticia", "coordinator"))

    draft = bring(city, write_up(tmp_path))
    expect(city.locator("[id='title.es']")).to_have_value("Huertos de la Ficción")
    expect(city.locator("#note-objectives")).to_be_attached()
    clean(city)
    assert complete(city) <= MOST_TOUCHED
    clean(city)

    number = draft.rpartition("/")[2]
    review.goto("/review")
    review.locator(f"a[href='/review/{number}']").first.click()
    review.wait_for_url(f"**/review/{number}*")
    clean(review)
    review.locator("#remarks").fill("Escribe cuántas familias participaron.")
    review.locator("form[action$='/return'] button[type=submit]").click()

    city.goto("/deposits")
    expect(city.get_by_text("Escribe cuántas familias participaron.")).to_be_visible()
    clean(city)
    city.goto(draft)
    city.locator("#standing a[href='#g-needed']").click()
    city.locator("[id='summary.es']").fill("Cada escuela cuida un huertario con 240 familias del barrio.")
    city.locator("button[formaction$='/submit']").click()
    expect(city.locator("#done")).to_be_visible()
    published(review, f"/review/{number}")

    visitor = context(browser, office, width)
    reader = visitor.new_page()
    reader.goto("/search?q=huertario")
    for _ in range(20):
        if reader.locator(f"a[href='/entries/{number}']").count():
            break
        reader.wait_for_timeout(100)
        reader.reload()
    reader.locator(f"a[href='/entries/{number}']").first.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Huertos de la Ficción")
    for one in (admin, liaison, coordinator, visitor):
        one.close()


def test_a_photographed_page_is_read_and_handed_in(browser: Browser, office: Opened, tmp_path: Path) -> None:
    admin, liaison = context(browser, office, 1280), context(browser, office, 390)
    desk, city = admin.new_page(), liaison.new_page()
    begin(desk, office.first)
    accept(city, invited(desk, LIAISON, "Enlace Ficticio", "editor", "mx-leon"))
    lines = ["TITULO: Camino de la Ficcion", "", "RESUMEN: Un camino seguro a la escuela.", "", "FECHA DE INICIO: 2022"]
    bring(city, photographed(tmp_path, lines), as_document=True)
    expect(city.locator("[id='title.es']")).to_have_value(re.compile("Camino"), timeout=60_000)
    expect(city.locator("#start_year")).to_have_value("2022")
    expect(city.locator("[id='summary.es']")).to_have_value(re.compile("camino seguro"))
    assert complete(city) <= MOST_TOUCHED
    for one in (admin, liaison):
        one.close()


def reach(page: Page, selector: str, most: int = 400) -> None:
    """Goes on with the Tab key until the element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"the Tab key never reaches {selector}")


def pick(page: Page, selector: str, value: str) -> None:
    """Chooses in a list with the arrow keys."""
    reach(page, selector)
    for _ in range(80):
        if page.locator(selector).input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"the arrow keys never reach {value} in {selector}")


def test_by_keyboard_alone_a_typed_experience_is_handed_in(browser: Browser, office: Opened, tmp_path: Path) -> None:
    admin, liaison = context(browser, office, 1280), context(browser, office, 1280)
    desk, city = admin.new_page(), liaison.new_page()
    begin(desk, office.first)
    accept(city, invited(desk, LIAISON, "Enlace Ficticio", "editor", "mx-leon"))
    city.goto("/deposits/new")
    reach(city, "#begin button[type=submit]")
    city.keyboard.press("Enter")
    city.wait_for_url(DRAFT)
    for selector, text in (("[id='title.es']", "Huertos con teclado"), ("#start_year", "2023")):
        reach(city, selector)
        city.keyboard.type(text)
    reach(city, "[id='summary.es']")
    city.keyboard.type("Una experiencia ficticia escrita sin ratón.")
    pick(city, "[id='themes.first']", "medio-ambiente")
    pick(city, "[id='principles.first']", "8")
    for part, text in (("post", "Dirección de Educación"), ("mailbox", "educacion@ciudad.example")):
        reach(city, f"[id='contact.{part}']")
        city.keyboard.type(text)
    reach(city, "button[formaction$='/submit']")
    city.keyboard.press("Enter")
    expect(city.locator("#faults")).to_be_focused()
    expect(city.locator("[id='title.es']")).to_have_value("Huertos con teclado")
    reach(city, "input[name=accept]")
    city.keyboard.press("Space")
    reach(city, "button[formaction$='/submit']")
    city.keyboard.press("Enter")
    expect(city.locator("#done")).to_be_visible()
    for one in (admin, liaison):
        one.close()
