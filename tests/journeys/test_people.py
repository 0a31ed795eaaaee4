"""From an empty bank to an editor who is in, in a real browser: no mail server, no shell, wide and narrow."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.people.using_links import make_first_link
from tests.journeys.conftest import served
from tests.journeys.test_looks import WIDTHS, overflow
from tests.people import ADMIN, CITY, EDITOR, OPERATOR, PASSWORD


@pytest.fixture
def empty(settings: Settings) -> Iterator[Bank]:
    bank = open_bank(settings)
    yield bank
    bank.database.close()


@pytest.fixture
def office(empty: Bank) -> Iterator[str]:
    with served(empty) as place:
        yield place


def visitor(browser: Browser, office: str, width: int, script: bool = True, look: bool = False) -> BrowserContext:
    return browser.new_context(
        base_url=office,
        locale="es-MX",
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        bypass_csp=look,
    )


def path(link: str) -> str:
    return urlsplit(link).path


def named_in_the_menu(page: Page) -> bool:
    page.locator(".menu > summary").click()
    return page.get_by_role("banner").get_by_text("Editora Ficticia").is_visible()


def first_admin(page: Page, bank: Bank) -> None:
    page.goto(path(str(make_first_link(bank, OPERATOR))))
    page.locator("#email").fill(ADMIN)
    page.locator("#name").fill("Administradora Ficticia")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url("**/admin/people")


@pytest.mark.parametrize("script", [True, False])
def test_the_first_administrator_invites_an_editor_who_comes_in_by_the_link(
    browser: Browser, office: str, empty: Bank, script: bool
) -> None:
    desk, phone = visitor(browser, office, 1280, script), visitor(browser, office, 390, script)
    page = desk.new_page()
    first_admin(page, empty)
    page.goto("/admin/people/new")
    page.locator("#email").fill(EDITOR)
    page.locator("#name").fill("Editora Ficticia")
    page.locator("#city").select_option(CITY)
    page.locator("form[action='/admin/people/new'] button[type=submit]").click()
    link = page.locator("#secret").input_value()
    editor = phone.new_page()
    editor.goto(path(link))
    assert editor.locator("[data-show]").is_visible() == script
    if script:
        editor.locator("#password").fill("corta")
        editor.locator("[data-show]").click()
        assert editor.locator("#password").get_attribute("type") == "text"
    editor.locator("#password").fill("corta")
    editor.locator("#password").press("Enter")
    assert editor.get_by_role("alert").is_visible()
    editor.locator("#password").fill(PASSWORD)
    editor.locator("#password").press("Enter")
    editor.wait_for_url("**/deposits")
    assert named_in_the_menu(editor)
    page.goto("/admin/people")
    page.get_by_role("link", name="Editora Ficticia").click()
    page.locator("form[action$='/code'] button").click()
    code = page.locator("#secret").input_value()
    editor.locator("header form[action='/logout'] button").click()
    editor.goto("/login/code")
    editor.locator("#email").fill(EDITOR)
    editor.locator("#code").fill(code)
    editor.locator("#code").press("Enter")
    editor.wait_for_url("**/")
    assert named_in_the_menu(editor)
    desk.close()
    phone.close()


def test_a_link_is_copied_by_its_button(browser: Browser, office: str, empty: Bank) -> None:
    desk = visitor(browser, office, 390)
    desk.grant_permissions(["clipboard-read", "clipboard-write"])
    page = desk.new_page()
    first_admin(page, empty)
    page.goto("/admin/people/1")
    page.locator("form[action$='/reset'] button").click()
    page.locator("[data-copy]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[data-copy] + [role=status]').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#secret").input_value()
    desk.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    browser: Browser, office: str, empty: Bank, width: int
) -> None:
    context = visitor(browser, office, width, look=True)
    page, axe = context.new_page(), Axe()
    found: list[str] = []

    def look(where: str) -> None:
        violations = axe.run(page).response["violations"]
        found.extend(f"{where}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations)
        for size in ("100%", "200%"):
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert overflow(page) == 0, (where, size)

    page.goto(path(str(make_first_link(empty, OPERATOR))))
    look("the first link")
    page.locator("#password").press("Enter")
    look("the first link with faults")
    for place in ("/login", "/login/code", "/login/forgotten"):
        page.goto(place)
        look(place)
    first_admin(page, empty)
    page.goto("/admin/people/new")
    look("inviting")
    page.locator("form[action='/admin/people/new'] button[type=submit]").click()
    look("inviting with faults")
    page.locator("#email").fill(EDITOR)
    page.locator("#name").fill("Editora Ficticia de Nombre Larguísimo " * 3)
    page.locator("#city").select_option(CITY)
    page.locator("form[action='/admin/people/new'] button[type=submit]").click()
    link = page.locator("#secret").input_value()
    look("handed over")
    for place in ("/admin/people", "/admin/people?q=nadie", "/admin/people/1", "/admin/people/2"):
        page.goto(place)
        for closed in page.locator("main details:not([open]) > summary").all():
            closed.click()
        look(place)
    page.goto(path(link))
    look("the invitation")
    page.locator("form:has(input[value=code]) button").click()
    page.wait_for_url("**/deposits")
    page.goto(path(link))
    look("the used invitation")
    context.close()
    assert found == []
