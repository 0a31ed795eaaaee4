"""A coordinator decides about suggested tags, with the mouse, by keyboard alone and without script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from bank.settings import Settings
from tests.journeys.conftest import served
from tests.journeys.test_looks import LIGHTS, WIDTHS, overflow
from tests.people import COORDINATOR, PASSWORD
from tests.web.proposing import GARDEN, Workshop, workshop

GARDEN_TERM, NAMED_TERM = "#principle-13", "#principle-8"


@pytest.fixture
def made(people_home: Path, home: Path, tmp_path: Path) -> Iterator[Workshop]:
    with workshop(people_home, Settings(home=home), tmp_path / "files") as ready:
        yield ready


@pytest.fixture
def office(made: Workshop) -> Iterator[str]:
    """Where that bank answers."""
    with served(made.bank) as place:
        yield place


def sign_in(page: Page, way: str) -> None:
    page.goto(f"/login?next={way}")
    page.get_by_label("Correo").fill(COORDINATOR)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("banner").get_by_text("Coordinadora Ficticia")).to_be_attached()


@pytest.mark.parametrize("script", [True, False])
def test_a_coordinator_reads_why_accepts_one_rejects_one_and_sees_the_figures(
    browser: Browser, office: str, made: Workshop, script: bool
) -> None:
    context = browser.new_context(base_url=office, locale="es-MX", java_script_enabled=script)
    page = context.new_page()
    sign_in(page, f"/entries/{made.garden}")
    page.locator(f"a.button[href='/entries/{made.garden}/suggestions']").click()
    item = page.locator(GARDEN_TERM)
    expect(item.locator("blockquote").first).to_be_hidden()
    item.locator("summary").click()
    expect(item.locator("blockquote", has_text=GARDEN)).to_be_visible()
    item.locator("button[value=accepted]").click()
    expect(page.locator("#done")).to_be_visible()
    expect(page.locator(GARDEN_TERM)).to_have_count(0)
    page.locator(NAMED_TERM).locator("button[value=rejected]").click()
    expect(page.locator(NAMED_TERM)).to_have_count(0)
    expect(page.locator("#decided ~ ul > li")).to_have_count(2)
    page.locator("main a[href='/quality']").click()
    rows = page.locator("table").first.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).locator("td")).to_have_text(["1", "1", "0", "0", "100 %", "100 %"])
    page.goto(f"/entries/{made.garden}")
    expect(page.locator(".subjects a[href='/principles/13']")).to_be_visible()
    context.close()


def test_the_same_by_keyboard_alone(browser: Browser, office: str, made: Workshop) -> None:
    context = browser.new_context(base_url=office, locale="es-MX")
    page = context.new_page()
    sign_in(page, f"/entries/{made.garden}")
    tab_to(page, page.locator(f"a.button[href='/entries/{made.garden}/suggestions']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/suggestions")
    tab_to(page, page.locator(f"{GARDEN_TERM} summary"))
    page.keyboard.press("Enter")
    expect(page.locator(f"{GARDEN_TERM} blockquote", has_text=GARDEN)).to_be_visible()
    tab_to(page, page.locator(f"{GARDEN_TERM} button[value=accepted]"))
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_be_focused()
    tab_to(page, page.locator(f"{NAMED_TERM} button[value=rejected]"))
    page.keyboard.press("Space")
    expect(page.locator(NAMED_TERM)).to_have_count(0)
    tab_to(page, page.locator("main a[href='/quality']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/quality")
    tab_to(page, page.locator("th a").nth(1))
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=descending]").first).to_be_visible()
    context.close()


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses the tab key until the focus is there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError("the focus never came there")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("light", LIGHTS)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    browser: Browser, office: str, made: Workshop, light: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(
        base_url=office, locale="es", color_scheme=light, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page, axe, found = context.new_page(), Axe(), list[str]()

    def look(where: str) -> None:
        violations = axe.run(page).response["violations"]
        found.extend(f"{where}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations)
        assert overflow(page) == 0, where

    sign_in(page, "/quality")
    look("no figures")
    page.goto(f"/entries/{made.garden}")
    look("the entry")
    page.goto(f"/entries/{made.garden}/suggestions")
    for fold in page.locator(".proposed summary").all():
        fold.click()
    look("the suggestions")
    for button in (f"{GARDEN_TERM} button[value=accepted]", f"{NAMED_TERM} button[value=rejected]"):
        with page.expect_navigation():
            page.locator(button).click()
    look("some decided")
    page.goto("/quality?sort=-precision")
    look("the figures")
    context.close()
    assert found == []
