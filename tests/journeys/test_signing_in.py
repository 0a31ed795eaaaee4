"""Signing in and out in a real browser, wide and narrow, with script and without."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.bank import Bank
from tests.journeys.conftest import served
from tests.journeys.test_looks import WIDTHS, overflow
from tests.people import COORDINATOR, PASSWORD, add_people

LONG_NAME = "Coordinadora Ficticia"


@pytest.fixture(scope="module")
def manned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """A bank with people and no entries."""
    bank = open_bank(Settings(home=tmp_path_factory.mktemp("people")))
    add_people(bank)
    yield bank
    bank.database.close()


@pytest.fixture(scope="module")
def office(manned: Bank) -> Iterator[str]:
    """Where that bank answers."""
    with served(manned) as place:
        yield place


@pytest.fixture(params=[(width, script) for width in WIDTHS for script in (True, False)], ids=str)
def visitor(browser: Browser, office: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    width, script = request.param
    context = browser.new_context(
        base_url=office, locale="es-MX", viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    yield context
    context.close()


def open_menu(page: Page) -> None:
    """On a telephone the ways and the account stand in a menu."""
    if page.locator(".menu > summary").is_visible():
        page.locator(".menu > summary").click()


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("Correo").fill(COORDINATOR)
    page.get_by_label("Contraseña").fill(password)
    page.get_by_role("main").get_by_role("button", name="Entrar").click()


def test_a_coordinator_comes_in_where_she_was_and_leaves_nothing_behind(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/themes")
    open_menu(page)
    page.get_by_role("link", name="Entrar").click()
    sign_in(page, "equivocada")
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Correo").input_value() == COORDINATOR
    assert page.get_by_label("Contraseña").input_value() == ""
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/themes")
    open_menu(page)
    assert page.get_by_role("banner").get_by_text(LONG_NAME).is_visible()
    (cookie,) = [one for one in visitor.cookies() if one["name"] == "session"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    page.get_by_role("button", name="Salir").click()
    page.wait_for_url("**/")
    open_menu(page)
    assert page.get_by_role("link", name="Entrar").is_visible()
    page.go_back()
    page.wait_for_url("**/themes")
    assert page.get_by_text(LONG_NAME).count() == 0
    assert [one for one in visitor.cookies() if one["name"] == "session"] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser: Browser, office: str, width: int) -> None:
    context = browser.new_context(
        base_url=office, locale="es", viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page, axe = context.new_page(), Axe()
    found: list[str] = []

    def look(where: str) -> None:
        violations = axe.run(page).response["violations"]
        found.extend(f"{where}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations)
        assert overflow(page) == 0, where

    page.goto("/login")
    look("the form")
    sign_in(page, "")
    look("the form with a fault")
    sign_in(page, PASSWORD)
    page.wait_for_url("**/")
    for place in ("/", "/themes", "/nowhere"):
        page.goto(place)
        look(place)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) == 0, place
    context.close()
    assert found == []
